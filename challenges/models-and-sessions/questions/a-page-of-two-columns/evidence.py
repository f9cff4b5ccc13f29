"""What the view prints: (items, total)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def printed():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.testing = True
    db.init_app(app)
    seen = []
    with app.app_context():
        db.create_all()
        db.session.add_all([Book(title="Emma"), Book(title="Dune"), Book(title="Ulysses")])
        db.session.commit()

    @app.get("/")
    def view():
        page = db.paginate(select(Book.title, Book.id).order_by(Book.id), per_page=2)
        seen.append(f"{page.items} {page.total}")
        return ""

    try:
        app.test_client().get("/")
    except Exception as error:
        return type(error)
    return seen[0]


def rows():
    return printed(), "[('Emma', 1), ('Dune', 2)] 3"


def objects():
    return printed(), "[<Book 1>, <Book 2>] 3"


def count_of_page():
    return printed(), "[('Emma', 1), ('Dune', 2)] 2"


def error():
    return printed(), TypeError


def keys():
    return printed(), "[1, 2] 3"


def first_column():
    return printed(), "['Emma', 'Dune'] 3"
