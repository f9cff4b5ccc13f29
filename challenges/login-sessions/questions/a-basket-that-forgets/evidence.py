"""The three answers of the stem's view to one browser."""

import secrets

from flask import Flask, session


def answers():
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    @app.post("/basket/<title>")
    def add(title):
        session.setdefault("basket", []).append(title)
        return session["basket"]

    browser = app.test_client()
    return [browser.post(f"/basket/{title}").json for title in ("Dune", "Emma", "Ulysses")]


def all_kept():
    return answers(), [["Dune"], ["Dune", "Emma"], ["Dune", "Emma", "Ulysses"]]


def none_kept():
    return answers(), [["Dune"], ["Emma"], ["Ulysses"]]


def second_lost():
    return answers(), [["Dune"], ["Dune", "Emma"], ["Dune", "Ulysses"]]


def frozen():
    return answers(), [["Dune"], ["Dune"], ["Dune"]]


def empty_list_kept():
    return answers(), [["Dune"], ["Emma"], ["Emma", "Ulysses"]]


def started_over():
    return answers(), [["Dune"], ["Dune", "Emma"], ["Ulysses"]]
