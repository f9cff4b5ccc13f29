"""How many of three pictures each loop saves."""

import io

from flask import Flask, request


def saved(loop):
    app = Flask(__name__)
    contents = []

    @app.post("/flats")
    def add():
        for picture in loop():
            target = io.BytesIO()
            picture.save(target)
            contents.append(target.getvalue())
        return "", 201

    pictures = [(io.BytesIO(b"picture\n%d" % n), f"{n}.jpg") for n in range(3)]
    answer = app.test_client().post("/flats", data={"pictures": pictures})
    return answer.status_code, contents


CLAIMED = (201, [b"picture\n0", b"picture\n1", b"picture\n2"])


def by_key():
    return saved(lambda: request.files["pictures"]), CLAIMED


def by_get():
    return saved(lambda: request.files.get("pictures", [])), CLAIMED


def values():
    return saved(lambda: request.files.values()), CLAIMED


def as_dict():
    return saved(lambda: request.files.to_dict().values()), CLAIMED


def from_the_form():
    return saved(lambda: request.form.getlist("pictures")), CLAIMED


def getlist():
    return saved(lambda: request.files.getlist("pictures")), CLAIMED
