"""A small library catalogue. The brief says what `create_app` has to do; this is only where it starts."""

from flask import Flask


def create_app(config):
    app = Flask(__name__)

    @app.get("/")
    def index():
        return {"name": "Library"}

    return app
