"""Which tokens each service accepts."""

import secrets

import jwt


def accepted():
    key = secrets.token_hex(32)
    tokens = [
        jwt.encode({"sub": "7", "aud": "billing"}, key, algorithm="HS256"),
        jwt.encode({"sub": "7"}, key, algorithm="HS256"),
    ]

    def numbers(**options):
        found = []
        for number, token in enumerate(tokens, 1):
            try:
                jwt.decode(token, key, algorithms=["HS256"], **options)
            except (jwt.InvalidAudienceError, jwt.MissingRequiredClaimError):
                continue
            found.append(number)
        return found

    return numbers(audience="shop"), numbers()


def absent_passes():
    return accepted(), ([2], [1, 2])


def only_when_asked():
    return accepted(), ([], [1, 2])


def named_is_refused():
    return accepted(), ([], [2])


def absent_everywhere():
    return accepted(), ([2], [2])


def aud_is_needed():
    return accepted(), ([], [1])


def signature_is_enough():
    return accepted(), ([1, 2], [1, 2])
