"""What the stem's loop prints in SQLite: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def printed():
    db = SQLAlchemy()

    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        comments: Mapped[list["Comment"]] = relationship()

    class Comment(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for number, (title, comments) in enumerate([("Trains", 3), ("Boats", 0), ("Kites", 1)], 1):
            db.session.add(Post(id=number, title=title, comments=[Comment() for _ in range(comments)]))
        db.session.commit()
        query = select(Post.title, func.count()).outerjoin(Post.comments).group_by(Post.id).order_by(Post.id)
        return [tuple(row) for row in db.session.execute(query)]


def nothing_is_zero():
    return printed(), [("Trains", 3), ("Boats", 0), ("Kites", 1)]


def row_of_nulls_counts():
    return printed(), [("Trains", 3), ("Boats", 1), ("Kites", 1)]


def left_out():
    return printed(), [("Trains", 3), ("Kites", 1)]


def none_at_all():
    return printed(), [("Trains", 3), ("Boats", None), ("Kites", 1)]


def post_counts_too():
    return printed(), [("Trains", 4), ("Boats", 1), ("Kites", 2)]


def one_for_all():
    return printed(), [("Trains", 4), ("Boats", 4), ("Kites", 4)]
