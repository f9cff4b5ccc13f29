"""What becomes of the form and of the app's own call: (transfers by the form, status of the own call)."""

import json
import secrets

from flask import Flask, abort, request, session
from flask_cors import CORS

CLAIMED = ([], 200)  # every option claims: the form moves nothing, and the own call works
NAVIGATION = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"  # what a submitted form accepts


def outcome(read=lambda: request.get_json(force=True), first=lambda: None, setup=lambda app: None):
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="None",
    )
    setup(app)
    transfers = []

    @app.post("/api/transfer")
    def transfer():
        first()
        if "user_id" not in session:
            abort(401)
        data = read()
        transfers.append((session["user_id"], data["to"], data["amount"]))
        return {"ok": True}

    browser = app.test_client()
    with browser.session_transaction(base_url="https://bank.example") as stored:
        stored["user_id"] = "ada"
    name, value = '{"to": "mallory", "amount": 500, "x": "', '"}'
    browser.post(
        "/api/transfer",
        base_url="https://bank.example",
        data=f"{name}={value}\r\n",
        content_type="text/plain",
        headers={"Origin": "https://prizes.example", "Accept": NAVIGATION},
    )
    forged = list(transfers)
    own = browser.post(
        "/api/transfer",
        base_url="https://bank.example",
        json={"to": "ben", "amount": 1},
        headers={"Origin": "https://bank.example", "Accept": "*/*"},
    )
    return forged, own.status_code


def silent():
    return outcome(read=lambda: request.get_json(force=True, silent=True)), CLAIMED


def loads():
    return outcome(read=lambda: json.loads(request.get_data(as_text=True))), CLAIMED


def without_force():
    return outcome(read=lambda: request.get_json()), CLAIMED


def cors():
    return outcome(setup=lambda app: CORS(app, origins=["https://bank.example"])), CLAIMED


def no_form_fields():
    return outcome(first=lambda: request.form and abort(415)), CLAIMED


def accept():
    return outcome(first=lambda: request.accept_mimetypes.accept_json or abort(406)), CLAIMED
