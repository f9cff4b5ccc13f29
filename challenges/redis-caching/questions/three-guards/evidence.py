"""Which pages the visitor without a session gets: pairs of texts."""

from functools import wraps

from flask import Blueprint, Flask, abort, session
from flask_caching import Cache


def login_required(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        if "user_id" not in session:
            abort(401)
        return view(*args, **kwargs)

    return wrapper


def got():
    app = Flask(__name__)
    app.secret_key = "for this test"
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    staff = Blueprint("staff", __name__)

    @app.get("/a")
    @cache.cached(timeout=60)
    @login_required
    def a():
        return "reports"

    @app.get("/b")
    @login_required
    @cache.cached(timeout=60)
    def b():
        return "reports"

    @staff.before_request
    def only_staff():
        if "user_id" not in session:
            abort(401)

    @staff.get("/c")
    @cache.cached(timeout=60)
    def c():
        return "reports"

    app.register_blueprint(staff)
    ada, visitor = app.test_client(), app.test_client()
    with ada.session_transaction() as new:
        new["user_id"] = 1
    assert [ada.get(f"/{page}").status_code for page in "abc"] == [200] * 3
    answers = {page: visitor.get(f"/{page}").status_code for page in "abc"}
    assert set(answers.values()) <= {200, 401}
    return "".join(page for page, status in answers.items() if status == 200)


def none_of_them():
    return got(), ""


def a_alone():
    return got(), "a"


def b_alone():
    return got(), "b"


def c_alone():
    return got(), "c"


def a_and_b():
    return got(), "ab"


def a_and_c():
    return got(), "ac"
