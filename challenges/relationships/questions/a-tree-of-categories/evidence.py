"""Which tree is loaded again, or which exception stops it: pairs of names of parents and of children."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = (True, (None, [2]), (1, []))  # at once in the list, then what the root and the child know of each other


def tree(parent_args=lambda id, key: {}, children_args=lambda id, key: {}, pair=True):
    db = SQLAlchemy()

    class Category(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
        parent: Mapped["Category | None"] = relationship(
            **({"back_populates": "children"} if pair else {}), **parent_args(id, parent_id)
        )
        children: Mapped[list["Category"]] = relationship(
            **({"back_populates": "parent"} if pair else {}), **children_args(id, parent_id)
        )

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        try:
            root = Category(id=1)
            child = Category(id=2, parent=root)
            at_once = child in root.children
            db.session.add_all([root, child])
            db.session.commit()
        except (SQLAlchemyError, TypeError) as error:
            return type(error).__name__
        known = [
            (row.parent.id if row.parent else None, [other.id for other in row.children])
            for row in (db.session.get(Category, 1), db.session.get(Category, 2))
        ]
        return at_once, *known


def both_remote():
    return tree(lambda id, key: {"remote_side": [id]}, lambda id, key: {"remote_side": [id]}), CLAIMED


def children_remote():
    return tree(children_args=lambda id, key: {"remote_side": [id]}), CLAIMED


def key_remote():
    return tree(lambda id, key: {"remote_side": [key]}), CLAIMED


def no_pair():
    return tree(pair=False), CLAIMED


def parent_remote():
    return tree(lambda id, key: {"remote_side": [id]}), CLAIMED


def uselist():
    return tree(lambda id, key: {"uselist": False}), CLAIMED
