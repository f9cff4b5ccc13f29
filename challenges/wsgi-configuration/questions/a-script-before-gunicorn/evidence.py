"""Whether gunicorn stops properly when the script of the stem gets SIGTERM: pairs of booleans."""

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

CONFIG = """
def on_exit(server):
    open("stopped", "w").close()
"""
APP = """
def app(environ, start_response):
    start_response("200 OK", [])
    return [b"ready"]
"""


def stops(line):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    gunicorn = f"{sys.executable} -m gunicorn --no-control-socket"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "gunicorn.conf.py").write_text(CONFIG)
        Path(folder, "shop.py").write_text(APP)
        last = line.replace("gunicorn", gunicorn, 1).replace("0.0.0.0:8000", f"127.0.0.1:{port}")
        Path(folder, "entrypoint.sh").write_text(f"set -e\ntrue\n{last}\n")
        script = subprocess.Popen(
            ["/bin/sh", "entrypoint.sh"],
            cwd=folder,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(400):
                with suppress(requests.ConnectionError):
                    requests.get(f"http://127.0.0.1:{port}/", timeout=5)
                    break
                time.sleep(0.02)
            script.terminate()
            stopped = Path(folder, "stopped")
            for _ in range(75):
                if stopped.exists():
                    break
                time.sleep(0.02)
            return stopped.exists()
        finally:
            with suppress(OSError):
                os.killpg(script.pid, signal.SIGKILL)
            script.wait()


def background():
    return stops("gunicorn --bind 0.0.0.0:8000 shop:app & wait"), True


def shell_again():
    return stops('sh -c "gunicorn --bind 0.0.0.0:8000 shop:app"'), True


def nohup():
    return stops("nohup gunicorn --bind 0.0.0.0:8000 shop:app"), True


def replace():
    return stops("exec gunicorn --bind 0.0.0.0:8000 shop:app"), True


def shorter_grace():
    return stops("gunicorn --graceful-timeout 5 --bind 0.0.0.0:8000 shop:app"), True


def trap_exit():
    return stops('trap "exit 0" TERM; gunicorn --bind 0.0.0.0:8000 shop:app'), True
