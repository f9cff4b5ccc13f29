"""With each defence: (can Mallory's page change Ada's address, does the shop's own form work)."""

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, abort, make_response, render_template_string, request, session
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer

CLAIMED = (False, True)
SHOP, EVIL = "https://shop.acme.example", "https://mallory.acme.example"


def outcome(defend, field="", samesite="None"):
    """``defend(app)`` installs the defence; ``field()`` renders what it needs within the form."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE=samesite,
    )
    addresses = {"ada": "old", "mallory": "old"}
    defend(app)

    @app.get("/login/<name>")
    def login(name):
        session["user_id"] = name
        return ""

    @app.get("/email")
    def form():
        response = make_response()
        if field == "cookie":
            value = request.cookies.get("guard") or secrets.token_hex()
            response.set_cookie("guard", value, secure=True)
            response.set_data(f'<input type="hidden" name="guard" value="{value}">')
        elif field:
            response.set_data(render_template_string(field))
        return response

    @app.post("/email")
    def change():
        addresses[session["user_id"]] = request.form["email"]
        return "changed"

    def logged_in(name):
        browser = app.test_client()
        browser.get(f"/login/{name}", base_url=SHOP)
        return browser

    def fields(browser):
        page = browser.get("/email", base_url=SHOP).text
        return dict(re.findall(r'name="([^"]+)" value="([^"]+)"', page))

    own = {"Origin": SHOP, "Referer": SHOP + "/email", "Sec-Fetch-Site": "same-origin"}
    foreign = {"Origin": EVIL, "Referer": EVIL + "/", "Sec-Fetch-Site": "same-site"}

    ada = logged_in("ada")
    ada.post("/email", base_url=SHOP, data=fields(ada) | {"email": "own"}, headers=own)
    works = addresses["ada"] == "own"

    hers = fields(logged_in("mallory"))
    planted = {"guard": "planted"}
    for known, cookies in (({}, {}), (hers, {}), (hers, hers), (planted, planted)):
        victim = logged_in("ada")  # same-site: the session cookie goes along, whatever its SameSite says
        fields(victim)
        for name, value in cookies.items():
            victim.set_cookie(name, value, domain="shop.acme.example")
        victim.post("/email", base_url=SHOP, data=known | {"email": "evil"}, headers=foreign)
    return addresses["ada"] == "evil", works


def refusing(wrong):
    def defend(app):
        @app.before_request
        def check():
            if request.method == "POST" and wrong():
                abort(403)

    return defend


def strict():
    return outcome(lambda app: None, samesite="Strict"), CLAIMED


def not_cross_site():
    return outcome(refusing(lambda: request.headers.get("Sec-Fetch-Site") == "cross-site")), CLAIMED


def cookie_and_field():
    def wrong():
        return not request.form.get("guard") or request.form["guard"] != request.cookies.get("guard")

    return outcome(refusing(wrong), field="cookie"), CLAIMED


def csrf_protect():
    return outcome(CSRFProtect, field='<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'), CLAIMED


def forged(signer, value):
    try:
        return signer.loads(value, max_age=3600) != "form"
    except BadSignature:
        return True


def signed_constant():
    def defend(app):
        signer = URLSafeTimedSerializer(app.secret_key)
        app.jinja_env.globals["signed"] = lambda: signer.dumps("form")

        refusing(lambda: forged(signer, request.form.get("guard", "")))(app)

    return outcome(defend, field='<input type="hidden" name="guard" value="{{ signed() }}">'), CLAIMED


def referer_suffix():
    def wrong():
        host = urlsplit(request.referrer or "").hostname or ""
        return host != "acme.example" and not host.endswith(".acme.example")

    return outcome(refusing(wrong)), CLAIMED
