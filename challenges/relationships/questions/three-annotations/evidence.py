"""What the stem's line prints, as text."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship


def printed():
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        profile: Mapped["Profile | None"] = relationship()
        logins = relationship("Login")
        badges: Mapped[set["Badge"]] = relationship()

    class Profile(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    class Login(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    class Badge(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(User(id=1))
        db.session.commit()
        user = db.session.get(User, 1)
        return f"{user.profile} {user.logins == []} {isinstance(user.badges, list)}"


def hints_only():
    return printed(), "[] True True"


def set_is_a_list():
    return printed(), "None True True"


def no_annotation_is_scalar():
    return printed(), "None False False"


def as_annotated():
    return printed(), "None True False"


def direction_wins():
    return printed(), "[] True False"


def all_reversed():
    return printed(), "None False True"
