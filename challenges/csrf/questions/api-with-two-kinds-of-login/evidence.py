"""With each change: (some forged request succeeds, the mobile app works, the shop's own pages work)."""

import re
import secrets
from types import SimpleNamespace
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, render_template_string, request, session
from flask_wtf import CSRFProtect

CLAIMED = (False, True, True)
SHOP = "https://shop.example"


def outcome(condition=None, exempt=True, **arguments):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    csrf = CSRFProtect(app)
    api = Blueprint("api", __name__, url_prefix="/api")
    if exempt:
        csrf.exempt(api)
    tokens = {secrets.token_hex(): "ben"}
    users = {name: SimpleNamespace(email="old") for name in ("ada", "ben")}

    def user_id():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if token:
            return tokens.get(token) or abort(401)
        return session.get("user_id") or abort(401)

    @api.post("/email")
    def change_email():
        users[user_id()].email = request.get_json(force=True)["email"]
        return "", 204

    if condition:

        @api.before_request
        def check():
            if condition():
                csrf.protect(**arguments)

    app.register_blueprint(api)

    @app.get("/")
    def page():
        session["user_id"] = "ada"
        return render_template_string("{{ csrf_meta_tag() }}")

    def sent(browser, **arguments):
        for user in users.values():
            user.email = "old"
        return browser.post("/api/email", base_url=SHOP, **arguments).status_code

    ada, phone = app.test_client(), app.test_client(use_cookies=False)
    token = re.search(r'content="([^"]+)"', ada.get("/", base_url=SHOP).text)[1]
    body = '{"email": "evil", "x": "="}'
    foreign = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    forgeries = [
        {"data": body, "content_type": kind, "headers": headers}
        for kind in ("text/plain", "application/x-www-form-urlencoded")
        for headers in (foreign, {"Origin": "null"})  # with a policy of no-referrer, Origin is null
    ]
    forged = [sent(ada, **forgery) for forgery in forgeries]
    bearer = sent(phone, json={"email": "new"}, headers={"Authorization": f"Bearer {next(iter(tokens))}"})
    own = {"Origin": SHOP, "Referer": SHOP + "/", "X-CSRFToken": token}
    return 204 in forged, bearer == 204, sent(ada, json={"email": "new"}, headers=own) == 204


def remove_exemption():
    return outcome(exempt=False), CLAIMED


def with_exemptions():
    return outcome(lambda: True, apply_exemptions=True), CLAIMED


def foreign_referer():
    return outcome(lambda: request.referrer and urlsplit(request.referrer).netloc != "shop.example"), CLAIMED


def without_authorization():
    return outcome(lambda: "Authorization" not in request.headers), CLAIMED


def form_types():
    forms = ("application/x-www-form-urlencoded", "multipart/form-data")
    return outcome(lambda: request.mimetype in forms), CLAIMED


def without_origin():
    return outcome(lambda: "Origin" not in request.headers), CLAIMED
