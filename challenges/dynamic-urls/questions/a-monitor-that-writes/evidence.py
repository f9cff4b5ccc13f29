"""What the monitor gets and leaves behind: (status of HEAD, status of OPTIONS, entries)."""

from flask import Flask, request


def left_behind():
    app = Flask(__name__)
    entries = []

    @app.route("/guestbook", methods=["GET", "POST"])
    def guestbook():
        if request.method == "GET":
            return "<br>".join(entries)
        entries.append(request.form.get("text", ""))
        return "thank you", 201

    client = app.test_client()
    return client.head("/guestbook").status_code, client.options("/guestbook").status_code, len(entries)


def head_reads():
    return left_behind(), (200, 200, 0)


def both_write():
    return left_behind(), (201, 201, 2)


def head_writes():
    return left_behind(), (201, 200, 1)


def neither_allowed():
    return left_behind(), (405, 405, 0)


def options_writes():
    return left_behind(), (200, 201, 1)


def head_refused():
    return left_behind(), (405, 200, 0)
