"""The numbers of the tokens that are refused."""

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


def refused():
    tokens = [
        token(THEIRS),
        token(exp=int(time.time()) - 3600),
        token(iss="https://other.example"),
        token(aud="archive"),
    ]
    check = {"iss": {"essential": True, "value": ISSUER}}
    assert passes(token(), **check)
    return [number for number, text in enumerate(tokens, 1) if not passes(text, **check)]


def all():
    return refused(), [1, 2, 3, 4]


def three():
    return refused(), [1, 2, 3]


def signature():
    return refused(), [1]


def no_time():
    return refused(), [1, 3]


def no_issuer():
    return refused(), [1, 2, 4]


def no_key():
    return refused(), [2, 3]
