"""Whose name Bob is shown when the importing thread serves the requests, and when a pool's threads do: pairs.

A `sync` worker calls the app in the thread that has imported it, a `gthread` worker in those of a ThreadPoolExecutor.
"""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask, g, session

NAMES = {1: "ada", 2: "bob"}


def bob():
    """(by the importing thread, by the threads of a pool)"""
    return serve(lambda call, *args: call(*args)), serve(in_a_pool)


def in_a_pool(call, *args):
    with ThreadPoolExecutor(2) as pool:
        return pool.submit(call, *args).result()


def serve(run):
    app = Flask(__name__)
    app.secret_key = "for this run only"

    def current_user():
        if "user" not in g:
            g.user = NAMES[session["user_id"]]
        return g.user

    @app.get("/me")
    def me():
        return current_user()

    clients = []
    for number in NAMES:
        clients.append(app.test_client())
        with clients[-1].session_transaction() as stored:
            stored["user_id"] = number
    context = app.app_context()
    context.push()
    try:
        responses = [run(client.get, "/me") for client in clients]
    finally:
        context.pop()
    return responses[1].text if responses[1].status_code == 200 else 500


def ada_bob():
    return bob(), ("ada", "bob")


def bob_bob():
    return bob(), ("bob", "bob")


def ada_ada():
    return bob(), ("ada", "ada")


def bob_ada():
    return bob(), ("bob", "ada")


def error_bob():
    return bob(), (500, "bob")


def bob_error():
    return bob(), ("bob", 500)
