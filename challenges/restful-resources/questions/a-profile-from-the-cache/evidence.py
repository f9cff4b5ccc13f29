"""The four answers: pairs (observed, claimed)."""

from functools import wraps

from flask import Flask, abort, request
from flask.views import MethodView


def observed():
    app = Flask(__name__)
    pages = {}

    def login_required(view):
        @wraps(view)
        def wrapper(**values):
            if "X-User" not in request.headers:
                abort(401)
            return view(**values)

        return wrapper

    def cached(view):
        @wraps(view)
        def wrapper(**values):
            if request.path not in pages:
                pages[request.path] = view(**values)
            return pages[request.path]

        return wrapper

    class Profile(MethodView):
        decorators = [login_required, cached]  # noqa: RUF012

        def get(self):
            return request.headers["X-User"]

    app.add_url_rule("/me", view_func=Profile.as_view("me"))

    def ask(**headers):
        answer = app.test_client().get("/me", headers=headers)
        return answer.text if answer.status_code == 200 else answer.status_code

    return ask(), ask(**{"X-User": "ann"}), ask(**{"X-User": "bob"}), ask()


def check_first():
    return observed(), (401, "ann", "ann", 401)


def all_refused():
    return observed(), (401, 401, 401, 401)


def nothing_cached():
    return observed(), (401, "ann", "bob", 401)


def cache_last_user():
    return observed(), (401, "ann", "bob", "bob")


def cache_first():
    return observed(), (401, "ann", "ann", "ann")


def cache_per_user():
    return observed(), (401, "ann", "bob", "ann")
