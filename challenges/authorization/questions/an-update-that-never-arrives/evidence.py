"""With each change: (a browser sends the PUT and it succeeds, some PUT without a token reaches the view)."""

from types import SimpleNamespace

from flask import Flask, abort, g, request
from flask_cors import CORS

CLAIMED = (True, False)
SHOP = "https://shop.example"


def outcome(passes=lambda: False, late=False, include=False, **options):
    app = Flask(__name__)
    if not late:
        CORS(app, origins=[SHOP], **options)

    @app.before_request
    def authenticate():
        if passes():
            return
        g.user = SimpleNamespace() if request.headers.get("Authorization") == "Bearer good" else None
        if g.user is None:
            abort(401)

    @app.put("/address")
    def address():
        g.user.address = request.get_json()["address"]
        return "", 204

    if late:
        CORS(app, origins=[SHOP], **options)
    client = app.test_client()

    def allows_origin(answer):
        named = answer.headers.get("Access-Control-Allow-Origin")
        with_cookies = answer.headers.get("Access-Control-Allow-Credentials") == "true"
        return named == SHOP and (with_cookies or not include)

    def by_browser():
        asked = {
            "Origin": SHOP,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        preflight = client.options("/address", headers=asked)
        headers = preflight.headers.get("Access-Control-Allow-Headers", "").lower().split(", ")
        methods = preflight.headers.get("Access-Control-Allow-Methods", "").split(", ")
        permitted = {"authorization", "content-type"} <= set(headers) and "PUT" in methods
        if preflight.status_code not in range(200, 300) or not allows_origin(preflight) or not permitted:
            return False
        real = {"Origin": SHOP, "Authorization": "Bearer good"}
        answer = client.put("/address", headers=real, json={"address": "1 Road"})
        return answer.status_code == 204 and allows_origin(answer)

    attempts = [{}, {"Origin": SHOP}, {"Authorization": "Bearer bad"}, {"Origin": SHOP, "Authorization": "Bearer bad"}]
    found = [client.put("/address", headers=headers, json={"address": "x"}).status_code for headers in attempts]
    return by_browser(), set(found) != {401}


def credentials():
    return outcome(supports_credentials=True), CLAIMED


def include():
    return outcome(include=True), CLAIMED


def allow_headers():
    return outcome(allow_headers=["Authorization", "Content-Type"]), CLAIMED


def options_pass():
    return outcome(lambda: request.method == "OPTIONS"), CLAIMED


def own_origin():
    return outcome(lambda: request.origin == SHOP), CLAIMED


def cors_first():
    return outcome(late=True), CLAIMED
