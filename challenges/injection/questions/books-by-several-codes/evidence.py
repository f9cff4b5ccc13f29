"""Which titles are found for some lists of codes: pairs of such mappings."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ARRAY, String, bindparam, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

BOOKS = {"A1": "Emma", "B'2": "Persuasion", "C3": "Sanditon"}
ASKED = {
    (): [],
    ("C3",): ["Sanditon"],
    ("A1", "B'2"): ["Emma", "Persuasion"],
    ("A1", "B'2", "C3"): ["Emma", "Persuasion", "Sanditon"],
    ("') OR 1=1 --", "x"): [],
}


def found(statement):
    db = SQLAlchemy()

    class Book(db.Model):
        code: Mapped[str] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.get("/books")
    def books():
        codes = request.args.getlist("code")
        return sorted(db.session.scalars(statement, {"codes": codes}).all())

    @app.errorhandler(SQLAlchemyError)
    def failed(error):
        return type(error).__name__

    with app.app_context():
        db.create_all()
        db.session.add_all(Book(code=code, title=title) for code, title in BOOKS.items())
        db.session.commit()
        client = app.test_client()
        return {codes: client.get("/books", query_string={"code": codes}).json for codes in ASKED}


def one_placeholder():
    return found(text("SELECT title FROM book WHERE code IN (:codes)")), ASKED


def no_parentheses():
    return found(text("SELECT title FROM book WHERE code IN :codes")), ASKED


def expanding():
    return found(
        text("SELECT title FROM book WHERE code IN :codes").bindparams(bindparam("codes", expanding=True))
    ), ASKED


def expanding_in_parentheses():
    return found(
        text("SELECT title FROM book WHERE code IN (:codes)").bindparams(bindparam("codes", expanding=True))
    ), ASKED


def typed():
    return found(
        text("SELECT title FROM book WHERE code IN (:codes)").bindparams(bindparam("codes", type_=String))
    ), ASKED


def any():
    return found(
        text("SELECT title FROM book WHERE code = ANY(:codes)").bindparams(bindparam("codes", type_=ARRAY(String)))
    ), ASKED
