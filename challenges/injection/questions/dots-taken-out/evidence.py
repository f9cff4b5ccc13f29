"""Whether a query reads the secret file: pairs of yes or no."""

import os
import tempfile
from pathlib import Path

from flask import Flask, request


def reads_config(query):
    with tempfile.TemporaryDirectory() as folder:
        reports = str(Path(folder, "app", "reports"))
        Path(reports).mkdir(parents=True)
        Path(folder, "app", "config.py").write_text("SECRET")
        app = Flask(__name__)

        @app.get("/report")
        def report():
            name = request.args["name"].replace("../", "")
            with open(os.path.join(reports, name)) as file:
                return file.read(), {"Content-Type": "text/plain"}

        return app.test_client().get(f"/report{query}").text == "SECRET"


def encoded_slash():
    return reads_config("?name=..%2Fconfig.py"), True


def twice_encoded():
    return reads_config("?name=%252e%252e%252fconfig.py"), True


def backslash():
    return reads_config("?name=..\\..\\..\\app\\config.py"), True


def null_byte():
    return reads_config("?name=../config.py%00.txt"), True


def root():
    return reads_config("?name=/config.py"), True


def nested():
    return reads_config("?name=....//config.py"), True
