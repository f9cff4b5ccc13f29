"""What the settings of the stem are: pairs (observed, claimed)."""

from flask import Flask


class Base:
    REDIS_HOST = "localhost"
    REDIS_URL = f"redis://{REDIS_HOST}:6379/0"


class Production(Base):
    REDIS_HOST = "cache.internal"


def settings():
    app = Flask(__name__)
    app.config.from_object(Production())
    return app.config.get("REDIS_HOST", KeyError), app.config.get("REDIS_URL", KeyError)


def both_old():
    return settings(), ("localhost", "redis://localhost:6379/0")


def no_url():
    return settings(), ("cache.internal", KeyError)


def braces():
    return settings(), ("cache.internal", "redis://{REDIS_HOST}:6379/0")


def both_new():
    return settings(), ("cache.internal", "redis://cache.internal:6379/0")


def no_instance():
    return settings(), (KeyError, KeyError)


def old_url():
    return settings(), ("cache.internal", "redis://localhost:6379/0")
