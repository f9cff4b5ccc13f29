"""What the link does: (status, note deleted) when it is clicked at once, and two hours after Ada's last page."""

import secrets
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import time_machine
from flask import Flask, abort, redirect, render_template_string, session
from flask_wtf import CSRFProtect

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def clicked(later):
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secrets.token_hex()
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    CSRFProtect(app)
    notes = {7: SimpleNamespace(owner="ada")}

    @app.route("/notes/<int:id>/delete")
    def delete_note(id):
        if notes[id].owner != session.get("user_id"):
            abort(403)
        del notes[id]
        return redirect("/notes")

    @app.get("/notes")
    def list_notes():
        session["user_id"] = "ada"
        return render_template_string("{{ csrf_token() }}")

    browser = app.test_client()
    with time_machine.travel(NOON, tick=False) as clock:
        cookie = browser.get("/notes", base_url="https://notes.example").headers["Set-Cookie"]
        clock.shift(later)
        # A followed link is a top-level navigation with a safe method: a Lax cookie goes along, a Strict one does not.
        browser = browser if "SameSite=Lax" in cookie else app.test_client()
        response = browser.get(
            "/notes/7/delete", base_url="https://notes.example", headers={"Referer": "https://photos.example/"}
        )
    return response.status_code, 7 not in notes


def both():
    return clicked(timedelta(0)), clicked(timedelta(hours=2))


def no_token():
    return both(), ((400, False), (400, False))


def lax_holds_back():
    return both(), ((403, False), (403, False))


def referer_refused():
    return both(), ((400, False), (400, False))


def method_refused():
    return both(), ((405, False), (405, False))


def deleted():
    return both(), ((302, True), (302, True))


def deleted_within_hour():
    return both(), ((302, True), (400, False))
