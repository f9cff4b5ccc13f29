"""How gunicorn takes the address of the stem: pairs (observed, claimed)."""

import os

from gunicorn.config import Config


def start():
    """What comes of the argument of the stem, as no shell has read it; the variable is set, as in the container."""
    os.environ["PORT"] = "9000"
    config = Config()
    try:
        config.set("bind", "0.0.0.0:$PORT")
        return [port for _, port in config.address]
    except RuntimeError as error:
        return str(error)


def runtime_value():
    return start(), [9000]


def build_value():
    return start(), [8000]


def free_port():
    return start(), [0]


def refused():
    return start(), "'$PORT' is not a valid port number."


def own_default():
    return start(), [8000]
