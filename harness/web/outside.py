"""Addresses for others: what a link begins with that is passed on, and whether anybody else can open it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def outside(endpoint: str, **values: Any) -> str:
    """The page's whole address: below ``PUBLIC_URL`` where that is set, else as this request came in."""
    if base := current_app.config["PUBLIC_URL"].rstrip("/"):
        return str(base + url_for(endpoint, **values).removeprefix(request.root_path))
    return url_for(endpoint, _external=True, **values)


def only_here() -> bool:
    """Whether such an address is of this machine alone, so that nobody elsewhere can open it."""
    return urlsplit(outside("home.index")).hostname in LOOPBACK


def link_begins() -> str:
    """How the link of an invitation begins; its token follows."""
    return outside("invited.open_link", token="-").removesuffix("-")  # noqa: S106
