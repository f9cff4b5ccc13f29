"""Which codes are found for each prefix: pairs of such mappings."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

CODES = ["A_1", "A_12", "AB1", "A.1", "A/1", "A\\1", "100%", "1000", "X+Y", "XXY"]
PREFIXES = ["A_1", "A", "100%", "A.1", "A/", "A\\", "X+", "_", ""]
RIGHT = {prefix: sorted(code for code in CODES if code.startswith(prefix)) for prefix in PREFIXES}


def found(condition):
    db = SQLAlchemy()

    class Code(db.Model):
        text: Mapped[str] = mapped_column(primary_key=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    seen = {}
    with app.app_context():
        db.create_all()
        db.session.add_all(Code(text=code) for code in CODES)
        db.session.commit()
        for prefix in PREFIXES:
            try:
                seen[prefix] = sorted(db.session.scalars(select(Code.text).where(condition(Code, prefix))))
            except (SQLAlchemyError, ValueError) as error:
                seen[prefix] = type(error).__name__
                db.session.rollback()
    return seen


def plain():
    return found(lambda code, prefix: code.text.startswith(prefix)), RIGHT


def backslash():
    return found(lambda code, prefix: code.text.startswith(prefix.replace("_", r"\_"))), RIGHT


def declared():
    return found(lambda code, prefix: code.text.startswith(prefix, escape="\\")), RIGHT


def like():
    return found(lambda code, prefix: code.text.like(f"{prefix}%", escape="/")), RIGHT


def autoescape():
    return found(lambda code, prefix: code.text.startswith(prefix, autoescape=True)), RIGHT


def pattern():
    return found(lambda code, prefix: code.text.regexp_match(f"^{prefix}")), RIGHT
