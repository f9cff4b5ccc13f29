"""How one token is answered in three places: triples of status codes."""

import secrets

from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required


def statuses():
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)
    JWTManager(app)

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    with app.app_context():
        token = create_access_token("7")
    with_cookie = app.test_client()
    with_cookie.set_cookie("access_token_cookie", token)
    return (
        app.test_client().get("/me", headers={"Authorization": token}).status_code,
        app.test_client().get("/me", headers={"Authorization": f"Bearer {token}"}).status_code,
        with_cookie.get("/me").status_code,
    )


def scheme_is_optional():
    return statuses(), (200, 200, 401)


def cookies_by_default():
    return statuses(), (401, 200, 200)


def any_place_will_do():
    return statuses(), (200, 200, 200)


def bearer_header_alone():
    return statuses(), (401, 200, 401)


def bare_token_is_malformed():
    return statuses(), (422, 200, 401)


def cookie_lacks_csrf():
    return statuses(), (401, 200, 422)
