"""(Length of the list, what the commit does, rows left in the table) after two requests that overlapped."""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship


def outcome():
    db = SQLAlchemy()
    recipe_tag = db.Table(
        "recipe_tag",
        db.Column("recipe_id", ForeignKey("recipe.id"), nullable=False),
        db.Column("tag_id", ForeignKey("tag.id"), nullable=False),
    )

    class Recipe(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        tags: Mapped[list["Tag"]] = relationship(secondary=recipe_tag)

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tempfile.mkdtemp()}/recipes.db"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all([Recipe(id=1), Tag(id=1)])
        db.session.commit()
        # The sessions of the two requests, each at the line after the other's.
        sessions = [Session(db.engine), Session(db.engine)]
        recipes = [session.get(Recipe, 1) for session in sessions]
        tags = [session.get(Tag, 1) for session in sessions]
        assert [tag in recipe.tags for recipe, tag in zip(recipes, tags, strict=True)] == [False, False]
        refused = 0
        for session, recipe, tag in zip(sessions, recipes, tags, strict=True):
            recipe.tags.append(tag)
        for session in sessions:
            try:
                session.commit()
            except SQLAlchemyError:
                session.rollback()
                refused += 1
    with app.app_context():
        recipe, tag = db.session.get(Recipe, 1), db.session.get(Tag, 1)
        length = len(recipe.tags)
        recipe.tags.remove(tag)
        done = "committed"
        try:
            db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            done = type(error).__name__
        return length, done, db.session.scalar(select(func.count()).select_from(recipe_tag)), refused


def second_refused():
    return outcome(), (1, "committed", 0, 1)


def stale():
    return outcome(), (1, "StaleDataError", 2, 0)


def both_deleted():
    return outcome(), (1, "committed", 0, 0)


def one_of_two():
    return outcome(), (1, "committed", 1, 0)


def listed_twice():
    return outcome(), (2, "committed", 1, 0)


def listed_twice_stale():
    return outcome(), (2, "StaleDataError", 2, 0)
