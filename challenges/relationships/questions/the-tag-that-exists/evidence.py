"""What appending a known name does: (exception, tags in the table, tags of the soup, of the curry)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship


def outcome():
    db = SQLAlchemy()
    recipe_tag = db.Table(
        "recipe_tag",
        db.Column("recipe_id", ForeignKey("recipe.id"), primary_key=True),
        db.Column("tag_id", ForeignKey("tag.id"), primary_key=True),
    )

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(unique=True)

    class Recipe(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        tags: Mapped[list[Tag]] = relationship(secondary=recipe_tag)
        tag_names: AssociationProxy[list[str]] = association_proxy("tags", "name", creator=lambda name: Tag(name=name))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        soup, curry = Recipe(id=1, tags=[Tag(name="vegan")]), Recipe(id=2)
        db.session.add_all([soup, curry])
        db.session.commit()
        raised = None
        try:
            curry.tag_names.append("vegan")
            db.session.commit()
        except (SQLAlchemyError, TypeError) as error:
            db.session.rollback()
            raised = type(error).__name__
        return raised, list(db.session.scalars(select(Tag.name))), list(soup.tag_names), list(curry.tag_names)


def refused():
    return outcome(), ("IntegrityError", ["vegan"], ["vegan"], [])


def linked():
    return outcome(), (None, ["vegan"], ["vegan"], ["vegan"])


def second_tag():
    return outcome(), (None, ["vegan", "vegan"], ["vegan"], ["vegan"])


def moved():
    return outcome(), (None, ["vegan"], [], ["vegan"])


def not_stored():
    return outcome(), (None, ["vegan"], ["vegan"], [])


def type_error():
    return outcome(), ("TypeError", ["vegan"], ["vegan"], [])
