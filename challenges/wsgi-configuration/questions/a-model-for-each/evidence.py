"""How often the app is loaded in the two ways of the stem: pairs of (without, with preloading)."""

import os
import signal
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


def loads(preload):
    with tempfile.TemporaryDirectory() as folder:
        loaded, booted = Path(folder, "loaded"), Path(folder, "booted")
        for path in (loaded, booted):
            path.write_text("")

        def note(path, text):
            with path.open("a") as file:
                file.write(text)

        def load():
            note(loaded, ".")
            return Flask(__name__)

        settings = {"post_worker_init": lambda worker: note(booted, f"{worker.pid}\n")}
        with gunicorn(load, folder, workers=3, preload_app=preload, **settings):
            until(lambda: booted.read_text().count("\n") == 3)
            os.kill(int(booted.read_text().split()[0]), signal.SIGKILL)
            until(lambda: booted.read_text().count("\n") == 4)
            return len(loaded.read_text())


def late_one_imports():
    return (loads(False), loads(True)), (4, 2)


def fork_copies():
    return (loads(False), loads(True)), (4, 1)


def no_replacement():
    return (loads(False), loads(True)), (3, 1)


def arbiter_too():
    return (loads(False), loads(True)), (5, 1)


def shared():
    return (loads(False), loads(True)), (1, 1)


def each_anyway():
    return (loads(False), loads(True)), (4, 4)
