"""The answers to Ada and Bob and the users fetched, after each change: pairs (observed, claimed)."""

import functools
from types import SimpleNamespace

from flask import Flask, abort, current_app, g, session
from werkzeug.local import LocalProxy

CLAIMED = (["ada, dark", "bob, dark"], ["ada", "bob"])


def fetches(change, first_line=lambda proxy, load_user: proxy):
    """`change` makes the module's `load_user` and `current_user`; `first_line` what `index` uses."""
    fetched = []

    def fetch_user(number):
        fetched.append({1: "ada", 2: "bob"}[number])
        return SimpleNamespace(name=fetched[-1], theme="dark", active=True)

    try:
        load_user, current_user = change(lambda: fetch_user(session["user_id"]))
    except RuntimeError as error:
        return type(error)
    app = Flask(__name__)
    app.secret_key = "for this run only"

    @app.get("/")
    def index():
        user = first_line(current_user, load_user)
        if not user.active:
            abort(403)
        return f"{user.name}, {user.theme}"

    answers = []
    for number in (1, 2):
        client = app.test_client()
        with client.session_transaction() as stored:
            stored["user_id"] = number
        answers.append(client.get("/").text)
    return answers, fetched


def plain(load_user):
    return load_user, LocalProxy(load_user)


def in_g():
    def change(fetch):
        def load_user():
            if "user" not in g:
                g.user = fetch()
            return g.user

        return plain(load_user)

    return fetches(change), CLAIMED


def cache():
    return fetches(lambda fetch: plain(functools.cache(fetch))), CLAIMED


def unwrap():
    return fetches(lambda fetch: (fetch, LocalProxy(fetch)._get_current_object())), CLAIMED


def inside():
    return fetches(plain, lambda proxy, load_user: LocalProxy(load_user)), CLAIMED


def rename():
    def first_line(current_user, load_user):
        user = current_user
        return user

    return fetches(plain, first_line), CLAIMED


def in_app():
    def change(fetch):
        def load_user():
            if not hasattr(current_app, "user"):
                current_app.user = fetch()
            return current_app.user

        return plain(load_user)

    return fetches(change), CLAIMED
