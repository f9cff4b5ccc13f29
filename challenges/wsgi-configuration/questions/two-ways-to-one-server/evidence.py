"""How the two requests of the stem are answered: pairs of [(status, body), (status, body)]."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress

from flask import Flask, url_for
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter


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


def answers():
    os.environ["SCRIPT_NAME"] = "/store"
    app = Flask(__name__)

    @app.get("/cart")
    def cart():
        return url_for("cart")

    found = []
    with tempfile.TemporaryDirectory() as folder, gunicorn(lambda: app, folder) as (address, _):
        for path in ("/store/cart", "/cart"):
            status, body = receive(send(address, path))
            found.append((status, body if status == 200 else ""))
    return found


def prefix_only():
    return answers(), [(200, "/store/cart"), (500, "")]


def either():
    return answers(), [(200, "/store/cart"), (200, "/store/cart")]


def not_found():
    return answers(), [(200, "/store/cart"), (404, "")]


def not_stripped():
    return answers(), [(404, ""), (200, "/store/cart")]


def no_links():
    return answers(), [(200, "/cart"), (200, "/cart")]


def unknown():
    return answers(), [(404, ""), (200, "/cart")]
