"""Per option: whether the recipes come with all their tags, and whether the statements stay the same."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Table, event, select
from sqlalchemy.orm import (
    Mapped,
    contains_eager,
    immediateload,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)

db = SQLAlchemy()
recipe_tags = Table(
    "recipe_tags",
    db.metadata,
    Column("recipe_id", ForeignKey("recipe.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Tag(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Recipe(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[Tag]] = relationship(secondary=recipe_tags)


def look(query, count):
    """Statements sent for ``count`` vegan recipes, and whether each came with all its tags."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        vegan, soup, quick = (Tag(name=name) for name in ("vegan", "soup", "quick"))
        wanted = [Recipe(tags=[vegan, soup, quick] if n % 3 else [vegan]) for n in range(count)]
        db.session.add_all([*wanted, Recipe(tags=[soup]), Recipe()])
        db.session.commit()
        right = {recipe.id: {tag.name for tag in recipe.tags} for recipe in wanted}
        db.session.remove()
        sent = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        recipes = db.session.scalars(query).unique().all()
        found = {recipe.id: {tag.name for tag in recipe.tags} for recipe in recipes}
        return len(sent), found == right


def outcome(query):
    (few, right), (many, still_right) = look(query, 20), look(query, 200)
    return (right and still_right, few == many), (True, True)


matching = select(Recipe).join(Recipe.tags).where(Tag.name == "vegan")


def as_it_stands():
    return outcome(matching.options(contains_eager(Recipe.tags)))


def selectin_instead():
    return outcome(matching.options(selectinload(Recipe.tags)))


def immediate_instead():
    return outcome(matching.options(immediateload(Recipe.tags)))


def outer_join():
    return outcome(
        select(Recipe).outerjoin(Recipe.tags).where(Tag.name == "vegan").options(contains_eager(Recipe.tags))
    )


def joined_instead():
    return outcome(matching.options(joinedload(Recipe.tags)))


def populate_existing():
    return outcome(matching.options(contains_eager(Recipe.tags)).execution_options(populate_existing=True))
