"""Calls each option's overview() twice, a review being added between, and compares statements and numbers."""

import functools

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

db = SQLAlchemy()


class Film(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    reviews: Mapped[list["Review"]] = relationship()
    awards: Mapped[list["Award"]] = relationship()


class Review(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    film_id: Mapped[int] = mapped_column(ForeignKey("film.id"))


class Award(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    film_id: Mapped[int] = mapped_column(ForeignKey("film.id"))


SHAPES = [(0, 0), (3, 2), (4, 0), (0, 1), (2, 5), (1, 1)]


def number(of):
    return select(func.count(of.id)).where(of.film_id == Film.id).scalar_subquery()


def called(overview):
    """Per call, whether at most one statement was sent and whether all numbers were right."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    outcome = []
    with app.app_context():
        db.create_all()
        for reviews, awards in SHAPES:
            db.session.add(Film(reviews=[Review() for _ in range(reviews)], awards=[Award() for _ in range(awards)]))
        db.session.commit()
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        right = {film: shape for film, shape in enumerate(SHAPES, start=1)}
        for _ in range(2):
            db.session.remove()
            sent.clear()
            found = {film: (reviews, awards) for film, reviews, awards in overview()}
            outcome.append((len(sent) <= 1, found == right))
            db.session.add(Review(film_id=2))
            db.session.commit()
            right[2] = (right[2][0] + 1, right[2][1])
    return outcome, [(True, True), (True, True)]


def both_joined():
    def overview():
        return db.session.execute(
            select(Film.id, func.count(Review.id), func.count(Award.id))
            .outerjoin(Film.reviews)
            .outerjoin(Film.awards)
            .group_by(Film.id)
        ).all()

    return called(overview)


def inner_joined():
    def overview():
        return db.session.execute(
            select(Film.id, func.count(Review.id.distinct()), func.count(Award.id.distinct()))
            .join(Film.reviews)
            .join(Film.awards)
            .group_by(Film.id)
        ).all()

    return called(overview)


def count_per_film():
    def overview():
        return [
            (
                key,
                db.session.scalar(select(func.count()).where(Review.film_id == key)),
                db.session.scalar(select(func.count()).where(Award.film_id == key)),
            )
            for key in db.session.scalars(select(Film.id))
        ]

    return called(overview)


def correlated():
    def overview():
        return db.session.execute(select(Film.id, number(Review), number(Award))).all()

    return called(overview)


def cached():
    @functools.cache
    def overview():
        return [(film.id, len(film.reviews), len(film.awards)) for film in db.session.scalars(select(Film))]

    return called(overview)


def joined_and_counted():
    def overview():
        query = select(Film).options(joinedload(Film.reviews), selectinload(Film.awards))
        return [(film.id, len(film.reviews), len(film.awards)) for film in db.session.scalars(query).unique()]

    return called(overview)
