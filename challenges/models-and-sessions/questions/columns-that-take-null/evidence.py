"""Which columns take NULL, as the database itself reports it."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, inspect
from sqlalchemy.orm import Mapped, mapped_column


def taking_null():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        subtitle: Mapped[str | None]
        isbn: Mapped[str | None] = mapped_column(nullable=False)
        shelf = mapped_column(String)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        return [column["name"] for column in inspect(db.engine).get_columns("book") if column["nullable"]]


def argument_loses():
    return taking_null(), ["subtitle", "isbn", "shelf"]


def untyped_not_null():
    return taking_null(), ["subtitle"]


def annotation_and_fallback():
    return taking_null(), ["subtitle", "shelf"]


def annotation_is_typing():
    return taking_null(), ["title", "subtitle", "shelf"]


def optional_pair():
    return taking_null(), ["subtitle", "isbn"]


def untyped_alone():
    return taking_null(), ["shelf"]
