"""How many jobs of a pool run in four processes: pairs (observed, claimed)."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask


def worker_process():
    app = Flask("shop")
    executor = ThreadPoolExecutor(max_workers=2)
    started = []
    services = threading.Event()

    def export():
        started.append(1)
        services.wait()

    @app.post("/exports")
    def start_export():
        executor.submit(export)
        return "", 202

    for _ in range(5):
        assert app.test_client().post("/exports").status_code == 202
    time.sleep(0.2)
    return len(started)


def in_progress():
    ends = []
    for _ in range(4):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.write(writing, bytes([worker_process()]))
            os._exit(0)
        os.close(writing)
        ends.append(reading)
    total = sum(os.read(end, 1)[0] for end in ends)
    for _ in ends:
        os.wait()
    Flask("shop").test_client()
    return total


def eight():
    return in_progress(), 8


def two():
    return in_progress(), 2


def four():
    return in_progress(), 4


def six():
    return in_progress(), 6


def one():
    return in_progress(), 1


def twenty():
    return in_progress(), 20
