"""What the program of the stem does: pairs of (lines, processes that print, that answer, and whether these printed)."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import requests

PROGRAM = """
import os
from flask import Flask

with open("printed", "a") as file:
    print(os.getpid(), file=file)
app = Flask(__name__)

@app.get("/")
def index():
    return str(os.getpid())

if __name__ == "__main__":
    app.run(debug=True, port=int(os.environ["PORT"]))
"""


def get(port):
    for _ in range(500):
        with suppress(requests.ConnectionError):
            return requests.get(f"http://127.0.0.1:{port}/", timeout=5).text
        time.sleep(0.02)
    raise TimeoutError


def run():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("FLASK", "WERKZEUG"))}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "shop.py").write_text(PROGRAM)
        program = subprocess.Popen(
            [sys.executable, "shop.py"],
            cwd=folder,
            env={**environ, "PORT": str(port)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            answering = {get(port) for _ in range(4)}
            printed = Path(folder, "printed").read_text().split()
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        return len(printed), len(set(printed)), len(answering), answering <= set(printed)


def once():
    return run(), (1, 1, 1, True)


def twice_one_process():
    return run(), (2, 1, 1, True)


def two_share():
    return run(), (2, 2, 2, True)


def two_one_serves():
    return run(), (2, 2, 1, True)


def per_request():
    return run(), (5, 1, 1, True)


def by_the_watcher():
    return run(), (1, 1, 1, False)
