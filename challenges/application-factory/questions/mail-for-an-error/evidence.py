"""For which addresses the receiver runs: pairs (observed, claimed)."""

from flask import Flask, abort, got_request_exception


def mailed():
    app = Flask(__name__)
    app.logger.disabled = True

    @app.errorhandler(LookupError)
    def not_there(error):
        return {"error": "not there"}, 404

    @app.errorhandler(TimeoutError)
    def too_late(error):
        raise RuntimeError("no page for this yet")

    @app.errorhandler(500)
    def sorry(error):
        return {"error": "sorry"}, 500

    @app.get("/members")
    def members():
        abort(403)

    @app.get("/books")
    def books():
        raise KeyError("title")

    @app.get("/ratio")
    def ratio():
        return str(1 / 0)

    @app.get("/slow")
    def slow():
        raise TimeoutError

    mails = []

    def mail(sender, exception, **extra):
        mails.append(exception)

    got_request_exception.connect(mail, app)
    found = []
    for address in ("/members", "/books", "/ratio", "/slow"):
        mails.clear()
        app.test_client().get(address)
        found += [address] if mails else []
    return found


def each_raise():
    return mailed(), ["/members", "/books", "/ratio", "/slow"]


def errors_of_python():
    return mailed(), ["/books", "/ratio", "/slow"]


def status_500():
    return mailed(), ["/ratio", "/slow"]


def answered_errors():
    return mailed(), ["/members", "/books"]


def outside_of_handlers():
    return mailed(), ["/ratio"]


def handler_for_500():
    return mailed(), ["/slow"]
