"""Which options are true: the test of the stem is run, and what it finds compared."""

import click
from flask import Flask


def found():
    """Exit code, type of the exception, and output; or the type of what `invoke` raises."""
    app = Flask(__name__)
    app.config["TESTING"] = True

    @app.cli.command("pay-bonus")
    @click.argument("amount", type=int)
    def pay_bonus(amount):
        raise ValueError("there are no wallets")

    try:
        result = app.test_cli_runner().invoke(args=["pay-bonus", "50"])
    except ValueError as error:
        return type(error), None, None
    return result.exit_code, type(result.exception), result.output


def kept():
    exit_code, exception, _ = found()
    return (exit_code, exception), (1, ValueError)


def raised():
    return found()[0], ValueError


def zero():
    return found()[0], 0


def usage():
    exit_code, _, output = found()
    return (exit_code, "Usage" in output), (2, True)


def traceback():
    exit_code, _, output = found()
    return (exit_code, "Traceback" in output), (1, True)


def message():
    exit_code, _, output = found()
    return (exit_code, "there are no wallets" in output), (1, True)
