"""Whether the test passes with each line: pairs (observed, claimed)."""

from flask import Flask, g, request


def passes(here):
    app = Flask(__name__)
    app.testing = True

    @app.before_request
    def load_user():
        g.user = request.headers.get("X-User", "guest")

    @app.get("/notes/<int:number>")
    def show(number):
        return ""

    def may_edit(owner):
        return g.user == owner

    try:
        with app.test_request_context("/notes/1", headers={"X-User": "ada"}):
            pushed = here(app, load_user)
            try:
                assert may_edit("ada")
            finally:
                if pushed:
                    pushed.pop()
    except (AssertionError, AttributeError):
        return False
    return True


def preprocess():
    return passes(lambda app, hook: app.preprocess_request()), True


def dispatch():
    def here(app, hook):
        app.dispatch_request()

    return passes(here), True


def push():
    def here(app, hook):
        context = app.test_request_context("/notes/1")
        context.push()
        return context

    return passes(here), True


def register():
    def here(app, hook):
        app.before_request(hook)

    return passes(here), True


def default():
    def here(app, hook):
        g.setdefault("user", None)

    return passes(here), True


def process():
    def here(app, hook):
        app.process_response(app.response_class())

    return passes(here), True
