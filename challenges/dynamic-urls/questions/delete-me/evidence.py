"""What becomes of DELETE /users/me: pairs of (status, text)."""

from flask import Flask


def own_profile():
    return "your profile"


def delete_user(name):
    return f"deleted {name}"


def answer(swapped=False):
    app = Flask(__name__)
    rules = [("/users/me", own_profile, "GET"), ("/users/<name>", delete_user, "DELETE")]
    for path, view, method in reversed(rules) if swapped else rules:
        app.add_url_rule(path, view_func=view, methods=[method])
    response = app.test_client().delete("/users/me")
    return response.status_code, response.text


def own_profile_runs():
    return answer(), (200, "your profile")


def method_refused():
    return answer()[0], 405


def not_found():
    return answer()[0], 404


def registered_first():
    return answer() == answer(swapped=True), False


def delete_user_runs():
    return answer(), (200, "deleted me")


def ambiguous():
    return answer()[0], 500
