"""The app's settings, from the environment."""

import os

SWITCH = {"true": True, "1": True, "false": False, "0": False, "": False}


def from_environment():
    """The settings by name. Raises RuntimeError where one is missing or makes no sense."""
    return {
        "SECRET_KEY": needed("SECRET_KEY"),
        "DATABASE_URL": os.environ.get("DATABASE_URL", "sqlite:///meteors.db"),
        "READ_ONLY": switch("READ_ONLY"),
    }


def needed(name):
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(f"the environment variable {name} has to be set")
    return value


def switch(name):
    value = os.environ.get(name, "").lower()
    if value not in SWITCH:
        raise RuntimeError(f"the environment variable {name} has to be true or false")
    return SWITCH[value]
