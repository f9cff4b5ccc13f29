"""The three statuses, and which answers set the cookie: pairs of both."""

from flask import Flask, make_response, redirect, url_for

TITLE = "Emma\r\nSet-Cookie: admin=1"


def answered():
    app = Flask(__name__)

    @app.get("/one")
    def one():
        return "", {"X-Title": TITLE}

    @app.get("/two")
    def two():
        response = make_response("")
        response.set_cookie("title", TITLE)
        return response

    @app.get("/three")
    def three():
        return redirect(url_for("one", title=TITLE))

    app.logger.disabled = True
    client = app.test_client()
    responses = [client.get(path) for path in ("/one", "/two", "/three")]
    # what goes over the wire, read again line by line
    sets = [
        any(line.lower().startswith("set-cookie: admin=") for line in str(response.headers).splitlines())
        for response in responses
    ]
    return [response.status_code for response in responses], sets


def cookie_refused():
    return answered(), ([200, 500, 302], [False, False, False])


def set_by_one():
    return answered(), ([200, 200, 302], [True, False, False])


def refused_once():
    return answered(), ([500, 200, 302], [False, False, False])


def redirect_refused():
    return answered(), ([500, 500, 500], [False, False, False])


def set_by_two():
    return answered(), ([500, 200, 302], [False, True, False])


def removed():
    return answered(), ([200, 200, 302], [False, False, False])
