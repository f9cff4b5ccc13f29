"""What `gunicorn shop:create_app` does with a request: pairs of (status, body), or of an exception at the start."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
import types
from contextlib import contextmanager, suppress

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError
from gunicorn.util import import_app


class Served(BaseApplication):
    """Gunicorn's own application, with settings from here instead of from a command line."""

    def __init__(self, load, settings):
        self.load = load
        self.given = settings
        super().__init__()

    def load_config(self):
        for name, value in self.given.items():
            self.cfg.set(name, value)


@contextmanager
def gunicorn(load, folder, **settings):
    """A running gunicorn: yields its address and the arbiter's process id."""
    address = f"{folder}/socket"
    served = Served(load, {"bind": f"unix:{address}", "control_socket_disable": True, **settings})
    arbiter = os.fork()
    if arbiter == 0:
        try:
            sys.setprofile(None)
            threading.setprofile(None)
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            Arbiter(served).run()
        finally:
            os._exit(0)
    try:
        yield address, arbiter
    finally:
        for kill in (os.kill, os.killpg):
            with suppress(OSError):
                kill(arbiter, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(arbiter, 0)


def until(true, seconds=10.0):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


def send(address, path):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(8)
    until(lambda: connection.connect_ex(address) == 0)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n".encode())
    return connection


def receive(connection):
    """What comes until the server closes: the status, or 0, and the body as it was sent."""
    data = b""
    with connection, suppress(ConnectionError):
        while part := connection.recv(4096):
            data += part
    head, _, body = data.decode().partition("\r\n\r\n")
    return (int(head.split()[1]) if head else 0), body


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return "Hello"

    return app


def start():
    sys.modules["shop"] = shop = types.ModuleType("shop")
    shop.create_app = create_app
    try:
        application = import_app("shop:create_app")
    except AppImportError as problem:
        return type(problem)
    with tempfile.TemporaryDirectory() as folder, gunicorn(lambda: application, folder, workers=2) as (address, _):
        return receive(send(address, "/"))[0]


def made_once():
    return start(), 200


def made_each_time():
    return start(), 200


def not_an_app():
    return start(), AppImportError


def needs_a_call():
    return start(), AppImportError


def no_routes():
    return start(), 404


def type_error():
    return start(), 500
