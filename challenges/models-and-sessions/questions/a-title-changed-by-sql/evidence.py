"""What the second print shows."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, text
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm import Mapped, mapped_column


def shown():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Book(id=1, title="Persuasion"))
        db.session.commit()
    with app.test_request_context():
        try:
            book = db.session.get(Book, 1)
            assert book.title == "Persuasion"
            db.session.execute(text("UPDATE book SET title = 'Emma' WHERE id = 1"))
            found = db.session.scalars(select(Book).where(Book.title == "Emma")).one()
            return f"{found is book} {found.title}"
        except Exception as error:
            return type(error)


def same_and_new():
    return shown(), "True Emma"


def same_and_old():
    return shown(), "True Persuasion"


def other_and_new():
    return shown(), "False Emma"


def no_row():
    return shown(), NoResultFound


def locked():
    return shown(), OperationalError


def other_and_old():
    return shown(), "False Persuasion"
