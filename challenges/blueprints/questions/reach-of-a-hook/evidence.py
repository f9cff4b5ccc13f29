"""Which requests the hook sees: pairs (observed, claimed)."""

from flask import Blueprint, Flask, abort, request

USERS, USER, HELP, NOTHING, ABOUT = "/admin/users", "/admin/users/7", "/admin/help", "/admin/nothing", "/about"


def noted():
    seen = []
    app = Flask(__name__)
    admin = Blueprint("admin", __name__, url_prefix="/admin")

    @admin.before_request
    def note():
        seen.append(request.path)

    @admin.get("/users")
    def users():
        return "users"

    @admin.get("/users/<int:number>")
    def user(number):
        abort(404)

    app.register_blueprint(admin)

    @app.get("/admin/help")
    def instructions():
        return "help"

    @app.get("/about")
    def about():
        return "about"

    client = app.test_client()
    for path in (USERS, USER, HELP, NOTHING, ABOUT):
        client.get(path)
    return seen


def matched():
    return noted(), [USERS, USER]


def successful():
    return noted(), [USERS]


def prefix_with_route():
    return noted(), [USERS, USER, HELP]


def whole_prefix():
    return noted(), [USERS, USER, HELP, NOTHING]


def prefix_without_app():
    return noted(), [USERS, USER, NOTHING]


def everything():
    return noted(), [USERS, USER, HELP, NOTHING, ABOUT]
