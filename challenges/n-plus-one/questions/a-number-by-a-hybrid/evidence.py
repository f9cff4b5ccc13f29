"""The view's answer, statements and rows after each change: pairs (observed, claimed)."""

import sqlite3

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, joinedload, load_only, mapped_column, relationship, selectinload, undefer

fetched = []


class Cursor(sqlite3.Cursor):
    """Notes how many rows are read."""

    def fetchall(self):
        rows = super().fetchall()
        fetched.extend(rows)
        return rows


class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)


db = SQLAlchemy(engine_options={"connect_args": {"factory": Connection}})
CLAIMED = (True, 1, True)


class Post(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    comments: Mapped[list["Comment"]] = relationship()

    @hybrid_property
    def number(self):
        return len(self.comments)

    @number.inplace.expression
    @classmethod
    def _number(cls):
        return select(func.count(Comment.id)).where(Comment.post_id == cls.id).scalar_subquery()


class Comment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))


query = select(Post).order_by(Post.number.desc(), Post.id).limit(30)


def outcome(posts):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        db.session.add_all(
            Post(id=n, title=f"post {n}", comments=[Comment() for _ in range(n % 7)]) for n in range(1, 61)
        )
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        fetched.clear()
        try:
            answer = [{"title": post.title, "number": post.number} for post in posts()]
        except AttributeError as error:
            return type(error)
    expected = sorted(range(1, 61), key=lambda n: (-(n % 7), n))[:30]
    right = answer == [{"title": f"post {n}", "number": n % 7} for n in expected]
    return right, len(sent), len(fetched) <= 30


def entity_and_number():
    return outcome(lambda: [post for post, _ in db.session.execute(query.add_columns(Post.number))]), CLAIMED


def selectin():
    return outcome(lambda: db.session.scalars(query.options(selectinload(Post.comments)))), CLAIMED


def columns():
    return outcome(lambda: db.session.execute(query.with_only_columns(Post.title, Post.number))), CLAIMED


def joined():
    return outcome(lambda: db.session.scalars(query.options(joinedload(Post.comments))).unique()), CLAIMED


def undefer_option():
    return outcome(lambda: db.session.scalars(query.options(undefer(Post.number)))), CLAIMED


def load_only_option():
    return outcome(lambda: db.session.scalars(query.options(load_only(Post.title)))), CLAIMED
