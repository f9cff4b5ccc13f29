"""What the view answers: pairs (observed, claimed)."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask, copy_current_request_context, g, request, session


def answer():
    """The JSON, or the message of the exception."""
    app = Flask(__name__)
    app.secret_key = "for this run only"
    app.testing = True

    @app.get("/export")
    def export():
        g.tenant = 1
        session["step"] = 2

        @copy_current_request_context
        def work():
            return [request.path, g.get("tenant"), session.get("step")]

        with ThreadPoolExecutor() as pool:
            return pool.submit(work).result()

    try:
        return app.test_client().get("/export").json
    except RuntimeError as error:
        return str(error).partition(".")[0]


def no_g():
    return answer(), ["/export", None, 2]


def everything():
    return answer(), ["/export", 1, 2]


def old_session():
    return answer(), ["/export", 1, None]


def request_only():
    return answer(), ["/export", None, None]


def g_raises():
    return answer(), "Working outside of application context"


def thread_raises():
    return answer(), "Working outside of request context"
