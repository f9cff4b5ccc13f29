"""Whether the cover is stored when the thread runs within the request, and when it runs after its end."""

import tempfile
import threading

from flask import Flask, copy_current_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [True, True]


def stored(within, prepare=None, by_key=False, commit_first=False, copied=False, **options):
    db = SQLAlchemy(**options)

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        cover: Mapped[bytes | None]

    with tempfile.TemporaryDirectory() as path:
        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}/books.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Book(id=1, title="Emma"))
            db.session.commit()
        threads = []

        def work(book):
            with app.app_context():
                if by_key:
                    book = db.session.get(Book, book)
                if prepare:
                    prepare(db.session, book)
                book.cover = book.title.encode()
                db.session.commit()

        def render_cover(book):
            try:
                work(book)
            except Exception as error:
                return error

        @app.post("/books/<int:book_id>/cover")
        def make_cover(book_id):
            book = db.get_or_404(Book, book_id)
            if commit_first:
                db.session.commit()
            target = copy_current_request_context(render_cover) if copied else render_cover
            threads.append(threading.Thread(target=target, args=(book.id if by_key else book,)))
            if within:
                threads[0].start()
                threads[0].join()
            return "", 202

        response = app.test_client().post("/books/1/cover")
        assert response.status_code == 202
        if not within:
            threads[0].start()
            threads[0].join()
        with app.app_context():
            return db.session.get(Book, 1).cover == b"Emma"


def in_both_cases(**change):
    return [stored(within, **change) for within in (True, False)]


def add():
    return in_both_cases(prepare=lambda session, book: session.add(book)), CLAIMED


def commit_first():
    return in_both_cases(commit_first=True), CLAIMED


def copied_context():
    return in_both_cases(copied=True), CLAIMED


def not_expiring():
    return in_both_cases(session_options={"expire_on_commit": False}), CLAIMED


def refresh():
    return in_both_cases(prepare=lambda session, book: session.refresh(book)), CLAIMED


def pass_the_key():
    return in_both_cases(by_key=True), CLAIMED
