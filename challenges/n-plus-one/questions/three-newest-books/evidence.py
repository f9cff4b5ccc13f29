"""Whether the right books come, and at most 90 rows: pairs (observed, claimed)."""

from collections import defaultdict

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()
keys = list(range(1, 31))
CLAIMED = (True, True)


class Author(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))


def first(places, **window):
    place = func.row_number().over(**window).label("place")
    ranked = select(Book.id, place).where(Book.author_id.in_(keys)).subquery()
    return select(Book).join(ranked, Book.id == ranked.c.id).where(ranked.c.place <= places)


found = select(Book).where(Book.author_id.in_(keys))


def outcome(query, cut=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Author(id=key) for key in keys)
        db.session.flush()
        newest = {}
        number = 0
        for key in keys:
            books = 200 if key in (1, 30) else 1 + key % 7
            numbers = list(range(number + 1, number + books + 1))
            number += books
            db.session.add_all(Book(id=n, author_id=key) for n in numbers)
            newest[key] = sorted(numbers)[-3:]
        db.session.commit()
        rows = db.session.execute(query).all()
        shown = defaultdict(list)
        for (book,) in rows:
            shown[book.author_id].append(book.id)
        if cut:
            shown = {key: numbers[:cut] for key, numbers in shown.items()}
        return ({key: sorted(shown.get(key, [])) for key in keys} == newest, len(rows) <= 90)


def limit_of_ninety():
    return outcome(found.order_by(Book.author_id, Book.id.desc()).limit(3 * len(keys))), CLAIMED


def newest_of_all():
    return outcome(first(3 * len(keys), order_by=Book.id.desc())), CLAIMED


def partition_by_book():
    return outcome(first(3, partition_by=Book.id, order_by=Book.author_id)), CLAIMED


def grouped():
    return outcome(found.group_by(Book.author_id).having(func.count(Book.id) <= 3)), CLAIMED


def cut_in_python():
    return outcome(found.order_by(Book.id.desc()), cut=3), CLAIMED


def partition_by_author():
    return outcome(first(3, partition_by=Book.author_id, order_by=Book.id.desc())), CLAIMED
