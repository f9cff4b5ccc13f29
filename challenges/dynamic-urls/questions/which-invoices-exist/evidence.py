"""The statuses for invoices 7 and 8, of a visitor and of a user who is logged in, after each change."""

import functools
import secrets

from flask import Flask, abort, session
from werkzeug.routing import IntegerConverter, ValidationError

INVOICES = {7: {"number": 7}}


def refuse():
    raise ValidationError


def check():
    if "user" not in session:
        abort(401)


def statuses(missing=refuse, after=None, swapped=False, before=None, handler=None):
    app = Flask(__name__)
    app.secret_key = secrets.token_hex(16)

    class InvoiceConverter(IntegerConverter):
        def to_python(self, value):
            invoice = INVOICES.get(super().to_python(value))
            if invoice is None:
                missing()
            if after:
                after()
            return invoice

    app.url_map.converters["invoice"] = InvoiceConverter

    def login_required(view):
        @functools.wraps(view)
        def wrapper(**values):
            check()
            return view(**values)

        return wrapper

    def show(invoice):
        return invoice

    route = app.get("/invoices/<invoice:invoice>")
    if swapped:
        login_required(route(show))
    else:
        route(login_required(show))
    if before:
        app.before_request(before)
    if handler:
        app.register_error_handler(ValidationError, handler)

    visitor, user = app.test_client(), app.test_client()
    with user.session_transaction() as values:
        values["user"] = "ada"
    return tuple(client.get(f"/invoices/{number}").status_code for client in (visitor, user) for number in (7, 8))


def same_for_visitors(found):
    """Whether the two statuses of the visitor are equal and refuse, and what the user gets."""
    return found[0] == found[1] and found[0] >= 400, found[2:]


CLAIMED = (True, (200, 404))


def swap():
    return same_for_visitors(statuses(swapped=True)), CLAIMED


def abort_404():
    return same_for_visitors(statuses(missing=lambda: abort(404))), CLAIMED


def abort_401():
    return same_for_visitors(statuses(missing=lambda: abort(401))), CLAIMED


def in_converter():
    return same_for_visitors(statuses(after=check)), CLAIMED


def handler():
    return same_for_visitors(statuses(handler=lambda error: ("", 401))), CLAIMED


def before_request():
    return same_for_visitors(statuses(before=check)), CLAIMED
