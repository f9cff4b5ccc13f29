"""The catalogue as a subclass of Flask: an app is its settings, its store and its count."""

from .app import LibraryApp


def create_app(config):
    return LibraryApp(config)
