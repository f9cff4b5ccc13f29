"""Whether some id lists all titles: pairs of yes or no."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import literal as sql_literal
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

TITLES = ["Emma", "Persuasion", "Sanditon"]
ATTACKS = ["0 OR 1=1", "0 OR 1=1 --", "0' OR '1'='1", "0' OR 1=1 --", '0" OR 1=1 --', "id", "'' OR 1=1"]


def lists_all(statement):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/books")
    def books():
        raw = request.args["id"]
        rows = db.session.execute(statement(raw, Book))
        return [row.title for row in rows]

    @app.errorhandler(SQLAlchemyError)
    @app.errorhandler(ValueError)
    def failed(error):
        return []

    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=number, title=title) for number, title in enumerate(TITLES, 1))
        db.session.commit()
        client = app.test_client()
        if client.get("/books?id=2").json != ["Persuasion"]:
            return "does not find a book by its id"
        return any(client.get("/books", query_string={"id": attack}).json == TITLES for attack in ATTACKS)


def doubled_quotes():
    return lists_all(lambda raw, book: text("SELECT title FROM book WHERE id = " + raw.replace("'", "''"))), True


def number():
    return lists_all(lambda raw, book: text(f"SELECT title FROM book WHERE id = {int(raw)}")), True


def text_in_where():
    return lists_all(lambda raw, book: select(book.title).where(text("id = :id")).params(id=raw)), True


def literal():
    return lists_all(lambda raw, book: select(book.title).where(book.id == sql_literal(raw))), True


def comparison():
    return lists_all(lambda raw, book: select(book.title).where(book.id == raw)), True


def bindparams():
    return lists_all(lambda raw, book: text("SELECT title FROM book WHERE id = :id").bindparams(id=raw)), True
