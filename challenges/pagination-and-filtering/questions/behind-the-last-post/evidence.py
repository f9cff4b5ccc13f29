"""Which posts a client gets in all, page by page."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

# (created, id): several of one time, and later ones with smaller ids; pages end between posts of one time
POSTS = [(n // 30, n * 37 % 101) for n in range(100)]


def pages(condition):
    """Whether the walk over all pages is each post once, in order."""
    db = SQLAlchemy()

    class Post(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        created: Mapped[int]

    def page_after(last):
        query = select(Post).order_by(Post.created, Post.id).limit(20)
        if last is not None:
            query = query.where(condition(Post, last.created, last.id))
        return db.session.scalars(query).all()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Post(created=created, id=key) for created, key in POSTS)
        db.session.commit()
        walk, last = [], None
        while (page := page_after(last)) and len(walk) < 500:
            walk += [(post.created, post.id) for post in page]
            last = page[-1]
    return walk == sorted(POSTS)


def sql_tuple():
    return pages(lambda post, created, key: tuple_(post.created, post.id) > (created, key)), True


def python_tuple():
    return pages(lambda post, created, key: (post.created, post.id) > (created, key)), True


def both_greater():
    return pages(lambda post, created, key: and_(post.created > created, post.id > key)), True


def one_not_smaller():
    return pages(lambda post, created, key: and_(post.created >= created, post.id > key)), True


def either_greater():
    return pages(lambda post, created, key: or_(post.created > created, post.id > key)), True


def another_pair():
    return pages(lambda post, created, key: tuple_(post.created, post.id).not_in([(created, key)])), True
