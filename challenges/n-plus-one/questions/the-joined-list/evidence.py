"""How the stem's first request is answered: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship


def answered():
    """Status and JSON; in place of the JSON of an error, what its message asks for."""
    db = SQLAlchemy()

    class Author(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.logger.disabled = True
    db.init_app(app)
    raised = []

    @app.errorhandler(500)
    def failed(error):
        raised.append(str(error.original_exception))
        return "", 500

    @app.get("/authors")
    def authors():
        query = select(Author).options(joinedload(Author.books)).order_by(Author.id)
        return [{"name": author.name, "books": len(author.books)} for author in db.session.scalars(query)]

    with app.app_context():
        db.create_all()
        db.session.add(Author(name="Ada", books=[Book(), Book(), Book()]))
        db.session.commit()
        db.session.add(Author(name="Bo", books=[Book()]))
        db.session.commit()
    response = app.test_client().get("/authors")
    if response.status_code == 200:
        return 200, [(entry["name"], entry["books"]) for entry in response.json]
    for word in ("unique()", "join()", "ambiguous"):
        if word in raised[0]:
            return response.status_code, word
    return response.status_code, raised[0]


def unified():
    return answered(), (200, [("Ada", 3), ("Bo", 1)])


def repeated_with_all():
    return answered(), (200, [("Ada", 3), ("Ada", 3), ("Ada", 3), ("Bo", 1)])


def repeated_with_one():
    return answered(), (200, [("Ada", 1), ("Ada", 1), ("Ada", 1), ("Bo", 1)])


def unique_is_missing():
    return answered(), (500, "unique()")


def join_is_missing():
    return answered(), (500, "join()")


def order_is_ambiguous():
    return answered(), (500, "ambiguous")
