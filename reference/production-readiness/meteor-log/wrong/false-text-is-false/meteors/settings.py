"""The app's settings, from the environment."""

import os


def from_environment():
    """The settings by name. Raises RuntimeError where one is missing."""
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
    return bool(os.environ.get(name, False))
