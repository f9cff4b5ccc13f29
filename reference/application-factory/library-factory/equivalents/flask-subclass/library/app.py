"""The app's class. Views get the app that they belong to when they are added to it."""

import os

import click
from flask import Flask, abort, request
from flask.views import MethodView

from .store import Store


class View(MethodView):
    def __init__(self, app):
        self.app = app


class Front(View):
    def get(self):
        return {"name": self.app.name_shown, "page_size": self.app.page_size, "requests": self.app.answered}


class Books(View):
    def get(self):
        return {"books": self.app.store.first(self.app.page_size)}

    def post(self):
        sent = request.get_json()
        return self.app.store.add(sent["title"], sent["author"]), 201


class OneBook(View):
    def get(self, number):
        return self.app.store.find(number) or abort(404)


class LibraryApp(Flask):
    def __init__(self, config):
        super().__init__("library")
        self.config.update(config)
        self.answered = 0
        self.store = Store(self.config["SQLALCHEMY_DATABASE_URI"])
        self.name_shown = config.get("NAME") or os.environ.get("LIBRARY_NAME") or "Library"
        self.page_size = int(config.get("PAGE_SIZE") or os.environ.get("LIBRARY_PAGE_SIZE") or 10)
        for rule, view in {"/": Front, "/books": Books, "/books/<int:number>": OneBook}.items():
            self.add_url_rule(rule, view_func=view.as_view(view.__name__, self))
        self.register_error_handler(404, self.not_found)
        self.cli.add_command(click.Command("init-db", callback=self.store.empty))
        arguments = [click.Argument(["title"]), click.Argument(["author"])]
        self.cli.add_command(click.Command("add-book", params=arguments, callback=self.add_book))

    def wsgi_app(self, environ, start_response):
        try:
            return super().wsgi_app(environ, start_response)
        finally:
            self.answered += 1

    def not_found(self, error):
        return {"error": "not found", "library": self.name_shown}, 404

    def add_book(self, title, author):
        click.echo(f"Added book {self.store.add(title, author)['id']}")
