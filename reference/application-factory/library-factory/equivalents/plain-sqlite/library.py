"""The catalogue without an ORM: one module, sqlite3, and a connection per request or command."""

import json
import os
import sqlite3

import click
from flask import Blueprint, Flask, current_app, g, jsonify, request
from flask.cli import with_appcontext
from sqlalchemy.engine import make_url

TABLE = "CREATE TABLE IF NOT EXISTS book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL)"

pages = Blueprint("pages", __name__)


def connection():
    if "connection" not in g:
        g.connection = sqlite3.connect(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).database)
        g.connection.row_factory = sqlite3.Row
    return g.connection


def close(error=None):
    if "connection" in g:
        g.pop("connection").close()


def insert(title, author):
    with connection() as transaction:
        done = transaction.execute("INSERT INTO book (title, author) VALUES (?, ?)", (title, author))
        return done.lastrowid


@pages.before_app_request
def count():
    current_app.extensions["requests"] += 1


@pages.app_errorhandler(404)
def not_found(error):
    return jsonify(error="not found", library=current_app.config["NAME"]), 404


@pages.route("/")
def front():
    return jsonify(
        name=current_app.config["NAME"],
        page_size=current_app.config["PAGE_SIZE"],
        requests=current_app.extensions["requests"] - 1,
    )


@pages.route("/books", methods=["GET", "POST"])
def books():
    if request.method == "POST":
        sent = request.get_json()
        number = insert(sent["title"], sent["author"])
        return jsonify(id=number, title=sent["title"], author=sent["author"]), 201
    rows = connection().execute(
        "SELECT id, title, author FROM book ORDER BY id LIMIT ?", (current_app.config["PAGE_SIZE"],)
    )
    return jsonify(books=[dict(row) for row in rows])


@pages.route("/books/<int:number>")
def book(number):
    row = connection().execute("SELECT id, title, author FROM book WHERE id = ?", (number,)).fetchone()
    return jsonify(dict(row)) if row else not_found(None)


@click.command("add-book")
@click.argument("title")
@click.argument("author")
@with_appcontext
def add_book(title, author):
    print("Added book", insert(title, author))


@click.command("init-db")
@with_appcontext
def init_db():
    with connection() as transaction:
        transaction.execute("DROP TABLE IF EXISTS book")
        transaction.execute(TABLE)


def settings_from_environment():
    settings = {}
    if "LIBRARY_NAME" in os.environ:
        settings["NAME"] = os.environ["LIBRARY_NAME"]
    if "LIBRARY_PAGE_SIZE" in os.environ:
        settings["PAGE_SIZE"] = json.loads(os.environ["LIBRARY_PAGE_SIZE"])
    return settings


def create_app(config):
    app = Flask(__name__)
    app.config.update({"NAME": "Library", "PAGE_SIZE": 10} | settings_from_environment() | dict(config))
    app.extensions["requests"] = 0
    app.register_blueprint(pages)
    app.teardown_appcontext(close)
    app.cli.add_command(add_book)
    app.cli.add_command(init_db)
    with app.app_context():
        connection().execute(TABLE)
    return app
