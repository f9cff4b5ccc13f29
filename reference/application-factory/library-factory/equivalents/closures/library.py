"""Everything is inside the factory, the extension and the model too: no module could mix two apps up."""

import click
from flask import Flask, request, request_finished
from flask_sqlalchemy import SQLAlchemy


def create_app(config):  # noqa: C901 (one function on purpose)
    app = Flask(__name__)
    app.config["NAME"] = "Library"
    app.config["PAGE_SIZE"] = 10
    app.config.from_prefixed_env(prefix="LIBRARY")
    app.config |= config
    db = SQLAlchemy(app)
    answered = 0

    class Book(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        title = db.Column(db.String(300), nullable=False)
        author = db.Column(db.String(300), nullable=False)

        def __init__(self, title, author):
            self.title = title
            self.author = author

        def plain(self):
            return {"id": self.id, "title": self.title, "author": self.author}

    with app.app_context():
        db.create_all()

    @request_finished.connect_via(app)
    def count(sender, **extra):
        nonlocal answered
        answered += 1

    @app.errorhandler(404)
    def missing(error):
        return {"error": "not found", "library": app.config["NAME"]}, 404

    @app.get("/")
    def front():
        return {"name": app.config["NAME"], "page_size": app.config["PAGE_SIZE"], "requests": answered}

    @app.get("/books")
    def listed():
        page = db.paginate(db.select(Book).order_by(Book.id), page=1, per_page=app.config["PAGE_SIZE"])
        return {"books": [book.plain() for book in page]}

    @app.post("/books")
    def posted():
        book = Book(**request.json)
        db.session.add(book)
        db.session.commit()
        return book.plain(), 201

    @app.get("/books/<int:number>")
    def shown(number):
        return db.get_or_404(Book, number).plain()

    @app.cli.command("add-book")
    @click.argument("title")
    @click.argument("author")
    def add_book(title, author):
        book = Book(title, author)
        db.session.add(book)
        db.session.commit()
        print(f"Added book {book.id}")

    @app.cli.command("init-db")
    def init_db():
        db.session.execute(db.delete(Book))
        db.session.commit()

    return app
