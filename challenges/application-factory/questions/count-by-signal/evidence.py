"""What each way to connect counts: pairs (observed, claimed), tallies of two apps after 2 and 3 requests."""

from flask import Flask, current_app, request_finished

RIGHT = (2, 3)


def tallies(connect):
    def create_app():
        app = Flask("library")
        app.extensions["tally"] = tally = {"requests": 0}

        def count(sender, **extra):
            tally["requests"] += 1

        app.add_url_rule("/", view_func=lambda: "books")
        connect(count, app)
        return app

    first, second = create_app(), create_app()
    for app in (first, second, second, first, second):
        app.test_client().get("/")
    return tuple(app.extensions["tally"]["requests"] for app in (first, second))


def sender():
    return tallies(lambda count, app: request_finished.connect(count, sender=app)), RIGHT


def strong():
    return tallies(lambda count, app: request_finished.connect(count, weak=False)), RIGHT


def sender_and_strong():
    return tallies(lambda count, app: request_finished.connect(count, sender=app, weak=False)), RIGHT


def name():
    return tallies(lambda count, app: request_finished.connect(count, sender=app.name, weak=False)), RIGHT


def connect_via():
    return tallies(lambda count, app: request_finished.connect_via(app)(count)), RIGHT


def proxy():
    return tallies(lambda count, app: request_finished.connect(count, sender=current_app, weak=False)), RIGHT
