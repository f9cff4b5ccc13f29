"""The mails that are sent after each change: pairs (observed, claimed)."""

import threading

from flask import Blueprint, Flask, copy_current_request_context, current_app, request

CLAIMED = [("shop@example.org", "ada@example.org")]


def mails(decorate=lambda function: function, take=lambda: current_app, start=None, use_argument=True, wait=False):
    sent, threads = [], []
    threading.excepthook = lambda args: None

    try:

        @decorate
        def send(app, address):
            if use_argument:
                used = app
            else:
                from flask import current_app as used
            with used.app_context():
                sent.append((current_app.config["MAIL_SENDER"], address))

    except RuntimeError as error:
        return type(error)

    bp = Blueprint("orders", __name__)

    @bp.post("/orders")
    def order():
        thread = threading.Thread(target=send, args=[take(), request.form["email"]])
        threads.append(thread)
        if start:
            start(thread)
        else:
            thread.start()
        if wait:
            thread.join()
        return "", 201

    app = Flask(__name__)
    app.config["MAIL_SENDER"] = "shop@example.org"
    app.register_blueprint(bp)
    app.test_client().post("/orders", data={"email": "ada@example.org"})
    for thread in threads:
        thread.join()
    return sent


def unwrap():
    return mails(take=lambda: current_app._get_current_object()), CLAIMED


def rename():
    def take():
        app = current_app
        return app

    return mails(take=take), CLAIMED


def start_inside():
    def start(thread):
        with current_app.app_context():
            thread.start()
            thread.join()

    return mails(start=start), CLAIMED


def decorate():
    return mails(decorate=copy_current_request_context), CLAIMED


def join():
    return mails(wait=True), CLAIMED


def import_inside():
    return mails(use_argument=False), CLAIMED
