"""(Exception, recipes left, names of the tags left, names of the salad's tags)"""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

EVERYTHING = ([1, 2], ["fresh", "quick", "vegan"], ["fresh", "quick"])


def outcome():
    db = SQLAlchemy()
    recipe_tag = db.Table(
        "recipe_tag",
        db.Column("recipe_id", ForeignKey("recipe.id"), primary_key=True),
        db.Column("tag_id", ForeignKey("tag.id"), primary_key=True),
    )

    class Recipe(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        tags: Mapped[list["Tag"]] = relationship(
            secondary=recipe_tag,
            back_populates="recipes",
            cascade="all, delete",
        )

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(unique=True)
        recipes: Mapped[list["Recipe"]] = relationship(secondary=recipe_tag, back_populates="tags")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON"))
        db.create_all()
        raised = None
        try:
            quick, vegan, fresh = Tag(name="quick"), Tag(name="vegan"), Tag(name="fresh")
            db.session.add_all([Recipe(id=1, tags=[quick, vegan]), Recipe(id=2, tags=[quick, fresh])])
            db.session.commit()
            soup = db.session.get(Recipe, 1)
            db.session.delete(soup)
            db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            raised = type(error).__name__
        recipes = sorted(db.session.scalars(select(Recipe.id)))
        tags = sorted(db.session.scalars(select(Tag.name)))
        salad = db.session.get(Recipe, 2)
        return raised, (recipes, tags, sorted(tag.name for tag in salad.tags) if salad else None)


def only_unused():
    return outcome(), (None, ([2], ["fresh", "quick"], ["fresh", "quick"]))


def no_tag_deleted():
    return outcome(), (None, ([2], ["fresh", "quick", "vegan"], ["fresh", "quick"]))


def refused_by_mapper():
    return outcome(), ("ArgumentError", EVERYTHING)


def refused_by_database():
    return outcome(), ("IntegrityError", EVERYTHING)


def shared_tag_too():
    return outcome(), (None, ([2], ["fresh"], ["fresh"]))


def both_recipes():
    return outcome(), (None, ([], [], None))
