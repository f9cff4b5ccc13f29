"""Whose password has changed: pairs of sets of names, or of an exception."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

NEW = "bob' --"


def hashed(password):
    return f"hash of {password}"


def changed():
    db = SQLAlchemy()

    class Person(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(unique=True)
        password: Mapped[str]

    def register(name, password):
        db.session.add(Person(name=name, password=hashed(password)))
        db.session.commit()

    def change_password(person_id, password):
        name = db.session.get(Person, person_id).name
        statement = f"UPDATE person SET password = :new WHERE name = '{name}'"
        db.session.execute(text(statement), {"new": hashed(password)})
        db.session.commit()

    def passwords():
        return {person.name: person.password for person in db.session.scalars(select(Person))}

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for name in ("bob", "eve", "ann"):
            register(name, "old")
        try:
            register(NEW, "old")
            before = passwords()
            change_password(db.session.scalar(select(Person.id).where(Person.name == NEW)), "new")
        except SQLAlchemyError as error:
            return type(error).__name__
        db.session.expire_all()
        after = passwords()
        return {name for name in after if after[name] != before[name]}


def own():
    return changed(), {NEW}


def nobody_syntax():
    return changed(), "OperationalError"


def nobody_refused():
    return changed(), "IntegrityError"


def both():
    return changed(), {"bob", NEW}


def other():
    return changed(), {"bob"}


def everybody():
    return changed(), {"bob", "eve", "ann", NEW}
