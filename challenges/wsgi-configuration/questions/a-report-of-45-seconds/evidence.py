"""Who gets the report of the stem, with a view of 3.5 seconds and a timeout of 2: pairs of (sync, threads)."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress

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


def reports():
    app = Flask(__name__)

    @app.get("/report")
    def report():
        time.sleep(3.5)
        return "report"

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        settings = {"workers": 2, "timeout": 2}
        with (
            gunicorn(lambda: app, one, **settings) as (sync, _),
            gunicorn(lambda: app, two, threads=4, **settings) as (threads, _),
        ):
            clients = [send(sync, "/report"), send(threads, "/report")]
            return tuple(receive(client) == (200, "report") for client in clients)


def both_ended():
    return reports(), (False, False)


def both_served():
    return reports(), (True, True)


def waiting_is_idle():
    return reports(), (True, False)


def thread_ended():
    return reports(), (False, False)


def process_ended():
    return reports(), (False, True)


def tried_again():
    return reports(), (True, True)
