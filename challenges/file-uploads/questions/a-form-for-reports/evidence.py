"""The answer to a form without enctype: it is urlencoded, with the name of the file as the value of the field."""

from urllib.parse import urlencode

from flask import Flask, request


def answered():
    app = Flask(__name__)

    @app.post("/reports")
    def add():
        return {
            "file": "report" in request.files,
            "field": request.form.get("report"),
        }

    body = urlencode({"title": "Q1", "report": "sales.csv"})
    return app.test_client().post("/reports", data=body, content_type="application/x-www-form-urlencoded").json


def name_as_field():
    return answered(), {"field": "sales.csv", "file": False}


def file_arrives():
    return answered(), {"field": None, "file": True}


def file_and_name():
    return answered(), {"field": "sales.csv", "file": True}


def nothing_arrives():
    return answered(), {"field": None, "file": False}


def content_as_field():
    return answered(), {"field": "Jan,Feb", "file": False}


def empty_field():
    return answered(), {"field": "", "file": False}
