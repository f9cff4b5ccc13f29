"""The late answer, and what happened in the thread: pairs (observed, claimed)."""

import threading

from flask import Flask, copy_current_request_context, session

REPORT = "three rows"


def answer():
    """(the late answer, whether the thread could write, whether to the request's own session object,
    whether the response of the POST was there first)"""
    app = Flask(__name__)
    app.secret_key = "for this run only"
    responded, threads, seen = threading.Event(), [], {}

    def make_report():
        seen["after the response"] = responded.wait(10)
        return REPORT

    @app.post("/report")
    def start():
        mine = session._get_current_object()

        @copy_current_request_context
        def build():
            session["report"] = make_report()
            seen["written"] = True
            seen["same"] = session._get_current_object() is mine

        threads.append(threading.Thread(target=build))
        threads[0].start()
        return "", 202

    @app.get("/report")
    def show():
        return session.get("report", "not ready")

    client = app.test_client()
    client.post("/report")
    responded.set()
    threads[0].join()
    return client.get("/report").text, seen.get("written", False), seen.get("same"), seen["after the response"]


def too_late():
    return answer(), ("not ready", True, True, True)


def own_copy():
    return answer(), ("not ready", True, False, True)


def unbound():
    return answer(), ("not ready", False, None, True)


def shared():
    return answer(), (REPORT, True, True, True)


def popped():
    return answer(), (REPORT, True, True, True)


def waits():
    return answer(), (REPORT, True, True, False)
