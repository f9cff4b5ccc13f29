"""How the two requests are answered: pairs of [first status, second status], or more, of a real server."""

import asyncio
import logging
import socket
import subprocess
import sys
import tempfile
import time

import redis.asyncio
from flask import Flask
from redis.exceptions import ConnectionError as NotUp


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    with redis.Redis(host="127.0.0.1", port=port) as probe:
        for _ in range(200):
            try:
                return probe.ping()
            except NotUp:
                time.sleep(0.01)


def answered():
    """The statuses, the exceptions, and whether both requests had the same event loop."""
    logging.disable(logging.CRITICAL)
    sys.unraisablehook = lambda unraisable: None  # what is left of the closed loops
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            store = redis.asyncio.Redis(host="127.0.0.1", port=port)
            app = Flask(__name__)
            errors, loops = [], []

            @app.errorhandler(500)
            def keep(error):
                errors.append(str(error.original_exception))
                return error

            @app.get("/visits")
            async def visits():
                loops.append(asyncio.get_running_loop())
                return {"visits": await store.incr("visits")}

            client = app.test_client()
            statuses = [client.get("/visits").status_code for _ in range(2)]
            return statuses, errors, loops[0] is loops[1]
        finally:
            server.terminate()
            server.wait()


def shared_client_works():
    return answered()[0], [200, 200]


def loop_goes_on():
    return answered(), ([200, 200], [], True)


def reconnects():
    return answered(), ([200, 200], [], False)


def no_loop_at_import():
    return answered()[0], [500, 500]


def closed_loop():
    return answered(), ([200, 500], ["Event loop is closed"], False)


def first_fails():
    return answered()[0], [500, 200]
