"""The number of lines that is told for each term: pairs of such mappings."""

import shlex
import subprocess
import tempfile
from pathlib import Path

from flask import Flask, request

NOTES = ["ls -v", "-v first", "cat -v -n", "cp -v", "vim", "it's", "100", "two words", "SECRET", "-- end"]
TERMS = ["-v", "v", "it's", "two words", "--file=.env", "-e100", "--", "nothing"]
RIGHT = {term: sum(term in line for line in NOTES) for term in TERMS}


def told(command, **options):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "notes.txt").write_text("\n".join(NOTES) + "\n")
        Path(folder, ".env").write_text("SECRET\n")
        app = Flask(__name__)

        @app.get("/count")
        def count():
            arguments = command(request.args["term"])
            return subprocess.run(
                arguments, capture_output=True, text=True, cwd=folder, stdin=subprocess.DEVNULL, **options
            ).stdout

        client = app.test_client()
        texts = {term: client.get("/count", query_string={"term": term}).text for term in TERMS}
        return {term: int(text) if text.strip() else None for term, text in texts.items()}


def dashes_before():
    return told(lambda term: ["grep", "-F", "-c", "--", term, "notes.txt"]), RIGHT


def dashes_behind():
    return told(lambda term: ["grep", "-F", "-c", term, "--", "notes.txt"]), RIGHT


def for_a_shell():
    return told(lambda term: ["grep", "-F", "-c", shlex.quote(term), "notes.txt"]), RIGHT


def explicit_shell():
    return told(lambda term: ["grep", "-F", "-c", term, "notes.txt"], shell=False), RIGHT


def stripped():
    return told(lambda term: ["grep", "-F", "-c", term.lstrip("-"), "notes.txt"]), RIGHT


def quoted():
    return told(lambda term: ["grep", "-F", "-c", f"'{term}'", "notes.txt"]), RIGHT
