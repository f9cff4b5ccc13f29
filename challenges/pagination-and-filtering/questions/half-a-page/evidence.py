"""What GET /books answers: how many titles, the total, the next page."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def answer():
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        stock: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=n, title=f"Book {n}", stock=5 if n > 30 else 0) for n in range(1, 61))
        db.session.commit()

    @app.get("/books")
    def books():
        page = db.paginate(select(Book).order_by(Book.id), per_page=10)
        return {
            "titles": [book.title for book in page if book.stock > 0],
            "total": page.total,
            "next": page.next_num,
        }

    body = app.test_client().get("/books").json
    return len(body["titles"]), body["total"], body["next"]


def empty_of_sixty():
    return answer(), (0, 60, 2)


def ten_of_thirty():
    return answer(), (10, 30, 2)


def ten_of_sixty():
    return answer(), (10, 60, 2)


def empty_of_thirty():
    return answer(), (0, 30, 2)


def empty_of_none():
    return answer(), (0, 0, None)


def ten_of_ten():
    return answer(), (10, 10, 4)
