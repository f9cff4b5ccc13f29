"""Which ids each expression finds for each name: pairs of (found, expected), by name."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from markupsafe import escape
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

PEOPLE = ["Ann", "O'Brien", 'Bob "The Bear" Lee', "Tom & Jerry", "at :noon"]
OTHERS = ["' OR 1=1 --", '\' OR ""="" --"', "x' UNION SELECT 9 --", "Nobody"]
EXPECTED = {name: [number] for number, name in enumerate(PEOPLE, 1)} | {name: [] for name in OTHERS}


def found(arguments):
    db = SQLAlchemy()

    class Person(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/people")
    def people():
        name = request.args["name"]
        rows = db.session.execute(*arguments(name, Person))
        return [row.id for row in rows]

    @app.errorhandler(SQLAlchemyError)
    def refused(error):
        return [type(error).__name__]

    with app.app_context():
        db.create_all()
        db.session.add_all(Person(name=name) for name in PEOPLE)
        db.session.commit()
        client = app.test_client()
        return {name: client.get("/people", query_string={"name": name}).json for name in EXPECTED}


def in_the_orm():
    return found(lambda name, person: [select(person.id).where(text(f"name = '{name}'"))]), EXPECTED


def html_escaped():
    return found(lambda name, person: [text(f"SELECT id FROM person WHERE name = '{escape(name)}'")]), EXPECTED


def quoted_placeholder():
    return found(lambda name, person: [text("SELECT id FROM person WHERE name = ':name'"), {"name": name}]), EXPECTED


def bound():
    return found(lambda name, person: [text("SELECT id FROM person WHERE name = :name"), {"name": name}]), EXPECTED


def python_repr():
    return found(lambda name, person: [text(f"SELECT id FROM person WHERE name = {name!r}")]), EXPECTED


def quotes_in_value():
    return found(
        lambda name, person: [text("SELECT id FROM person WHERE name = :name"), {"name": f"'{name}'"}]
    ), EXPECTED
