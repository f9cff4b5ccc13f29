"""How many recipes, tags and pairs are left."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def left():
    db = SQLAlchemy()
    recipe_tag = db.Table(
        "recipe_tag",
        db.Column("recipe_id", ForeignKey("recipe.id"), primary_key=True),
        db.Column("tag_id", ForeignKey("tag.id"), primary_key=True),
    )

    class Recipe(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        tags: Mapped[list["Tag"]] = relationship(secondary=recipe_tag, back_populates="recipes")

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        recipes: Mapped[list["Recipe"]] = relationship(secondary=recipe_tag, back_populates="tags")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        quick, vegan, sweet = Tag(), Tag(), Tag()
        soup, cake = Recipe(tags=[quick, vegan]), Recipe(tags=[quick, sweet])
        db.session.add_all([soup, cake])
        db.session.commit()
        soup.tags.remove(quick)
        db.session.delete(cake)
        db.session.commit()
        return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Recipe, Tag, recipe_tag))


def tag_removed():
    return left(), (1, 2, 1)


def one_pair():
    return left(), (1, 3, 1)


def all_pairs():
    return left(), (1, 3, 4)


def pairs_of_the_cake():
    return left(), (1, 3, 3)


def pair_of_the_soup():
    return left(), (1, 3, 2)


def tags_of_the_cake():
    return left(), (1, 1, 1)
