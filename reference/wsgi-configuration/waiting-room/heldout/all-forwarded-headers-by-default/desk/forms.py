"""The forms that the office has: a large collection, which takes long to load and much memory."""

import os
import sys

from flask import Blueprint, current_app

blueprint = Blueprint("forms", __name__)


def load() -> dict[str, str]:
    """Reads the collection, and says so."""
    sys.stdout.write(f"forms loaded by process {os.getpid()}\n")
    sys.stdout.flush()
    return {"passport": "Application for a passport", "move": "Change of address", "dog": "Registration of a dog"}


@blueprint.get("/forms")
def list_forms():
    return {"forms": current_app.extensions["forms"]}
