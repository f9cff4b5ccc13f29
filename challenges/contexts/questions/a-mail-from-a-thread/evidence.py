"""What the client gets and which mails are sent: pairs (observed, claimed)."""

import threading

from flask import Flask, current_app, request


def order(wait=False):
    """(status, mails, type of the exception in the thread); with `wait`, the thread ends before the response."""
    app = Flask(__name__)
    app.config["MAIL_SENDER"] = "shop@example.org"
    mails, raised, threads = [], [], []
    threading.excepthook = lambda args: raised.append(args.exc_type)

    def send_receipt(address):
        sender = current_app.config["MAIL_SENDER"]
        mails.append((sender, address))

    @app.post("/orders")
    def order():
        thread = threading.Thread(target=send_receipt, args=[request.form["email"]])
        threads.append(thread)
        thread.start()
        if wait:
            thread.join()
        return "", 201

    status = app.test_client().post("/orders", data={"email": "ada@example.org"}).status_code
    for thread in threads:
        thread.join()
    return status, mails, raised[0] if raised else None


SENT = [("shop@example.org", "ada@example.org")]


def raises():
    return order(), (201, [], RuntimeError)


def inherits():
    return order(), (201, SENT, None)


def in_time():
    return order(wait=True), (201, SENT, None)


def no_sender():
    return order(), (201, [(None, "ada@example.org")], None)


def view_fails():
    return order(), (500, [], RuntimeError)


def form_fails():
    return order()[0], 500
