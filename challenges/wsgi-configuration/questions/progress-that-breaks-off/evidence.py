"""What comes of the stem's stream, sped up ten times, with a timeout of 1: pairs of (whole, something came early)."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress

from flask import Flask, Response
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


def progress(**settings):
    app = Flask(__name__)

    @app.get("/progress")
    def view():
        def stream():
            for percent in range(30):
                yield f"data: {percent}\n\n"
                time.sleep(0.1)

        return Response(stream(), mimetype="text/event-stream")

    with tempfile.TemporaryDirectory() as folder:
        with gunicorn(lambda: app, folder, workers=2, timeout=1, **settings) as (address, _):
            client = send(address, "/progress")
            started = time.monotonic()
            early = b"data" in client.recv(4096) + client.recv(4096) and time.monotonic() - started < 1
            rest = b""
            with client, suppress(ConnectionError):
                while part := client.recv(4096):
                    rest += part
            return b"data: 29" in rest, early


def heartbeat():
    return progress(), (True, True)


def first_byte():
    return progress(), (True, True)


def cut():
    return progress(), (False, True)


def buffered():
    return progress(), (True, False)


def keepalive():
    """If `keepalive` were what ends the stream, a longer one would let it end by itself."""
    return progress(keepalive=60), (True, True)


def moved():
    return progress(), (True, True)
