"""How many requests are in the view of the stem at a time: pairs of numbers, seen by running gunicorn."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
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


def until(true, seconds=20.0):
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


def most_at_once():
    """Fills one worker, and has it stand still while the other takes what comes: no luck in who accepts."""
    with tempfile.TemporaryDirectory() as folder:
        booted, inside = Path(folder, "booted"), Path(folder, "inside")
        for path in (booted, inside):
            path.write_text("")

        def note(path):
            with path.open("a") as file:
                file.write(f"{os.getpid()}\n")

        def full():
            """The workers that have three requests in the view, as many as they have threads."""
            return {worker for worker, requests in Counter(inside.read_text().split()).items() if requests >= 3}

        app = Flask(__name__)

        @app.get("/")
        def index():
            note(inside)
            time.sleep(60)
            return ""

        settings = {"workers": 2, "worker_class": "sync", "threads": 3, "post_worker_init": lambda worker: note(booted)}
        with gunicorn(lambda: app, folder, **settings) as (address, _):
            until(lambda: len(booted.read_text().split()) == 2)
            clients = [send(address, "/") for _ in range(5)]  # so one of two has three or more
            until(full)
            [first] = full()
            os.kill(int(first), signal.SIGSTOP)
            clients += [send(address, "/") for _ in range(45)]
            until(lambda: len(full()) == 2)
            os.kill(int(first), signal.SIGCONT)
            time.sleep(0.3)  # for more, if there could be more
            most = len(inside.read_text().split())
            for client in clients:
                client.close()
            return most


def one_each():
    return most_at_once(), 2


def threads_shared():
    return most_at_once(), 3


def one_accepts():
    return most_at_once(), 4


def six():
    return most_at_once(), 6


def main_too():
    return most_at_once(), 8


def connections():
    return most_at_once(), 50
