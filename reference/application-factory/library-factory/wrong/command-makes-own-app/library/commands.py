"""The commands. There is no request here that has an app, so each makes the app that it needs."""

import click

from . import catalogue
from .models import db


@click.command("add-book")
@click.argument("title")
@click.argument("author")
def add_book(title: str, author: str) -> None:
    """Store a book."""
    from . import create_app

    with create_app().app_context():
        click.echo(f"Added book {catalogue.store(title, author).id}")


@click.command("init-db")
def init_db() -> None:
    """Remove all the books."""
    from . import create_app

    with create_app().app_context():
        db.drop_all()
        db.create_all()
