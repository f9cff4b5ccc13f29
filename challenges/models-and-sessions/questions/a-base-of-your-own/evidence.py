"""What comes of the code: the names of the tables that were made, or (the step that raised, its exception)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def outcome():
    step = "extension"
    try:

        class Base(DeclarativeBase):
            pass

        db = SQLAlchemy(model_class=Base)
        step = "class"

        class OrderItem(Base):
            id: Mapped[int] = mapped_column(primary_key=True)
            amount: Mapped[int]

        step = "create_all"
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            return inspect(db.engine).get_table_names()
    except Exception as error:
        return step, type(error)


def snake_case():
    return outcome(), ["order_item"]


def lower_case():
    return outcome(), ["orderitem"]


def other_metadata():
    return outcome(), []


def create_all_raises():
    return outcome(), ("create_all", InvalidRequestError)


def extension_raises():
    return outcome(), ("extension", TypeError)


def class_raises():
    return outcome(), ("class", InvalidRequestError)
