"""The form that adds a plant."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired


class PlantForm(FlaskForm):
    """The name of a new plant. Its token keeps forged requests out."""

    name = StringField("New plant", validators=[InputRequired()])
