"""What runs after the stem's SIGHUP: pairs of (workers started by it, code that answers)."""

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter


@contextmanager
def gunicorn(folder):
    """A running gunicorn: yields its address and the arbiter's process id."""
    address = f"{folder}/socket"
    files = ["--config", f"{folder}/gunicorn.conf.py", "--chdir", folder]
    sys.argv = ["gunicorn", *files, "--bind", f"unix:{address}", "--no-control-socket", "stock:app"]
    served = WSGIApplication()
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


APP = """
from flask import Flask

app = Flask(__name__)

@app.get("/")
def index():
    return "CODE"
"""
CONFIG = """
workers = NUMBER
preload_app = True

def post_worker_init(worker):
    with open("booted", "a") as file:
        file.write(".")
"""


def write(folder, code, workers):
    Path(folder, "stock.py").write_text(APP.replace("CODE", code))
    Path(folder, "gunicorn.conf.py").write_text(CONFIG.replace("NUMBER", str(workers)))


def after_hangup():
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as folder:
        booted = Path(folder, "booted")
        booted.write_text("")
        write(folder, "old code", 2)
        with gunicorn(folder) as (address, arbiter):
            until(lambda: len(booted.read_text()) == 2)
            write(folder, "the new code", 3)
            os.kill(arbiter, signal.SIGHUP)
            until(lambda: len(booted.read_text()) > 4)
            time.sleep(0.5)
            bodies = {receive(send(address, "/"))[1] for _ in range(6)}
            os.chdir("/")
            return len(booted.read_text()) - 2, bodies


OLD, NEW = {"old code"}, {"the new code"}


def old_three():
    return after_hangup(), (3, OLD)


def new_three():
    return after_hangup(), (3, NEW)


def old_two():
    return after_hangup(), (2, OLD)


def new_two():
    return after_hangup(), (2, NEW)


def mixed():
    return after_hangup(), (1, OLD | NEW)


def nothing():
    return after_hangup(), (0, set())
