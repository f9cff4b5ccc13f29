"""What the two lists hold after each change: pairs (observed, claimed)."""

from blinker import Namespace
from flask import Blueprint, Flask, current_app

RIGHT = (["Dune", "Emma"], ["Ulysses"])


def as_it_stands_send(signal, title, loans):
    signal.send(current_app, title=title)


def as_it_stands_connect(signal, record, app, loans):
    signal.connect(record, sender=app, weak=False)


def lists(send=as_it_stands_send, connect=as_it_stands_connect):
    book_lent = Namespace().signal("book-lent")
    loans = Blueprint("loans", __name__)

    @loans.post("/loans/<title>")
    def lend(title):
        send(book_lent, title, loans)
        return "", 204

    def create_app():
        app = Flask("library")
        app.extensions["lent"] = lent = []

        def record(sender, title):
            lent.append(title)

        connect(book_lent, record, app, loans)
        app.register_blueprint(loans)
        return app

    try:
        first, second = create_app(), create_app()
    except RuntimeError as error:
        return type(error)
    for app, title in ((first, "Dune"), (second, "Ulysses"), (first, "Emma")):
        assert app.test_client().post(f"/loans/{title}").status_code == 204
    return first.extensions["lent"], second.extensions["lent"]


def object_behind():
    def send(signal, title, loans):
        signal.send(current_app._get_current_object(), title=title)

    return lists(send=send), RIGHT


def proxy_on_both_sides():
    return lists(
        connect=lambda signal, record, app, loans: signal.connect(record, sender=current_app, weak=False)
    ), RIGHT


def any_sender():
    return lists(connect=lambda signal, record, app, loans: signal.connect(record, weak=False)), RIGHT


def name_as_sender():
    return lists(send=lambda signal, title, loans: signal.send(current_app.name, title=title)), RIGHT


def weak_reference():
    return lists(connect=lambda signal, record, app, loans: signal.connect(record, sender=app)), RIGHT


def app_of_the_blueprint():
    return lists(
        send=lambda signal, title, loans: signal.send(loans, title=title),
        connect=lambda signal, record, app, loans: signal.connect(record, sender=loans, weak=False),
    ), RIGHT
