"""The forms of the pages. Each comes with a token of its own."""

from typing import Self

from flask import abort, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import validate_csrf
from wtforms import EmailField, PasswordField, StringField, SubmitField, ValidationError
from wtforms.validators import InputRequired


class Form(FlaskForm):
    """A form of this app. Its token's field is called as the rest of the app calls it."""

    class Meta:
        csrf_field_name = "proof"

    @classmethod
    def received(cls) -> Self:
        """The form that was sent; 400 where it lacks its token or a field."""
        form = cls()
        if not form.validate_on_submit():
            abort(400)
        return form


class LoginForm(Form):
    """Logs in."""

    name = StringField("Name", [InputRequired()])
    password = PasswordField("Password", [InputRequired()])
    submit = SubmitField("Log in")


class PlantForm(Form):
    """Adds a plant."""

    name = StringField("New plant", [InputRequired()])
    submit = SubmitField("Add")


class ProfileForm(Form):
    """Changes the e-mail address."""

    email = EmailField("E-mail address")
    submit = SubmitField("Save")


class Button(Form):
    """A form without anything to fill in."""


def check_script_token() -> None:
    """Refuses a request of a script with 400 unless its header has a token of this session."""
    try:
        validate_csrf(request.headers.get("X-CSRFToken"), token_key=Form.Meta.csrf_field_name)
    except ValidationError:
        abort(400)
