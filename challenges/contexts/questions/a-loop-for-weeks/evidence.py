"""Per job: the settings it saw, and the connections open after it: pairs (observed, claimed)."""

import contextvars
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app, g

CLAIMED = [("version 1", 0), ("version 2", 0), ("version 3", 0)]


def work(body):
    app = Flask(__name__)
    version, seen, opened = [0], [], set()

    def settings():
        if "settings" not in g:
            g.settings = f"version {version[0]}"
        return g.settings

    def get_db():
        if "db" not in g:
            g.db = object()
            opened.add(g.db)
        return g.db

    @app.teardown_appcontext
    def close(error):
        opened.discard(g.pop("db", None))

    def handle(job):
        seen.append(settings())
        get_db()

    pushed = []

    @app.cli.command("work")
    def work():
        for job in (1, 2, 3):
            version[0] = job
            seen.append(None)
            pushed.append(body(app, handle, job))
            found.append((seen[-1], len(opened)))
        for context in reversed(pushed):
            if context:
                context.pop()

    found = []
    app.test_cli_runner().invoke(args=["work"], catch_exceptions=False)
    return found


def block():
    def body(app, handle, job):
        with app.app_context():
            handle(job)

    return work(body), CLAIMED


def push():
    def body(app, handle, job):
        context = current_app.app_context()
        context.push()
        handle(job)
        return context

    return work(body), CLAIMED


def teardown():
    def body(app, handle, job):
        handle(job)
        current_app.do_teardown_appcontext()

    return work(body), CLAIMED


def request():
    def body(app, handle, job):
        with current_app.test_request_context():
            handle(job)

    return work(body), CLAIMED


def copy():
    def body(app, handle, job):
        contextvars.copy_context().run(handle, job)

    return work(body), CLAIMED


def pool():
    def body(app, handle, job):
        with ThreadPoolExecutor() as pool:
            pool.submit(handle, job)

    return work(body), CLAIMED
