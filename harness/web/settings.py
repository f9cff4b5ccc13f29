"""The platform's settings: where they come from, what they must be, and what stands if nobody says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from harness.domain.errors import UsageError

PREFIX = "ASSAY_"
SHORTEST_KEY = 32
DEFAULTS: dict[str, Any] = {
    "SESSION_COOKIE_NAME": "assay_session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),  # a static file's address names its version
    "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "MAX_FORM_PARTS": 1_000,
    "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open as long as an exam takes
    "RATELIMIT_STORAGE_URI": "memory://",
    "RATELIMIT_STRATEGY": "moving-window",
    "PROXIES": 0,  # how many of our own stand before the app
    "OPEN_REGISTRATION": False,  # whether anyone may make an account that practises
    "PUBLIC_URL": "",  # how links for others begin; nothing: as the request's own address
    "SMTP_HOST": "",  # whether mails can be sent: the worker sends them
}
FROM_ENVIRONMENT: dict[str, type] = {  # after the prefix
    "SECRET_KEY": str,
    "SECRET_KEY_FALLBACKS": list,
    "DATABASE_URL": str,
    "PROXIES": int,
    "SESSION_COOKIE_SECURE": bool,
    "OPEN_REGISTRATION": bool,
    "RATELIMIT_STORAGE_URI": str,
    "PUBLIC_URL": str,
    "SMTP_HOST": str,
}
BOOLEANS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def read_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The settings that the environment gives. Raises UsageError, which names the variable that does not fit."""
    found: dict[str, Any] = {}
    for name, kind in FROM_ENVIRONMENT.items():
        if text := environment.get(PREFIX + name, ""):
            found["SQLALCHEMY_DATABASE_URI" if name == "DATABASE_URL" else name] = _value(PREFIX + name, text, kind)
    return found


def _value(variable: str, text: str, kind: type) -> Any:
    if kind is bool:
        if text.lower() not in BOOLEANS:
            raise UsageError(f"{variable} is {text!r}; it is one of {', '.join(BOOLEANS)}.")
        return BOOLEANS[text.lower()]
    if kind is int:
        if not text.isdecimal():
            raise UsageError(f"{variable} is {text!r}; it is a number.")
        return int(text)
    return text.split() if kind is list else text


def check(config: Mapping[str, Any]) -> None:
    """Raises UsageError for settings that an app must not start with."""
    key = config.get("SECRET_KEY") or ""
    if len(key) < SHORTEST_KEY:
        raise UsageError(
            f"{PREFIX}SECRET_KEY is missing or shorter than {SHORTEST_KEY} characters. Make one with "
            f'`python -c "import secrets; print(secrets.token_hex())"` and keep it secret.'
        )
    if (url := config["PUBLIC_URL"]) and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise UsageError(f"{PREFIX}PUBLIC_URL is {url!r}; it is an address such as https://assay.example.org.")
    if not config.get("SQLALCHEMY_DATABASE_URI"):
        raise UsageError(f"{PREFIX}DATABASE_URL is missing, such as sqlite:////var/lib/assay/assay.db.")
