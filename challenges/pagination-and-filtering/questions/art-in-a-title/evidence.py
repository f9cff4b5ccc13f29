"""What is printed."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text
from sqlalchemy.orm import Mapped, mapped_column

TITLES = ["Art of War", "Start Here", "The Art Thief", "Arts and Crafts", "Party Games", "Modern art"]


def printed():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.execute(text("CREATE VIRTUAL TABLE book_words USING fts5(title)"))
        for title in TITLES:
            db.session.add(Book(title=title))
            db.session.execute(text("INSERT INTO book_words VALUES (:title)"), {"title": title})
        db.session.commit()
        like = select(func.count()).where(Book.title.icontains("art"))
        words = text("SELECT count(*) FROM book_words WHERE book_words MATCH 'art'")
        return db.session.scalar(like), db.session.scalar(words)


def six_three():
    return printed(), (6, 3)


def six_six():
    return printed(), (6, 6)


def six_four():
    return printed(), (6, 4)


def six_one():
    return printed(), (6, 1)


def three_three():
    return printed(), (3, 3)


def one_three():
    return printed(), (1, 3)
