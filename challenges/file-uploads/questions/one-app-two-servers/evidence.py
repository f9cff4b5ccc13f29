"""What the view answers under a server with and one without wsgi.input_terminated."""

import io
import json

from flask import Flask, request
from werkzeug.test import create_environ, run_wsgi_app


def answers():
    app = Flask(__name__)

    @app.post("/measurements")
    def add():
        return {"bytes": len(request.get_data())}

    seen = []
    for flags in ({"wsgi.input_terminated": True}, {}):
        environ = create_environ("/measurements", method="POST", headers={"Transfer-Encoding": "chunked"})
        environ.pop("CONTENT_LENGTH", None)
        environ.update(flags, **{"wsgi.input": io.BytesIO(bytes(3000))})
        content, status, _ = run_wsgi_app(app, environ, buffered=True)
        seen.append(json.loads(b"".join(content))["bytes"] if status.startswith("200") else int(status[:3]))
    return seen


def read_by_both():
    return answers(), [3000, 3000]


def length_required():
    return answers(), [3000, 411]


def read_and_empty():
    return answers(), [3000, 0]


def too_large():
    return answers(), [3000, 413]


def both_refused():
    return answers(), [411, 411]


def chunks_counted():
    return answers(), [0, 3000]
