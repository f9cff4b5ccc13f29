"""What becomes of the test: pairs (observed, claimed), as (exit code, output, type of the exception)."""

from flask import Flask, current_app

FAILED = (1, "", RuntimeError)


def create_app(config):
    app = Flask(__name__)
    app.config.from_mapping(config)

    @app.cli.command("show-name")
    def show_name():
        print(current_app.config["NAME"])  # noqa: T201 (the stem prints, too)

    return app


def run(later=None):
    """Runs the command of the stem, after one more app has been made if there is a configuration for it."""
    app = create_app({"NAME": "Harbour"})
    if later:
        create_app(later)
    result = app.test_cli_runner().invoke(args=["show-name"])
    return result.exit_code, result.output, type(result.exception) if result.exception else None


def needs_own_app():
    return run(), FAILED


def needs_with_appcontext():
    return run(), FAILED


def needs_request():
    return run(), FAILED


def only_while_last():
    return run(later={"NAME": "Riverside"}), (0, "Riverside\n", None)


def print_is_lost():
    return run(), (0, "", None)


def passes():
    return run(), (0, "Harbour\n", None)
