"""What two requests leave behind that both found None: (outcome of the second commit, rows, what profile is)."""

import tempfile
import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship


def outcome():
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        profile: Mapped["Profile | None"] = relationship(back_populates="user")

    class Profile(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
        user: Mapped["User"] = relationship(back_populates="profile")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tempfile.mkdtemp()}/users.db"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(User(id=1))
        db.session.commit()
        # The sessions of the two requests, each at the line after the other's.
        first, second = Session(db.engine), Session(db.engine)
        users = [session.get(User, 1) for session in (first, second)]
        assert [user.profile for user in users] == [None, None]
        for session, user in zip((first, second), users, strict=True):
            session.add(Profile(user_id=user.id))
        committed = "both committed"
        try:
            first.commit()
            second.commit()
        except SQLAlchemyError as error:
            committed = type(error).__name__
        keys = list(db.session.scalars(select(Profile.user_id)))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                profile = db.session.get(User, 1).profile
            except SQLAlchemyError as error:
                return committed, keys, type(error).__name__
        warned = [warning.category is SAWarning for warning in caught]
        return committed, keys, type(profile).__name__, warned


def second_refused():
    return outcome()[0], "IntegrityError"


def second_replaces():
    observed = outcome()
    return observed[:2], ("both committed", [1])


def read_raises():
    return outcome(), ("both committed", [1, 1], "MultipleResultsFound")


def read_warns():
    return outcome(), ("both committed", [1, 1], "Profile", [True])


def read_gives_list():
    return outcome()[:3], ("both committed", [1, 1], "list")


def read_gives_none():
    return outcome()[:3], ("both committed", [1, 1], "NoneType")
