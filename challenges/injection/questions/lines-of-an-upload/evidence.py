"""Whether every file is counted, and whether another program ran: pairs of both."""

import shlex
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from flask import Flask, request

FILES = ["plain.txt", "two words.txt", 'a "quoted" one', "it's", "$HOME", "a;b", "`b`", "$(b)"]
ATTACKS = ["plain.txt; touch made", "$(touch made)", "`touch made`", '" ; touch made ; "']
RIGHT = (True, False)


def counted(call):
    with tempfile.TemporaryDirectory() as folder:
        uploads = Path(folder)
        run = partial(subprocess.run, cwd=uploads, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        app = Flask(__name__)

        @app.get("/lines")
        def lines():
            return call(run, request.args["name"]).stdout

        @app.errorhandler(FileNotFoundError)
        @app.errorhandler(ValueError)
        def failed(error):
            return type(error).__name__

        client = app.test_client()
        for name in FILES:
            (uploads / name).write_text("one\ntwo\n")
        all_counted = all(client.get("/lines", query_string={"name": name}).text == f"2 {name}\n" for name in FILES)
        for name in ATTACKS:
            client.get("/lines", query_string={"name": name})
        return all_counted, (uploads / "made").exists()


def list_and_shell():
    return counted(lambda run, name: run(["wc", "-l", name], shell=True)), RIGHT


def double_quotes():
    return counted(lambda run, name: run(f'wc -l "{name}"', shell=True)), RIGHT


def split():
    return counted(lambda run, name: run(shlex.split(f"wc -l {name}"))), RIGHT


def two_elements():
    return counted(lambda run, name: run(["wc -l", name])), RIGHT


def plain_list():
    return counted(lambda run, name: run(["wc", "-l", name])), RIGHT


def sh_c():
    return counted(lambda run, name: run(["sh", "-c", f"wc -l {name}"])), RIGHT
