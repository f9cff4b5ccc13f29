"""The forms of the pages. Each comes with a token of its own."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired


class LoginForm(FlaskForm):
    """Logs in."""

    name = StringField("Name", [InputRequired()])
    password = PasswordField("Password", [InputRequired()])
    submit = SubmitField("Log in")


class PlantForm(FlaskForm):
    """Adds a plant."""

    name = StringField("New plant", [InputRequired()])
    submit = SubmitField("Add")


class ProfileForm(FlaskForm):
    """Changes the e-mail address."""

    email = EmailField("E-mail address")
    submit = SubmitField("Save")
