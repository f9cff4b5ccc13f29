"""What the view answers with each expression, or the type of its exception: pairs (observed, claimed)."""

import asyncio
import contextvars

from flask import Flask, copy_current_request_context, current_app, g, request

CLAIMED = "flask at http://search"


class Client:
    def __init__(self, url):
        self.url = url

    def find(self, words):
        return f"{words} at {self.url}"


def search(make):
    app = Flask(__name__)
    app.testing = True
    app.config["SEARCH_URL"] = "http://search"

    @app.before_request
    def connect():
        g.client = Client(current_app.config["SEARCH_URL"])

    def lookup():
        return g.client.find(request.args["q"])

    @app.get("/search")
    async def search():
        return await make(asyncio.get_running_loop(), lookup)

    try:
        return app.test_client().get("/search?q=flask").text
    except (AttributeError, RuntimeError, TypeError) as error:
        return type(error)


def to_thread():
    return search(lambda loop, lookup: asyncio.to_thread(lookup)), CLAIMED


def executor():
    return search(lambda loop, lookup: loop.run_in_executor(None, lookup)), CLAIMED


def executor_copy():
    return search(lambda loop, lookup: loop.run_in_executor(None, contextvars.copy_context().run, lookup)), CLAIMED


def executor_request():
    return search(lambda loop, lookup: loop.run_in_executor(None, copy_current_request_context(lookup))), CLAIMED


def task():
    return search(lambda loop, lookup: asyncio.create_task(lookup())), CLAIMED


def executor_sync():
    return search(lambda loop, lookup: loop.run_in_executor(None, current_app.ensure_sync(lookup))), CLAIMED
