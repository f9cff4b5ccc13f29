"""How many mails are sent although the web process is killed: pairs (observed, claimed)."""

import atexit
import os
import queue
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread, Timer

from celery import Celery
from celery.app.trace import build_tracer
from flask import Flask


def work(celery):
    """Takes a message from the queue and runs its task as a worker does."""
    with celery.connection_for_read() as connection:
        message = connection.default_channel.basic_get("celery", no_ack=True)
    args, kwargs, _ = message.payload
    task = celery.tasks[message.headers["task"]]
    request = {**message.headers, "delivery_info": message.delivery_info}
    return build_tracer(task.name, task, app=celery)(message.headers["id"], args, kwargs, request)


def mails(enqueue):
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder, "sent")
        sent.mkdir()

        def create_app():
            app = Flask("shop")
            celery = Celery("shop", broker="filesystem://", set_as_current=False)
            celery.conf.broker_transport_options = {
                "data_folder_in": f"{folder}/broker",
                "data_folder_out": f"{folder}/broker",
                "control_folder": f"{folder}/control",
            }
            app.executor = ThreadPoolExecutor(max_workers=1)
            app.jobs = queue.Queue()

            @celery.task(name="send_mail")
            def send_mail(address):
                time.sleep(1)
                Path(sent, address).touch()

            def work_off():
                while True:
                    send_mail(app.jobs.get())

            Thread(target=work_off, daemon=True).start()

            @app.post("/newsletter")
            def newsletter():
                response = app.make_response("")
                for number in range(10):
                    enqueue(app, send_mail, f"reader-{number}", response)
                Timer(0.1, os.kill, (os.getpid(), signal.SIGKILL)).start()
                return response

            app.celery = celery
            return app

        Path(folder, "broker").mkdir()
        child = os.fork()
        if child == 0:
            app = create_app()
            app.test_client().post("/newsletter")
            time.sleep(5)
        os.waitpid(child, 0)
        app = create_app()
        app.test_client()
        waiting = len(list(Path(folder, "broker").iterdir()))
        app.celery.tasks["send_mail"].run = lambda address: Path(sent, address).touch()
        for _ in range(waiting):
            work(app.celery)
        return len(list(sent.iterdir()))


def task_messages():
    return mails(lambda app, send_mail, address, response: send_mail.delay(address)), 10


def atexit_hook():
    def enqueue(app, send_mail, address, response):
        atexit.register(app.executor.shutdown)
        app.executor.submit(send_mail, address)

    return mails(enqueue), 10


def signal_handler():
    def enqueue(app, send_mail, address, response):
        signal.signal(signal.SIGTERM, lambda *_: app.executor.shutdown())
        app.executor.submit(send_mail, address)

    return mails(enqueue), 10


def plain_threads():
    def enqueue(app, send_mail, address, response):
        Thread(target=send_mail, args=(address,), daemon=False).start()

    return mails(enqueue), 10


def on_close():
    return mails(lambda app, send_mail, address, response: response.call_on_close(lambda: send_mail(address))), 10


def memory_queue():
    return mails(lambda app, send_mail, address, response: app.jobs.put(address)), 10
