"""How the fetch call is answered with the token in each place."""

import json
import re
import secrets

from flask import Flask, render_template_string
from flask_wtf import CSRFProtect

CLAIMED = 204  # every option claims that the call is accepted


def called(change):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    CSRFProtect(app)

    @app.get("/")
    def page():
        return render_template_string("<head>{{ csrf_meta_tag() }}</head>")

    @app.post("/settings")
    def settings():
        return "", 204

    browser = app.test_client()
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/").text)[1]
    call = {"url": "/settings", "headers": {"Content-Type": "application/json"}, "data": {"theme": "dark"}}
    change(call, token, browser)
    return browser.post(call["url"], headers=call["headers"], data=json.dumps(call["data"])).status_code


def json_body():
    return called(lambda call, token, browser: call["data"].update(csrf_token=token)), CLAIMED


def query_string():
    return called(lambda call, token, browser: call.update(url="/settings?csrf_token=" + token)), CLAIMED


def other_header():
    return called(lambda call, token, browser: call["headers"].update({"X-XSRF-TOKEN": token})), CLAIMED


def right_header():
    return called(lambda call, token, browser: call["headers"].update({"X-CSRFToken": token})), CLAIMED


def cookie():
    return called(lambda call, token, browser: browser.set_cookie("csrf_token", token)), CLAIMED


def authorization():
    return called(lambda call, token, browser: call["headers"].update(Authorization="Bearer " + token)), CLAIMED
