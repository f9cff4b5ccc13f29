"""What A and B of the stem get, with a view of a second: pairs of (answer to A, answer to B)."""

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

with socket.create_server(("127.0.0.1", 0)) as probe:
    PORT = probe.getsockname()[1]


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
def gunicorn(load, **settings):
    """A running gunicorn: yields the arbiter's process id."""
    served = Served(load, {"bind": f"127.0.0.1:{PORT}", "control_socket_disable": True, **settings})
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
        yield arbiter
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


def send(path):
    connection = socket.socket()
    connection.settimeout(8)
    until(lambda: connection.connect_ex(("127.0.0.1", PORT)) == 0)
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
    with tempfile.TemporaryDirectory() as folder:
        begun, booted, ended = (Path(folder, name) for name in ("begun", "booted", "ended"))
        app = Flask(__name__)

        @app.get("/a")
        def a():
            begun.touch()
            time.sleep(1.0)
            return "A"

        @app.get("/b")
        def b():
            return "B"

        def note(worker):
            with booted.open("a") as file:
                file.write(".")

        booted.touch()
        hooks = {"post_worker_init": note, "worker_exit": lambda server, worker: ended.touch()}
        with gunicorn(lambda: app, workers=2, **hooks) as arbiter:
            until(lambda: len(booted.read_text()) == 2)
            first = send("/a")
            until(begun.exists)
            os.kill(arbiter, signal.SIGTERM)
            until(ended.exists)  # the worker that was idle
            try:
                second = receive(send("/b"))
            except (TimeoutError, ConnectionError):
                second = 0, ""
            return receive(first), second


NOTHING = (0, "")


def both_served():
    return answers(), ((200, "A"), (200, "B"))


def after_a():
    return answers(), ((200, "A"), (200, "B"))


def unavailable():
    return answers(), ((200, "A"), (503, ""))


def finish_and_no_more():
    return answers(), ((200, "A"), NOTHING)


def cut():
    return answers(), (NOTHING, NOTHING)


def new_worker():
    return answers(), ((500, ""), (200, "B"))
