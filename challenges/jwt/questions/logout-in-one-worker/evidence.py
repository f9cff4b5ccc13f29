"""Who accepts what after the logout: pairs of (who accepts the access token, who the refresh token).

Worker B is a real process, forked before the logout as gunicorn forks its workers.
"""

import json
import os
import secrets

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, get_jwt, jwt_required


def make_app():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    jwt = JWTManager(app)
    revoked = set()

    @jwt.token_in_blocklist_loader
    def is_revoked(header, payload):
        return payload["jti"] in revoked

    @app.post("/logout")
    @jwt_required()
    def logout():
        revoked.add(get_jwt()["jti"])
        return "", 204

    @app.get("/me")
    @jwt_required()
    def me():
        return {}

    @app.post("/refresh")
    @jwt_required(refresh=True)
    def refresh():
        return {}

    return app


def after_logout():
    app = make_app()
    client = app.test_client()
    with app.app_context():
        access, refresh = create_access_token("42"), create_refresh_token("42")

    def bearer(token):
        return {"Authorization": f"Bearer {token}"}

    def accepts():
        return [
            client.get("/me", headers=bearer(access)).status_code == 200,
            client.post("/refresh", headers=bearer(refresh)).status_code == 200,
        ]

    go, told = os.pipe(), os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            os.read(go[0], 1)
            os.write(told[1], json.dumps(accepts()).encode())
        finally:
            os._exit(0)
    os.close(told[1])
    client.post("/logout", headers=bearer(access))
    os.write(go[1], b".")
    at_b = json.loads(os.read(told[0], 100))
    os.waitpid(worker, 0)
    at_a = accepts()
    return tuple("".join(name for name, yes in (("A", at_a[n]), ("B", at_b[n])) if yes) for n in (0, 1))


def refresh_everywhere():
    return after_logout(), ("", "AB")


def nothing_at_a():
    return after_logout(), ("B", "B")


def access_at_b_refresh_everywhere():
    return after_logout(), ("B", "AB")


def nobody():
    return after_logout(), ("", "")


def refresh_dead():
    return after_logout(), ("B", "")


def everybody():
    return after_logout(), ("AB", "AB")
