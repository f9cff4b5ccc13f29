"""How many posts are left in the four cases."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship


def left(pragma, look_first):
    db = SQLAlchemy()

    class Forum(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        posts: Mapped[list["Post"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))

    def delete_forum(look_first):
        forum = db.session.get(Forum, 1)
        if look_first:
            print(len(forum.posts))
        db.session.delete(forum)
        db.session.commit()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        if pragma:
            event.listen(
                db.engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON")
            )
        db.create_all()
        db.session.add(Forum(id=1, posts=[Post(), Post(), Post()]))
        db.session.commit()
    with app.app_context():
        try:
            delete_forum(look_first)
        except IntegrityError:
            db.session.rollback()
        return db.session.scalar(select(func.count(Post.id)))


def cases():
    return [left(pragma, look_first) for pragma in (False, True) for look_first in (False, True)]


def session_cascades():
    return cases(), [0, 0, 0, 0]


def left_to_the_database():
    return cases(), [3, 3, 0, 0]


def flag_disables():
    return cases(), [3, 0, 3, 0]


def loaded_spared():
    return cases(), [3, 3, 0, 3]


def one_case_fails():
    return cases(), [3, 0, 0, 0]


def pragma_refuses():
    return cases(), [0, 0, 3, 0]
