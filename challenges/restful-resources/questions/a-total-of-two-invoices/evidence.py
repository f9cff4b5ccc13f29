"""Both totals when one request comes between the two loads of another: pairs (observed, claimed)."""

import threading

from flask import Flask
from flask.views import MethodView

LINES, DISCOUNT = {1: [10, 20], 2: [1, 2]}, {1: 5, 2: 1}
CLAIMED = (25, 2)


def observed(make):
    """``make(load_lines, load_discount)`` returns the class; the second request runs during the first one's load."""
    app, inner = Flask(__name__), []
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.disabled = True
    pending = [2]

    def ask(number):
        answer = app.test_client().get(f"/totals/{number}")
        return answer.json["total"] if answer.status_code == 200 else answer.status_code

    def load_discount(number):
        if pending:
            other = pending.pop()
            thread = threading.Thread(target=lambda: inner.append(ask(other)))
            thread.start()
            thread.join()
        return DISCOUNT[number]

    view = make(lambda number: list(LINES[number]), load_discount)
    app.add_url_rule("/totals/<int:number>", view_func=view.as_view("total"))
    return ask(1), inner[0] if inner else None


def init():
    def make(load_lines, load_discount):
        class Total(MethodView):
            init_every_request = False

            def __init__(self):
                self.lines = []
                self.discount = 0

            def get(self, number):
                self.lines = load_lines(number)
                self.discount = load_discount(number)
                return {"total": sum(self.lines) - self.discount}

        return Total

    return observed(make), CLAIMED


def copy():
    def make(load_lines, load_discount):
        class Total(MethodView):
            init_every_request = False

            def get(self, number):
                self.lines = list(load_lines(number))
                self.discount = load_discount(number)
                return {"total": sum(self.lines) - self.discount}

        return Total

    return observed(make), CLAIMED


def new_objects():
    def make(load_lines, load_discount):
        class Total(MethodView):
            def get(self, number):
                self.lines = load_lines(number)
                self.discount = load_discount(number)
                return {"total": sum(self.lines) - self.discount}

        return Total

    return observed(make), CLAIMED


def class_attributes():
    def make(load_lines, load_discount):
        class Total(MethodView):
            init_every_request = False
            lines = ()
            discount = 0

            def get(self, number):
                self.lines = load_lines(number)
                self.discount = load_discount(number)
                return {"total": sum(self.lines) - self.discount}

        return Total

    return observed(make), CLAIMED


def in_place():
    def make(load_lines, load_discount):
        class Total(MethodView):
            init_every_request = False

            def get(self, number):
                self.lines[:] = load_lines(number)
                self.discount = load_discount(number)
                return {"total": sum(self.lines) - self.discount}

        return Total

    return observed(make), CLAIMED


def delete_after():
    def make(load_lines, load_discount):
        class Total(MethodView):
            init_every_request = False

            def get(self, number):
                self.lines = load_lines(number)
                self.discount = load_discount(number)
                total = sum(self.lines) - self.discount
                del self.lines, self.discount
                return {"total": total}

        return Total

    return observed(make), CLAIMED
