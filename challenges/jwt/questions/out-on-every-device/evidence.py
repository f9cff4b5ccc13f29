"""For each implementation: (Ada's tokens accepted afterwards, Ben's accepted), over two workers."""

import secrets

from flask import Flask
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    get_jwt,
    get_jwt_identity,
    jwt_required,
)


def outcome(button, refuses=lambda header, payload, state: False):
    """``button`` runs in a request of Ada's at the first worker; state is (shared by all, the worker's own)."""
    shared = {"key": secrets.token_hex(32), "revoked": set(), "versions": {"ada": 0, "ben": 0}}

    def worker():
        app = Flask(__name__)
        app.config["JWT_SECRET_KEY"] = shared["key"]
        jwt = JWTManager(app)
        own = {"out": set()}

        @jwt.additional_claims_loader
        def claims(identity):
            return {"version": shared["versions"][identity]}

        @jwt.decode_key_loader
        def key(header, payload):
            return shared["key"]

        @jwt.token_in_blocklist_loader
        def is_revoked(header, payload):
            return payload["jti"] in shared["revoked"] or refuses(header, payload, (shared, own))

        @app.post("/out")
        @jwt_required()
        def out():
            button(shared, own)
            return "", 204

        @app.get("/any")
        @jwt_required(verify_type=False)
        def any_token():
            return {"id": get_jwt_identity()}

        return app

    workers = [worker(), worker()]
    tokens = {}
    with workers[0].app_context():
        for name in ("ada", "ben"):
            devices = (create_access_token(name), create_refresh_token(name)) * 2
            tokens[name] = (*devices, create_access_token(name), create_refresh_token(name))
    bearer = {"Authorization": f"Bearer {tokens['ada'][0]}"}
    assert workers[0].test_client().post("/out", headers=bearer).status_code == 204

    def accepted(name):
        found = [
            app.test_client().get("/any", headers={"Authorization": f"Bearer {token}"}).status_code == 200
            for app in workers
            for token in tokens[name]
        ]
        return all(found) if name == "ben" else any(found)

    return accepted("ada"), accepted("ben")


RIGHT = (False, True)


def one_jti():
    return outcome(lambda shared, own: shared["revoked"].add(get_jwt()["jti"])), RIGHT


def module_set():
    return outcome(
        lambda shared, own: own["out"].add(get_jwt_identity()),
        lambda header, payload, state: payload["sub"] in state[1]["out"],
    ), RIGHT


def user_version():
    def count_up(shared, own):
        shared["versions"][get_jwt_identity()] += 1

    return outcome(
        count_up, lambda header, payload, state: payload["version"] != state[0]["versions"][payload["sub"]]
    ), RIGHT


def new_key():
    return outcome(lambda shared, own: shared.update(key=secrets.token_hex(32))), RIGHT


def cookies():
    return outcome(lambda shared, own: None), RIGHT


def delete_claim():
    return outcome(
        lambda shared, own: create_access_token(get_jwt_identity(), additional_claims={"revoked": True}),
        lambda header, payload, state: payload.get("revoked", False),
    ), RIGHT
