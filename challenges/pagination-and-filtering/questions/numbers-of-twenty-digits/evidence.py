"""The status of each request."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, mapped_column

LARGE = "99999999999999999999"


def status(query_string):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    app.logger.disabled = True
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Book), [{"title": f"Book {n}"} for n in range(300)])
        db.session.commit()

    @app.get("/books")
    def books():
        query = select(Book).order_by(Book.id)
        page = db.paginate(query, max_per_page=100)
        return [book.title for book in page]

    return app.test_client().get(f"/books?{query_string}").status_code


def page():
    return status(f"page={LARGE}"), 500


def per_page():
    return status(f"per_page={LARGE}"), 500


def negative():
    return status(f"page=-{LARGE}"), 500


def fraction():
    return status(f"page={LARGE}.0"), 500


def exponent():
    return status(f"page=1e20&per_page={LARGE}"), 500


def negative_size():
    return status(f"per_page=-{LARGE}"), 500
