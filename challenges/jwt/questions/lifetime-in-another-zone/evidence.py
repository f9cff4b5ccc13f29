"""When the token is accepted: pairs of what happens at each of the moments, counted from its issue."""

import os
import secrets
import time
from datetime import datetime, timedelta

import jwt
import time_machine

KEY = secrets.token_hex(32)
MINUTE, HOUR, DAY = 60, 3600, 86400
MOMENTS = (MINUTE, 14 * MINUTE, 16 * MINUTE, 2 * HOUR + 14 * MINUTE, 2 * HOUR + 16 * MINUTE, 30 * DAY)


def checked():
    os.environ["TZ"] = "XXX-2"  # POSIX spells "two hours ahead of UTC" with a minus
    time.tzset()
    issued = time.time()
    try:
        token = jwt.encode({"sub": "42", "exp": datetime.now() + timedelta(minutes=15)}, KEY, algorithm="HS256")
    except (TypeError, jwt.PyJWTError) as error:
        return type(error)

    def at(seconds):
        with time_machine.travel(issued + seconds, tick=False):
            try:
                jwt.decode(token, KEY, algorithms=["HS256"])
            except jwt.PyJWTError as error:
                return type(error)
        return "accepted"

    return [at(seconds) for seconds in MOMENTS]


def until(seconds):
    return ["accepted" if moment < seconds else jwt.ExpiredSignatureError for moment in MOMENTS]


def fifteen_minutes():
    return checked(), until(15 * MINUTE)


def already_expired():
    return checked(), until(0)


def two_hours_more():
    return checked(), until(2 * HOUR + 15 * MINUTE)


def encode_refuses():
    return checked(), TypeError


def never_compared():
    return checked(), until(float("inf"))


def decode_refuses():
    return checked(), [jwt.DecodeError] * len(MOMENTS)
