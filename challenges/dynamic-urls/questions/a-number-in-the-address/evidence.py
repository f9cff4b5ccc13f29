"""What /users/7 and /users/ada answer after each change: pairs ((answer, status), claimed)."""

from flask import Flask, abort

CLAIMED = ("Ada", 404)
USERS = {7: "Ada"}


def show_user(user_id):
    name = USERS.get(user_id)
    if name is None:
        abort(404)
    return name


def show_user_annotated(user_id: int):
    return show_user(user_id)


def show_user_by_int(user_id):
    name = USERS.get(int(user_id))
    if name is None:
        abort(404)
    return name


def answers(rule="/users/<user_id>", view=show_user):
    app = Flask(__name__)
    app.add_url_rule(rule, view_func=view)
    client = app.test_client()
    return client.get("/users/7").text, client.get("/users/ada").status_code


def annotation():
    return answers(view=show_user_annotated), CLAIMED


def call_int():
    return answers(view=show_user_by_int), CLAIMED


def converter_last():
    try:
        return answers("/users/<user_id:int>"), CLAIMED
    except LookupError as error:
        return type(error), CLAIMED


def braces():
    return answers("/users/{user_id:int}"), CLAIMED


def string():
    return answers("/users/<string:user_id>"), CLAIMED


def int_before_name():
    return answers("/users/<int:user_id>"), CLAIMED
