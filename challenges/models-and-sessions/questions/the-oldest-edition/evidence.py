"""What the rewritten view answers for a slug with two editions, and for an unknown one: (year or status, status)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def answers(expression):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        slug: Mapped[str]
        year: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([Book(slug="emma", year=1996), Book(slug="emma", year=1815)])
        db.session.commit()

    @app.get("/books/<slug>")
    def show(slug):
        statement = select(Book).filter_by(slug=slug).order_by(Book.year)
        return {"year": expression(db, Book, slug, statement).year}

    client = app.test_client()
    known, unknown = client.get("/books/emma"), client.get("/books/ulysses")
    return known.json["year"] if known.status_code == 200 else known.status_code, unknown.status_code


def legacy():
    """What the view with the legacy query answers."""
    return answers(
        lambda db, model, slug, statement: model.query.filter_by(slug=slug).order_by(model.year).first_or_404()
    )


def on_the_statement():
    return answers(lambda db, model, slug, statement: statement.first_or_404()), legacy()


def one_or_404():
    return answers(lambda db, model, slug, statement: db.one_or_404(statement)), legacy()


def on_the_result():
    return answers(lambda db, model, slug, statement: db.session.scalars(statement).first_or_404()), legacy()


def first():
    return answers(lambda db, model, slug, statement: db.session.scalars(statement).first()), legacy()


def get_or_404():
    return answers(lambda db, model, slug, statement: db.get_or_404(model, slug)), legacy()


def first_or_404():
    return answers(lambda db, model, slug, statement: db.first_or_404(statement)), legacy()
