"""How long a stream of the stem holds its thread when the client has gone: pairs of booleans."""

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

from flask import Flask, Response, stream_with_context
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


def freed(wait=None, comment=False, on_close=False, context=False, **settings):
    """Opens the stream, closes the connection, and looks for `unsubscribe` for some seconds, minutes of the stem."""
    with tempfile.TemporaryDirectory() as folder:
        unsubscribed = Path(folder, "unsubscribed")
        app = Flask(__name__)

        @app.get("/events")
        def events():
            inbox = queue.Queue()
            inbox.put("hello")

            def stream():
                try:
                    while True:
                        try:
                            yield f"data: {inbox.get(timeout=wait)}\n\n"
                        except queue.Empty:
                            if comment:
                                yield ": ping\n\n"
                finally:
                    if not on_close:
                        unsubscribed.touch()

            response = Response((stream_with_context(stream) if context else stream)(), mimetype="text/event-stream")
            if on_close:
                response.call_on_close(unsubscribed.touch)
            return response

        with gunicorn(lambda: app, folder, threads=2, **settings) as (address, _):
            client = send(address, "/events")
            received = b""
            while b"hello" not in received:
                received += client.recv(4096)
            client.close()
            with suppress(TimeoutError):
                until(unsubscribed.exists, 2.0)
            return unsubscribed.exists()


def comment():
    return freed(wait=0.2, comment=True), True


def wait_again():
    return freed(wait=0.2), True


def shorter_timeout():
    return freed(timeout=2), True


def keep_alive():
    return freed(keepalive=1), True


def on_close():
    return freed(on_close=True), True


def with_context():
    return freed(context=True), True
