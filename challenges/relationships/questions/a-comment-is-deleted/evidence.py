"""Which posts are left, and which comments with which post_id."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

ALL = ([1], [(1, 1), (2, 1), (3, 1)])


def left():
    """The name of an exception, if there is one, and the rows."""
    db = SQLAlchemy()

    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        comments: Mapped[list["Comment"]] = relationship(back_populates="post")

    class Comment(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
        post: Mapped["Post | None"] = relationship(back_populates="comments", cascade="all, delete")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    raised = None
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON"))
        db.create_all()
        try:
            db.session.add(Post(id=1, comments=[Comment(id=1), Comment(id=2), Comment(id=3)]))
            db.session.commit()
            db.session.delete(db.session.get(Comment, 1))
            db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            raised = type(error).__name__
        posts = list(db.session.scalars(select(Post.id)))
        comments = [tuple(row) for row in db.session.execute(select(Comment.id, Comment.post_id).order_by(Comment.id))]
        return raised, (posts, comments)


def only_that_comment():
    return left(), (None, ([1], [(2, 1), (3, 1)]))


def nothing_left():
    return left(), (None, ([], []))


def refused_by_mapper():
    return left(), ("ArgumentError", ALL)


def comments_without_post():
    return left(), (None, ([], [(2, None), (3, None)]))


def dangling():
    return left(), (None, ([], [(2, 1), (3, 1)]))


def refused_by_database():
    return left(), ("IntegrityError", ALL)
