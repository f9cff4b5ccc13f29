"""(Right tokens pass, all the others are refused) for each line."""

import time

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jwt import JWTClaimsRegistry

KEY, THEIRS = (RSAKey.generate_key(2048, private=True) for _ in range(2))
ISSUER, OURS = "https://idp.example", "shop"


def token(key=KEY, **changes):
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": OURS, "sub": "7", "iat": now, "exp": now + 300, **changes}
    return jwt.encode({"alg": "RS256"}, {name: value for name, value in claims.items() if value is not None}, key)


def passes(text, **required):
    try:
        claims = jwt.decode(text, KEY, algorithms=["RS256"]).claims
        JWTClaimsRegistry(**required).validate(claims)
    except JoseError:
        return False
    return True


def outcome(**rules):
    past = int(time.time()) - 3600
    bad = [token(aud="archive"), token(exp=past), token(exp=None), token(aud=None)]
    return passes(token(), **rules), not any(passes(text, **rules) for text in bad)


RIGHT = (True, True)


def no_rules():
    return outcome(exp={"essential": True}, iat={"essential": True}), RIGHT


def value_only():
    return outcome(aud={"value": OURS}), RIGHT


def subject():
    return outcome(sub={"essential": True}, exp={"essential": True}), RIGHT


def issuer():
    return outcome(iss={"essential": True, "value": ISSUER}, exp={"essential": True}), RIGHT


def audience():
    return outcome(aud={"essential": True, "value": OURS}, exp={"essential": True}), RIGHT


def present():
    return outcome(aud={"essential": True}, exp={"essential": True}), RIGHT
