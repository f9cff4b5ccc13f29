"""What the view of the stem finds in `seen`: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def seen():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    def begun():
        return db.session().in_transaction()

    @app.get("/book")
    def book():
        seen = [begun()]
        book = db.session.get(Book, 1)
        seen.append(begun())
        db.session.commit()
        seen.append(begun())
        title = book.title
        seen.append(begun())
        return {"title": title, "seen": seen}

    with app.app_context():
        db.create_all()
        db.session.add(Book(id=1, title="Emma"))
        db.session.commit()
    return app.test_client().get("/book").json["seen"]


def begun_throughout():
    return seen(), [True, True, True, True]


def never_begun():
    return seen(), [False, False, False, False]


def next_at_once():
    return seen(), [False, True, True, True]


def title_is_kept():
    return seen(), [False, True, False, False]


def begun_by_work():
    return seen(), [False, True, False, True]


def begun_by_the_request():
    return seen(), [True, True, False, True]
