"""What the template prints: pairs of the text, or of the exception's type."""

from flask import Flask, render_template_string
from jinja2 import UndefinedError

USERS = [{"nick": "ada"}, {"nick": ""}, {"nick": None}, {}]
PAGE = """{% for user in users %}[{{ user.nick|default("guest") }}]{% endfor %}"""


def printed():
    app = Flask(__name__)
    with app.test_request_context():
        try:
            return render_template_string(PAGE, users=USERS)
        except UndefinedError as error:
            return type(error)


def undefined_only():
    return printed(), "[ada][][None][guest]"


def none_too():
    return printed(), "[ada][][guest][guest]"


def all_false():
    return printed(), "[ada][guest][guest][guest]"


def none_is_blank():
    return printed(), "[ada][][][guest]"


def empty_too():
    return printed(), "[ada][guest][None][guest]"


def missing_raises():
    return printed(), UndefinedError
