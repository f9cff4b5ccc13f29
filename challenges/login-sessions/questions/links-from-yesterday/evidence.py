"""With each line: (a link of yesterday is accepted, a new link is signed with THIRD)."""

import secrets

from flask import Flask
from itsdangerous import BadSignature, URLSafeTimedSerializer

FIRST, SECOND, THIRD = (secrets.token_hex() for _ in range(3))
SALT = {"salt": "new-password"}
CLAIMED = (True, True)


def accepts(serializer, token):
    try:
        return serializer.loads(token, max_age=86400) == 7
    except BadSignature:
        return False


def outcome(line):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=THIRD, SECRET_KEY_FALLBACKS=[FIRST, SECOND])
    links = line(app)
    yesterday = URLSafeTimedSerializer(SECOND, **SALT).dumps(7)
    return accepts(links, yesterday), accepts(URLSafeTimedSerializer(THIRD, **SALT), links.dumps(7))


def current_first():
    return outcome(lambda app: URLSafeTimedSerializer([THIRD, FIRST, SECOND], **SALT)), CLAIMED


def fallbacks_alone():
    return outcome(lambda app: URLSafeTimedSerializer([FIRST, SECOND], **SALT)), CLAIMED


def of_the_session():
    return outcome(lambda app: app.session_interface.get_signing_serializer(app)), CLAIMED


def joined():
    return outcome(lambda app: URLSafeTimedSerializer(FIRST + SECOND + THIRD, **SALT)), CLAIMED


def current_last():
    return outcome(lambda app: URLSafeTimedSerializer([FIRST, SECOND, THIRD], **SALT)), CLAIMED


def attribute_of_the_app():
    return outcome(lambda app: URLSafeTimedSerializer(app.config["SECRET_KEY"], **SALT)), CLAIMED
