"""What a copy gives away and allows: pairs of

(header read, claims read, and whether the copy, a changed note and any signature of their own are accepted).
"""

import base64
import json
import secrets

import jwt

KEY = secrets.token_hex(32)
CLAIMS = {"sub": "42", "email": "ada@example.com", "note": "sees the payroll"}


def accepted(token):
    try:
        jwt.decode(token, KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return False
    return True


def read(segment):
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def attacked():
    token = jwt.encode(CLAIMS, KEY, algorithm="HS256")
    head, payload, signature = token.split(".")
    changed = json.dumps({**read(payload), "note": "sees nothing"}).encode()
    changed = base64.urlsafe_b64encode(changed).rstrip(b"=").decode()
    other = {**CLAIMS, "sub": "1"}
    resigned = [
        jwt.encode(other, secrets.token_hex(32), algorithm="HS256"),
        jwt.encode(other, secrets.token_hex(64), algorithm="HS512"),
        jwt.encode(other, None, algorithm="none"),
    ]
    return (
        sorted(read(head)),
        sorted(read(payload)),
        accepted(token),
        accepted(f"{head}.{changed}.{signature}"),
        any(accepted(copy) for copy in resigned),
    )


HEADER, ALL = ["alg", "typ"], sorted(CLAIMS)


def nothing_without_key():
    return attacked(), (HEADER, [], True, False, False)


def registered_claims_only():
    return attacked(), (HEADER, ["sub"], True, False, False)


def own_signature():
    return attacked(), (HEADER, ALL, True, False, True)


def read_not_change():
    return attacked(), (HEADER, ALL, True, False, False)


def own_claims_change():
    return attacked(), (HEADER, ALL, True, True, False)


def all_encrypted():
    return attacked(), ([], [], True, False, False)
