"""Whether a worker sends its mail after each change: pairs of (status, sent)."""

import os
import queue
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


def order(start_in="import", daemon=True, **settings):
    """Runs the stem's app with `preload_app`, the thread being started at import or in a hook."""
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder, "sent")
        jobs = queue.Queue()

        def work():
            while True:
                jobs.get()()

        def start(*of_the_hook):
            threading.Thread(target=work, daemon=daemon).start()

        def load():
            app = Flask(__name__)
            if start_in == "import":
                start()

            @app.get("/orders")
            def view():
                jobs.put(sent.touch)
                return "", 202

            return app

        hooks = {
            "on_starting": lambda server: start(),
            "when_ready": lambda server: start(),
            "pre_fork": lambda server, worker: start(),
            "post_fork": lambda server, worker: start(),
        }
        if start_in in hooks:
            settings[start_in] = hooks[start_in]
        with gunicorn(load, folder, workers=2, preload_app=True, **settings) as (address, _):
            status, _ = receive(send(address, "/orders"))
            with suppress(TimeoutError):
                until(sent.exists, 0.8)
            return status, sent.exists()


MAILED = (202, True)


def on_starting():
    return order("on_starting"), MAILED


def when_ready():
    return order("when_ready"), MAILED


def pre_fork():
    return order("pre_fork"), MAILED


def post_fork():
    return order("post_fork"), MAILED


def no_daemon():
    return order(daemon=False), MAILED


def gthread():
    return order(threads=2), MAILED
