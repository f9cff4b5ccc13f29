"""Whether the running request of the stem ends as usual, all times being a twentieth: pairs of booleans."""

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


def ends_as_usual(first=None, stop=signal.SIGTERM, wait=0.5, **settings):
    """Starts a request of a second, stops gunicorn as Docker does, and looks at the answer."""
    with tempfile.TemporaryDirectory() as folder:
        begun = Path(folder, "begun")
        app = Flask(__name__)

        @app.get("/")
        def view():
            begun.touch()
            time.sleep(1)
            return "done"

        with gunicorn(lambda: app, folder, **{"workers": 2, "graceful_timeout": 2, **settings}) as (address, arbiter):
            client = send(address, "/")
            until(begun.exists)
            if first:
                os.kill(arbiter, first)
            os.kill(arbiter, stop)
            with suppress(TimeoutError):
                until(lambda: os.waitpid(arbiter, os.WNOHANG)[0], wait)
            with suppress(OSError):
                os.killpg(arbiter, signal.SIGKILL)
            return receive(client) == (200, "done")


def longer_grace():
    return ends_as_usual(graceful_timeout=3), True


def longer_timeout():
    return ends_as_usual(timeout=60), True


def sigquit():
    return ends_as_usual(stop=signal.SIGQUIT), True


def wait_longer():
    return ends_as_usual(wait=2.0), True


def hangup_first():
    return ends_as_usual(first=signal.SIGHUP), True


def more_workers():
    return ends_as_usual(workers=4), True
