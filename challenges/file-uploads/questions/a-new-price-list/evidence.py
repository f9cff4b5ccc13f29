"""What a reader could have seen at any moment while the view's work was done.

A profiler calls the reader before and after every function that is called, those written in C included.
"""

import builtins
import io
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from flask import Flask, request

OLD, NEW = b"old prices\n" * 5_000, b"new prices\n" * 5_000


def seen_by_readers(work):
    folder = Path(tempfile.mkdtemp())
    (folder / "srv").mkdir()
    (folder / "tmp").mkdir()
    prices = str(folder / "srv" / "prices.csv")
    Path(prices).write_bytes(OLD)
    seen = set()
    app = Flask(__name__)

    def read(*event):
        try:
            with builtins.open(prices, "rb") as file:
                content = file.read()
        except FileNotFoundError:
            content = None
        seen.add({OLD: "old", NEW: "new", None: "missing"}.get(content, "part"))

    rename = os.rename

    def rename_within_a_file_system(source, target, **options):
        if str(source).startswith(str(folder / "tmp")):
            raise OSError(18, "Invalid cross-device link")
        rename(source, target, **options)

    os.rename = rename_within_a_file_system

    @app.post("/prices")
    def replace_prices():
        file = request.files["prices"]
        before = sys.getprofile()
        sys.setprofile(read)
        try:
            work(file, prices, str(folder / "srv" / "prices.new"), str(folder / "tmp" / "prices.new"))
        finally:
            sys.setprofile(before)
        return "", 204

    app.test_client().post("/prices", data={"prices": (io.BytesIO(NEW), "prices.csv")})
    read()
    return seen


CLAIMED = {"old", "new"}


def replace():
    def work(file, prices, beside, tmp):
        file.save(beside)
        os.replace(beside, prices)

    return seen_by_readers(work), CLAIMED


def move_from_tmp():
    def work(file, prices, beside, tmp):
        file.save(tmp)
        shutil.move(tmp, prices)

    return seen_by_readers(work), CLAIMED


def remove_first():
    def work(file, prices, beside, tmp):
        file.save(beside)
        os.remove(prices)
        os.rename(beside, prices)

    return seen_by_readers(work), CLAIMED


def thread_lock():
    lock = threading.Lock()

    def work(file, prices, beside, tmp):
        with lock:
            file.save(prices)

    return seen_by_readers(work), CLAIMED


def one_write():
    def work(file, prices, beside, tmp):
        Path(prices).write_bytes(file.read())

    return seen_by_readers(work), CLAIMED


def large_buffer():
    def work(file, prices, beside, tmp):
        file.save(prices, buffer_size=100_000_000)

    return seen_by_readers(work), CLAIMED
