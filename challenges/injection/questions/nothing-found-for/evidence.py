"""Whether a browser finds the element in a page, and whether a client finds the search text: pairs of both."""

import json
from urllib.parse import quote

from flask import Flask, Response, jsonify, request
from markupsafe import escape

ATTACK = "<img src=x onerror=alert(1)>"
MENDED = (False, True)


def answered(body):
    app = Flask(__name__)

    @app.get("/search")
    def search():
        return body(request.args["q"])

    response = app.test_client().get("/search", query_string={"q": ATTACK})
    runs = response.mimetype == "text/html" and ATTACK in response.text
    data = json.loads(response.text)
    return runs, ATTACK in (data if isinstance(data, str) else data["error"])


def response_object():
    return answered(lambda q: Response(json.dumps({"error": f"nothing found for {q}"}))), MENDED


def json_response():
    return answered(lambda q: jsonify({"error": f"nothing found for {q}"})), MENDED


def escaped():
    return answered(lambda q: json.dumps({"error": f"nothing found for {escape(q)}"})), MENDED


def status():
    return answered(lambda q: (json.dumps({"error": f"nothing found for {q}"}), 404)), MENDED


def bare_string():
    return answered(lambda q: json.dumps(f"nothing found for {q}")), MENDED


def percent_encoded():
    return answered(lambda q: json.dumps({"error": f"nothing found for {quote(q)}"})), MENDED
