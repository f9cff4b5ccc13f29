"""How the two requests are answered and what was noted, or why the app does not start: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort, request, session

INSIDE, OUTSIDE = "/admin/reports/sales", "/reports/sales"


def answered():
    app = Flask(__name__)
    app.secret_key = "for this test"
    reports = Blueprint("reports", __name__, url_prefix="/reports")
    opened = []

    @reports.before_request
    def note():
        opened.append(request.path)

    @reports.get("/sales")
    def sales():
        return "sales"

    admin = Blueprint("admin", __name__, url_prefix="/admin")

    @admin.before_request
    def staff_only():
        if session.get("role") != "staff":
            abort(403)

    try:
        admin.register_blueprint(reports)
        app.register_blueprint(admin)
        app.register_blueprint(reports)
    except ValueError as error:
        return type(error)
    client = app.test_client()
    return client.get(INSIDE).status_code, client.get(OUTSIDE).status_code, opened


def open_side_door():
    return answered(), (403, 200, [OUTSIDE])


def guard_travels():
    return answered(), (403, 403, [])


def child_hook_first():
    return answered(), (403, 200, [INSIDE, OUTSIDE])


def parent_ignored():
    return answered(), (200, 200, [INSIDE, OUTSIDE])


def both_noted():
    return answered(), (403, 403, [INSIDE, OUTSIDE])


def refused_at_start():
    return answered(), ValueError
