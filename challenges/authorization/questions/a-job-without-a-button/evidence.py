"""Which requests of a visitor archive the orders."""

from flask import Flask, abort, request


def archiving():
    app = Flask(__name__)
    archived = []

    def is_admin():
        return False

    @app.before_request
    def admins_only():
        if request.path.startswith("/admin/") and request.method in {"GET", "POST"}:
            if not is_admin():
                abort(403)

    @app.route("/admin/archive", methods=["GET", "POST"])
    def archive():
        archived.append(request.method)
        return "done"

    for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT"):
        app.test_client().open("/admin/archive", method=method)
    return archived


def nothing():
    return archiving(), []


def head():
    return archiving(), ["HEAD"]


def options():
    return archiving(), ["OPTIONS"]


def both():
    return archiving(), ["HEAD", "OPTIONS"]


def put():
    return archiving(), ["PUT"]


def options_and_put():
    return archiving(), ["OPTIONS", "PUT"]
