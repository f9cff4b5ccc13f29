"""Which of the five tokens a call accepts: pairs of five booleans."""

import secrets
import time

import jwt

KEY = secrets.token_hex(32)
CLAIMED = (True, False, False, False, False)  # every option claims to accept the first alone


def tokens():
    now = int(time.time())
    claims = {"sub": "42", "exp": now + 300}
    return (
        jwt.encode(claims, KEY, algorithm="HS256"),
        jwt.encode(claims, None, algorithm="none"),
        jwt.encode(claims, KEY, algorithm="HS512"),
        jwt.encode({**claims, "exp": now - 3600}, KEY, algorithm="HS256"),
        jwt.encode({"sub": "42"}, KEY, algorithm="HS256"),
    )


def accepted(call):
    def accepts(token):
        try:
            return call(token)["sub"] == "42"
        except jwt.PyJWTError:
            return False

    return tuple(accepts(token) for token in tokens())


def header_decides():
    def call(token):
        return jwt.decode(
            token, KEY, algorithms=[jwt.get_unverified_header(token)["alg"]], options={"require": ["exp"]}
        )

    return accepted(call), CLAIMED


def verify_expiry():
    options = {"verify_exp": True}
    return accepted(lambda token: jwt.decode(token, KEY, algorithms=["HS256"], options=options)), CLAIMED


def unverified_with_expiry():
    options = {"verify_signature": False, "verify_exp": True, "require": ["exp"]}
    return accepted(lambda token: jwt.decode(token, options=options)), CLAIMED


def expiry_off():
    options = {"require": ["exp"], "verify_exp": False}
    return accepted(lambda token: jwt.decode(token, KEY, algorithms=["HS256"], options=options)), CLAIMED


def pinned_and_required():
    options = {"require": ["exp"]}
    return accepted(lambda token: jwt.decode(token, KEY, algorithms=["HS256"], options=options)), CLAIMED


def all_hmacs():
    def call(token):
        return jwt.decode(token, KEY, algorithms=["HS256", "HS384", "HS512"], options={"require": ["exp"]})

    return accepted(call), CLAIMED
