"""With each change: (Mallory deletes a user in some way, an admin does so from the page)."""

import re

from flask import Flask, abort, redirect, render_template_string, request
from flask_login import FlaskLoginClient, LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (False, True)
PAGE = "http://localhost/users"
USERS = """{% if current_user.is_admin %}<form><input name="t" value="{{ csrf_token() }}"></form>{% endif %}"""
OWN = """<form action="/me"><input name="t" value="{{ csrf_token() }}"></form>"""


def outcome(in_users=lambda: None, in_delete=lambda: None, token=False, method="POST", cookie=False):
    db = SQLAlchemy()

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        is_admin: Mapped[bool]

    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SQLALCHEMY_DATABASE_URI="sqlite://", WTF_CSRF_CHECK_DEFAULT=token)
    app.test_client_class = FlaskLoginClient
    db.init_app(app)
    CSRFProtect(app)
    LoginManager(app).user_loader(lambda key: db.session.get(User, int(key)))

    @app.get("/users")
    @login_required
    def users():
        in_users()
        return render_template_string(USERS)

    @app.get("/me")
    @login_required
    def me():
        return render_template_string(OWN)

    @app.route("/users/<int:user_id>/delete", methods=[method])
    @login_required
    def delete_user(user_id):
        in_delete()
        db.session.delete(db.get_or_404(User, user_id))
        db.session.commit()
        return redirect("/users")

    def deletes(user_id, page, **sent):
        with app.app_context():
            db.drop_all()
            db.create_all()
            db.session.add_all([User(id=1, is_admin=True), User(id=2, is_admin=False), User(id=3, is_admin=False)])
            db.session.commit()
            client = app.test_client(user=db.session.get(User, user_id))
        seen = re.search('value="([^"]+)"', client.get(page).text)
        if sent.pop("cookie"):
            client.set_cookie("admin", "1")
        client.open("/users/3/delete", method=method, data={"csrf_token": seen[1] if seen else ""}, **sent)
        with app.app_context():
            return db.session.get(User, 3) is None

    tries = [deletes(2, "/me", headers={"Referer": PAGE}, cookie=made_up) for made_up in (False, True)]
    return any(tries), deletes(1, "/users", headers={"Referer": PAGE}, cookie=cookie)


def refuse_unless(wanted):
    if not wanted:
        abort(403)


def in_the_list():
    return outcome(in_users=lambda: refuse_unless(current_user.is_admin)), CLAIMED


def cookie():
    return outcome(in_delete=lambda: refuse_unless(request.cookies.get("admin") == "1"), cookie=True), CLAIMED


def token():
    return outcome(token=True), CLAIMED


def in_the_view():
    return outcome(in_delete=lambda: refuse_unless(current_user.is_admin)), CLAIMED


def method():
    return outcome(method="DELETE"), CLAIMED


def referrer():
    return outcome(in_delete=lambda: refuse_unless(request.referrer == PAGE)), CLAIMED
