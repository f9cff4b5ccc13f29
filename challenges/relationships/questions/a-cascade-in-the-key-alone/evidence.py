"""What becomes of the posts: (exception, rows of the table post)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship


def outcome():
    db = SQLAlchemy()

    class Forum(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        posts: Mapped[list["Post"]] = relationship(back_populates="forum")

    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        forum_id: Mapped[int | None] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
        forum: Mapped["Forum | None"] = relationship(back_populates="posts")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON"))
        db.create_all()
        db.session.add(Forum(id=1, posts=[Post(id=1), Post(id=2), Post(id=3)]))
        db.session.commit()
    with app.app_context():
        loaded = db.session.get(Post, 1)
        raised = None
        try:
            db.session.delete(db.session.get(Forum, 1))
            db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            raised = type(error).__name__
        assert loaded is not None
        rows = db.session.execute(select(Post.id, Post.forum_id).order_by(Post.id))
        return raised, [tuple(row) for row in rows]


def by_the_database():
    return outcome(), (None, [])


def by_the_session():
    return outcome(), (None, [])


def all_null():
    return outcome(), (None, [(1, None), (2, None), (3, None)])


def loaded_null():
    return outcome(), (None, [(1, None)])


def loaded_deleted():
    return outcome(), (None, [(2, None), (3, None)])


def refused():
    return outcome(), ("IntegrityError", [(1, 1), (2, 1), (3, 1)])
