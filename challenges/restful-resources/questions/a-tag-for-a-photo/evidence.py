"""Whether both answers are those of RFC 9110, section 9.3.4: pairs (observed, claimed)."""

from flask import Flask, request

CLAIMED = (True, True)  # creation is told, replacement is told


def observed(last_line):
    app = Flask(__name__)
    stored = {}

    @app.put("/photos/<int:photo>/tags/<name>")
    def put_tag(photo, name):
        tags = stored.setdefault(photo, {})
        created = name not in tags
        tags[name] = request.get_json()
        return last_line(tags, name, created)

    client = app.test_client()
    first = client.put("/photos/3/tags/sea", json={"colour": "blue"}).status_code
    second = client.put("/photos/3/tags/sea", json={"colour": "green"}).status_code
    return first == 201, second in (200, 204)


def always_201():
    return observed(lambda tags, name, created: (tags[name], 201)), CLAIMED


def ok_or_nothing():
    return observed(lambda tags, name, created: (tags[name], 200) if created else ("", 204)), CLAIMED


def created_or_ok():
    return observed(lambda tags, name, created: (tags[name], 201 if created else 200)), CLAIMED


def created_or_conflict():
    return observed(lambda tags, name, created: (tags[name], 201 if created else 409)), CLAIMED


def accepted_or_ok():
    return observed(lambda tags, name, created: (tags[name], 202 if created else 200)), CLAIMED


def always_204():
    return observed(lambda tags, name, created: ("", 204)), CLAIMED
