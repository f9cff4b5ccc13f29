"""Secrets that travel in links. The store has only their digests, so that nobody who reads it can use one."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """A token that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(BYTES)


def token_digest(token: str) -> str:
    """What is stored of it, and looked up by: a database finds an equal digest or none, and tells nothing by time."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
