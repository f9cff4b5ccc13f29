"""How the stem's WebSocket request is answered: pairs of (status, whether the view was called)."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

HEADERS = [
    "Host: 127.0.0.1:8000",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
]


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
    connection.sendall("".join(f"{line}\r\n" for line in [f"GET {path} HTTP/1.1", *HEADERS, ""]).encode())
    return connection


def handshake():
    with tempfile.TemporaryDirectory() as folder:
        called = Path(folder, "called")
        app = Flask(__name__)

        @app.route("/chat")
        def chat():
            called.touch()
            return "Hello"

        with gunicorn(lambda: app, folder, threads=8, keepalive=1) as (address, _):
            client = send(address, "/chat")
            status = int(client.recv(4096).split()[1])
            client.close()
            return status, called.exists()


def switched():
    return handshake(), (101, True)


def plain_answer():
    return handshake(), (200, True)


def server_refuses():
    return handshake(), (426, False)


def mismatch():
    return handshake(), (400, False)


def not_found():
    return handshake(), (404, False)


def switched_and_closed():
    return handshake(), (101, True)
