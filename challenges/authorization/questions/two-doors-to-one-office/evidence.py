"""The statuses that members get with each guard."""

from flask import Blueprint, Flask, abort, request

CLAIMED = {
    "/admin/users": 403,
    "/admin/reports/sales": 403,
    "/office/users": 403,
    "/office/reports/sales": 403,
    "/admin/help": 200,
}


def refuse_members():
    abort(403)


def statuses(hook, condition=lambda: True):
    app = Flask(__name__)
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    reports = Blueprint("reports", __name__, url_prefix="/reports")

    @admin.get("/users")
    def users():
        return "users"

    @reports.get("/sales")
    def sales():
        return "sales"

    @hook(app, admin)
    def guard():
        if condition():
            refuse_members()

    admin.register_blueprint(reports)
    app.register_blueprint(admin)
    app.register_blueprint(admin, name="office", url_prefix="/office")

    @app.get("/admin/help")
    def instructions():
        return "help"

    client = app.test_client()
    return {path: client.get(path).status_code for path in CLAIMED}


def of_app(app, admin):
    return app.before_request


def path():
    return statuses(of_app, lambda: request.path.startswith("/admin/")), CLAIMED


def blueprint():
    return statuses(of_app, lambda: request.blueprint == "admin"), CLAIMED


def blueprints():
    return statuses(of_app, lambda: "admin" in request.blueprints), CLAIMED


def endpoint():
    return statuses(of_app, lambda: request.endpoint.startswith("admin.")), CLAIMED


def own_hook():
    return statuses(lambda app, admin: admin.before_request), CLAIMED


def app_hook():
    return statuses(lambda app, admin: admin.before_app_request), CLAIMED
