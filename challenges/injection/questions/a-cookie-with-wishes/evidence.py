"""Whether the wishes survive, and whether a made-up cookie runs code: pairs of both."""

import builtins
import hashlib
import json
import pickle
from base64 import b64decode, b64encode

from flask import Flask, make_response, request

WISHES = {"title": "Emma & Söhne", "copies": 2, "tags": ["new", "a", 3], "": []}
MENDED = (True, False)


class Attack:
    """Its pickle calls exec, and yields None."""

    def __reduce__(self):
        return exec, ("import builtins; builtins.attacked = True",)


class Disguised(dict):
    """Its pickle calls exec on the way, and yields a plain dict."""

    def __reduce__(self):
        return dict, (), None, None, iter([("copies", Attack())])


def tried(save, load, forge=lambda pickled: pickled):
    app = Flask(__name__)

    @app.get("/save")
    def saving():
        response = make_response("")
        response.set_cookie("wishes", save(WISHES), httponly=True, secure=True, samesite="Strict")
        return response

    @app.get("/load")
    def loading():
        return {"same": load(request.cookies["wishes"]) == WISHES}

    app.logger.disabled = True
    client = app.test_client()
    client.get("/save", base_url="https://localhost")
    same = client.get("/load", base_url="https://localhost").json == {"same": True}
    for attack in (Attack(), Disguised()):
        cookie = b64encode(forge(pickle.dumps(attack))).decode()
        app.test_client(use_cookies=False).get("/load", headers={"Cookie": f"wishes={cookie}"})
    return same, hasattr(builtins, "attacked")


def pickled(wishes):
    return b64encode(pickle.dumps(wishes)).decode()


def unpickled(cookie):
    return pickle.loads(b64decode(cookie))


def type_check():
    def load(cookie):
        wishes = unpickled(cookie)
        if not isinstance(wishes, dict):
            raise ValueError
        return wishes

    return tried(pickled, load), MENDED


def caught():
    def load(cookie):
        try:
            return unpickled(cookie)
        except Exception:
            return {}

    return tried(pickled, load), MENDED


def digest():
    def signed(data):
        return hashlib.sha256(data).digest() + data

    def load(cookie):
        data = b64decode(cookie)
        if hashlib.sha256(data[32:]).digest() != data[:32]:
            raise ValueError
        return pickle.loads(data[32:])

    return tried(lambda wishes: b64encode(signed(pickle.dumps(wishes))).decode(), load, forge=signed), MENDED


def as_json():
    return tried(
        lambda wishes: b64encode(json.dumps(wishes).encode()).decode(), lambda cookie: json.loads(b64decode(cookie))
    ), MENDED


def block_list():
    def load(cookie):
        data = b64decode(cookie)
        if any(name in data for name in (b"os", b"sys", b"subprocess")):
            raise ValueError
        return pickle.loads(data)

    return tried(pickled, load), MENDED


def flags():
    return tried(pickled, unpickled), MENDED
