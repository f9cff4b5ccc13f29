"""What the two blocks do, in requests of their own: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import MappedAnnotationError


def printed():
    db = SQLAlchemy()

    class Item(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        stock: Mapped[int] = 0

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.post("/")
    def first():
        db.session.add(Item(name="Lamp", stock=5))
        db.session.commit()
        return ""

    @app.get("/")
    def second():
        item = db.session.scalars(select(Item)).one()
        return [item.stock]

    app.testing = True
    client = app.test_client()
    client.post("/")
    return client.get("/").json[0]


def outcome():
    try:
        return printed()
    except Exception as error:
        return type(error)


def stored():
    return outcome(), 5


def type_error():
    return outcome(), TypeError


def not_a_mapping():
    return outcome(), MappedAnnotationError


def none():
    return outcome(), None


def class_attribute():
    return outcome(), 0


def no_such_column():
    return outcome(), OperationalError
