"""What the command prints."""

from flask import Flask, url_for


def printed():
    app = Flask(__name__)
    app.config.update(SERVER_NAME="shop.example", APPLICATION_ROOT="/app", PREFERRED_URL_SCHEME="https")

    @app.get("/reset/<token>")
    def reset(token):
        return "choose a new password"

    @app.cli.command("remind")
    def remind():
        print(url_for("reset", token="x1"))  # noqa: S106, T201 (the stem prints, too)

    result = app.test_cli_runner().invoke(args=["remind"])
    return type(result.exception) if result.exception else result.output.strip()


def localhost():
    return printed(), "http://localhost/app/reset/x1"


def name_only():
    return printed(), "http://shop.example/reset/x1"


def rooted_path():
    return printed(), "/app/reset/x1"


def whole():
    return printed(), "https://shop.example/app/reset/x1"


def http():
    return printed(), "http://shop.example/app/reset/x1"


def error():
    return printed(), RuntimeError
