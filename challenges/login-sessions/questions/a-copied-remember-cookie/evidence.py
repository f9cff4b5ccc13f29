"""After each step: (Mallory's copy is let in, Ben's remember cookie is let in)."""

import secrets
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import generate_password_hash

CLAIMED = (False, True)


def make_app(key, **config):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=key, SQLALCHEMY_DATABASE_URI="sqlite://", **config)
    app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=14)
    db = SQLAlchemy(app)
    login_manager = LoginManager(app)

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        login_id: Mapped[str] = mapped_column(default=secrets.token_urlsafe, unique=True)
        password_hash: Mapped[str]

        def get_id(self):
            return self.login_id

    @login_manager.user_loader
    def load_user(login_id):
        return db.session.scalar(db.select(User).filter_by(login_id=login_id))

    @app.post("/login/<int:user_id>")
    def login(user_id):
        login_user(db.session.get(User, user_id), remember=True)
        return "", 204

    @app.post("/logout")
    def logout():
        logout_user()
        return "", 204

    @app.get("/me")
    @login_required
    def me():
        return str(current_user.id)

    return app, db, User


def outcome(step=lambda ada, db, browser: None, key=None, **config):
    old = secrets.token_hex()
    app, db, User = make_app(old)
    with app.app_context():
        db.create_all()
        for user_id in (7, 8):
            db.session.add(User(id=user_id, password_hash="x"))
        db.session.commit()
    browsers = {7: app.test_client(), 8: app.test_client()}
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False) as clock:
        for user_id, browser in browsers.items():
            browser.post(f"/login/{user_id}")
        cookies = {user_id: browser.get_cookie("remember_token").value for user_id, browser in browsers.items()}
        clock.shift(timedelta(days=21))
        if key or config:  # the same users, in an app that was restarted with other settings
            rows = rows_of(app, db, User)
            app, db, User = make_app(key or old, **({"SECRET_KEY_FALLBACKS": [old]} if key else {}), **config)
            with app.app_context():
                db.create_all()
                db.session.add_all(User(**row) for row in rows)
                db.session.commit()
        with app.app_context():
            step(db.session.get(User, 7), db, browsers[7])
            db.session.commit()
        return tuple(lets_in(app, cookies[user_id], user_id) for user_id in (7, 8))


def rows_of(app, db, User):
    with app.app_context():
        users = db.session.scalars(db.select(User))
        return [{"id": user.id, "login_id": user.login_id, "password_hash": user.password_hash} for user in users]


def lets_in(app, cookie, user_id):
    client = app.test_client(use_cookies=False)
    answers = [client.get("/me", headers={"Cookie": f"remember_token={cookie}"}) for _ in range(2)]
    return all(answer.text == str(user_id) for answer in answers)


def duration():
    return outcome(), CLAIMED


def logout():
    def step(ada, db, browser):
        browser.post("/logout")
        browser.post("/login/7")

    return outcome(step), CLAIMED


def new_password():
    def step(ada, db, browser):
        ada.password_hash = generate_password_hash("a new one")

    return outcome(step), CLAIMED


def strong():
    return outcome(SESSION_PROTECTION="strong"), CLAIMED


def new_login_id():
    def step(ada, db, browser):
        ada.login_id = secrets.token_urlsafe()

    return outcome(step), CLAIMED


def new_key():
    return outcome(key=secrets.token_hex()), CLAIMED
