"""With each statement: (a member's rename works, a member becomes admin by some request, an admin can change both)."""

from types import SimpleNamespace

from flask import Flask, abort, redirect
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.widgets import HiddenInput

CLAIMED = (True, False, True)


class ProfileForm(FlaskForm):
    name = StringField()
    is_admin = BooleanField()


def outcome(statement):
    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", WTF_CSRF_ENABLED=False)

    def sent(current_user, user, fields):
        @app.post("/users/1", endpoint=str(len(app.view_functions)))
        def edit():
            form = ProfileForm(obj=user)
            if not current_user.is_admin:
                statement(form)
            if not form.validate_on_submit():
                abort(400)
            form.populate_obj(user)
            return redirect("/")

        with app.test_request_context("/users/1", method="POST", data=fields):
            return edit().status_code

    def person(is_admin):
        return SimpleNamespace(name="old", is_admin=is_admin)

    member = person(False)
    renamed = sent(member, member, {"name": "new"}) == 302 and member.name == "new"
    risen = False
    for value in ("y", "true", "on", "1"):
        member = person(False)
        sent(member, member, {"name": "new", "is_admin": value})
        risen = risen or bool(member.is_admin)
    other = person(False)
    sent(person(True), other, {"name": "new", "is_admin": "y"})
    return renamed, risen, (other.name, other.is_admin) == ("new", True)


def disabled():
    def statement(form):
        form.is_admin.render_kw = {"disabled": True}

    return outcome(statement), CLAIMED


def hidden():
    def statement(form):
        form.is_admin.widget = HiddenInput()

    return outcome(statement), CLAIMED


def delete():
    def statement(form):
        del form["is_admin"]

    return outcome(statement), CLAIMED


def none():
    def statement(form):
        form.is_admin = None

    return outcome(statement), CLAIMED


def default():
    def statement(form):
        form.is_admin.default = False

    return outcome(statement), CLAIMED


def flag():
    def statement(form):
        form.is_admin.flags.readonly = True

    return outcome(statement), CLAIMED
