"""What each query shows: pairs (observed, claimed)."""

import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship, selectinload

db = SQLAlchemy()
RIGHT = [("Ada", ["a1", "a3"]), ("Bo", []), ("Cy", []), ("Di", ["d1"])]


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(order_by="Book.title")


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    published: Mapped[bool]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))


def shown(query):
    books = {
        "Ada": [("a1", True), ("a2", False), ("a3", True)],
        "Bo": [("b1", False)],
        "Cy": [],
        "Di": [("d1", True)],
    }
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the product that one of the queries makes
        db.create_all()
        for number, (name, listed) in enumerate(books.items(), 1):
            titles = [Book(title=title, published=published) for title, published in listed]
            db.session.add(Author(id=number, name=name, books=titles))
        db.session.commit()
        db.session.remove()
        authors = db.session.scalars(query.order_by(Author.id)).unique().all()
        return [(author.name, [book.title for book in author.books]) for author in authors]


def join_and_where():
    return shown(select(Author).join(Author.books).where(Book.published).options(contains_eager(Author.books))), RIGHT


def criteria_of_the_loader():
    return shown(select(Author).options(selectinload(Author.books.and_(Book.published)))), RIGHT


def outer_join_and_where():
    return shown(
        select(Author).outerjoin(Author.books).where(Book.published).options(contains_eager(Author.books))
    ), RIGHT


def any_and_selectin():
    return shown(select(Author).where(Author.books.any(Book.published)).options(selectinload(Author.books))), RIGHT


def criteria_of_the_join():
    return shown(select(Author).outerjoin(Author.books.and_(Book.published)).options(selectinload(Author.books))), RIGHT


def selectin_and_where():
    return shown(select(Author).options(selectinload(Author.books)).where(Book.published)), RIGHT
