"""What the two requests do: ((status, name saved), (status, account closed))."""

import secrets

from flask import Flask, redirect, render_template_string, session
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired


def answers():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    saved, closed = [], []

    class NameForm(FlaskForm):
        name = StringField(validators=[InputRequired()])

    @app.route("/name", methods=["GET", "POST"])
    def change_name():
        form = NameForm()
        if form.validate_on_submit():
            saved.append((session["user_id"], form.name.data))
            return redirect("/")
        return render_template_string("<form method=post>{{ form.hidden_tag() }}{{ form.name }}</form>", form=form)

    @app.post("/close-account")
    def close_account():
        closed.append(session["user_id"])
        return redirect("/")

    browser = app.test_client()
    with browser.session_transaction() as stored:
        stored["user_id"] = "ada"
    name = browser.post("/name", data={"name": "Eve"}).status_code
    close = browser.post("/close-account").status_code
    return (name, bool(saved)), (close, bool(closed))


def form_alone():
    return answers(), ((200, False), (302, True))


def form_with_400():
    return answers(), ((400, False), (302, True))


def both_400():
    return answers(), ((400, False), (400, False))


def form_and_app():
    return answers(), ((200, False), (400, False))


def nothing_checked():
    return answers(), ((302, True), (302, True))


def form_trusts_app():
    return answers(), ((302, True), (400, False))
