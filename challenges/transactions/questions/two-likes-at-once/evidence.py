"""How many likes are counted when another request runs between two statements of the first: (likes in each case).

The other request runs before the n-th statement of the first one, for each n; the order of the steps is fixed. Where
the database is locked for it, it waits: it runs when the first one has ended.
"""

import tempfile
import threading

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.orm import Mapped, mapped_column

ALL_COUNTED = {9}


def likes(change):
    results, number = set(), 0
    while True:
        result, statements = race(change, number)
        if number == statements:  # there was no such statement, so the other one did not run
            return results
        results.add(result)
        number += 1


def race(change, number):
    """The likes after two requests, the second of which runs before statement ``number`` of the first."""
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Post(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            likes: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/posts.db"
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 0}}
        db.init_app(app)

        @app.post("/posts/<int:post_id>/like")
        def like(post_id):
            post = db.get_or_404(Post, post_id)
            change(db, Post, post)
            db.session.commit()
            return "", 204

        with app.app_context():
            db.create_all()
            db.session.add(Post(id=1, likes=7))
            db.session.commit()
            engine = db.engine
        main, sent, answers = threading.current_thread(), [], []

        def click():
            answers.append(app.test_client().post("/posts/1/like").status_code)

        def interrupt(*call):
            if threading.current_thread() is main:
                sent.append(call[2])
                if len(sent) == number + 1:
                    other = threading.Thread(target=click)
                    other.start()
                    other.join()

        event.listen(engine, "before_cursor_execute", interrupt)
        click()
        event.remove(engine, "before_cursor_execute", interrupt)
        if answers[0] == 500:
            click()
        with app.app_context():
            total = db.session.scalar(select(Post.likes))
        engine.dispose()
        return total, len(sent)


def add_one(post):
    post.likes += 1


def in_python():
    return likes(lambda db, model, post: add_one(post)), ALL_COUNTED


def refreshed():
    def change(db, model, post):
        db.session.refresh(post)
        post.likes += 1

    return likes(change), ALL_COUNTED


def in_sql():
    def change(db, model, post):
        post.likes = model.likes + 1

    return likes(change), ALL_COUNTED


def savepoint():
    def change(db, model, post):
        with db.session.begin_nested():
            post.likes += 1

    return likes(change), ALL_COUNTED


def flushed():
    def change(db, model, post):
        post.likes += 1
        db.session.flush()

    return likes(change), ALL_COUNTED


def merged():
    return likes(lambda db, model, post: add_one(db.session.merge(post))), ALL_COUNTED
