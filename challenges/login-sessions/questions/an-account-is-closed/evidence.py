"""The statuses of /me, /login and the second /me (None where it was not asked for)."""

import secrets

from flask import Flask, abort, redirect, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def statuses():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SQLALCHEMY_DATABASE_URI="sqlite://")
    db = SQLAlchemy(app)

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        closed: Mapped[bool] = mapped_column(default=False)

        @property
        def is_active(self):
            return not self.closed

    def user_with_password(name, password):
        return db.session.scalar(db.select(User).filter_by(name=name)) if password == "pw" else None

    LoginManager(app).user_loader(lambda user_id: db.session.get(User, int(user_id)))

    @app.post("/login")
    def login():
        user = user_with_password(request.form["name"], request.form["password"])
        if user is None:
            abort(400)
        login_user(user)
        return redirect("/me")

    @app.get("/me")
    @login_required
    def me():
        return current_user.name

    with app.app_context():
        db.create_all()
        db.session.add(User(name="ada"))
        db.session.commit()
    first, second = app.test_client(), app.test_client()
    form = {"name": "ada", "password": "pw"}
    first.post("/login", data=form)
    assert first.get("/me").text == "ada"
    with app.app_context():
        db.session.execute(db.update(User).values(closed=True))
        db.session.commit()
    seen = [first.get("/me").status_code, second.post("/login", data=form).status_code]
    return [*seen, second.get("/me").status_code if seen[1] == 302 else None]


def checked_at_login():
    return statuses(), [200, 302, 401]


def refused_quietly():
    return statuses(), [401, 302, 401]


def refused_loudly():
    return statuses(), [401, 401, None]


def raised():
    return statuses(), [401, 500, None]


def logged_in_anew():
    return statuses(), [401, 302, 200]


def not_looked_at():
    return statuses(), [200, 302, 200]
