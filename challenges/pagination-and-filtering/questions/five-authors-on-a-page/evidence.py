"""How many names are on the first page, and which total it has."""

import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

CLAIMED = (5, 12)


def answer(statement):
    warnings.simplefilter("ignore")
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        books = relationship("Book")

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        price: Mapped[int]
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for n in range(20):
            prices = [5, 6, 7, 8, 20] if n < 12 else [20, 30]
            db.session.add(Author(name=f"Author {n}", books=[Book(price=price) for price in prices]))
        db.session.commit()

    @app.get("/authors")
    def authors():
        query = statement(Author, Book)
        page = db.paginate(query, per_page=5)
        return {"names": [author.name for author in page], "total": page.total}

    body = app.test_client().get("/authors").json
    return len(body["names"]), body["total"]


def any():
    return answer(lambda a, b: select(a).where(a.books.any(b.price < 10)).order_by(a.id)), CLAIMED


def join_condition():
    return answer(lambda a, b: select(a).join(a.books.and_(b.price < 10)).order_by(a.id)), CLAIMED


def group_by_book():
    return answer(lambda a, b: select(a).join(a.books).where(b.price < 10).group_by(b.id).order_by(a.id)), CLAIMED


def contains_eager_books():
    return answer(
        lambda a, b: select(a).join(a.books).where(b.price < 10).options(contains_eager(a.books)).order_by(a.id)
    ), CLAIMED


def outer_join():
    return answer(lambda a, b: select(a).outerjoin(a.books).where(b.price < 10).order_by(a.id)), CLAIMED


def no_join():
    return answer(lambda a, b: select(a).where(b.price < 10).order_by(a.id)), CLAIMED
