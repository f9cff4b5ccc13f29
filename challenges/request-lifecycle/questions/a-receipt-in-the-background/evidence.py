"""What comes of the request: pairs of (status, mail sent before the answer, later by itself, after another request)."""

import asyncio
import logging
import threading

from flask import Flask

WAIT = 0.05  # stands for the two seconds


def came():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)
    sent = threading.Event()

    async def send_receipt(number):
        await asyncio.sleep(WAIT)
        sent.set()

    @app.post("/orders/<int:number>/receipt")
    async def receipt(number):
        asyncio.create_task(send_receipt(number))
        return {"status": "queued"}, 202

    @app.get("/other")
    async def other():
        await asyncio.sleep(4 * WAIT)
        return "other"

    client = app.test_client()
    status = client.post("/orders/7/receipt").status_code
    at_once = sent.is_set()
    later = sent.wait(8 * WAIT)
    client.get("/other")
    return status, at_once, later, sent.is_set()


def sent_later():
    return came(), (202, False, True, True)


def sent_before():
    return came(), (202, True, True, True)


def no_loop():
    return came(), (500, False, False, False)


def cancelled():
    return came(), (202, False, False, False)


def resumed():
    return came(), (202, False, False, True)


def other_thread():
    return came(), (202, False, True, True)
