"""What the page shows: (titles in the list, titles in the selection, SELECTs sent)."""

import re

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.exc import ResourceClosedError
from sqlalchemy.orm import Mapped, mapped_column

PAGE = """<ul>{% for book in books %}<li>{{ book.title }}</li>{% endfor %}</ul>
<select>{% for book in books %}<option>{{ book.title }}</option>{% endfor %}</select>"""


def shown():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.testing = True
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        db.session.add_all([Book(title="Dune"), Book(title="Emma")])
        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))

    @app.get("/books")
    def books():
        books = db.session.scalars(select(Book).order_by(Book.title))
        return render_template_string(PAGE, books=books)

    try:
        page = app.test_client().get("/books").text
    except Exception as error:
        return type(error)
    return re.findall("<li>(.*?)</li>", page), re.findall("<option>(.*?)</option>", page), len(sent)


def two_selects():
    return shown(), (["Dune", "Emma"], ["Dune", "Emma"], 2)


def one_select():
    return shown(), (["Dune", "Emma"], ["Dune", "Emma"], 1)


def selection_empty():
    return shown(), (["Dune", "Emma"], [], 1)


def closed():
    return shown(), ResourceClosedError


def all_empty():
    return shown(), ([], [], 1)


def rows():
    return shown(), (["", ""], ["", ""], 1)
