"""How templates show things: Markdown of ours, moments, numbers, and the menu of whoever is logged in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from harness.domain.content import Domain
from harness.reports.prose import to_html, to_inline_html
from harness.services import pseudonyms
from harness.store.columns import now
from harness.web.access import RULES, people
from harness.web.attempting.paths import way_out
from harness.web.security import style_nonce

if TYPE_CHECKING:
    from flask import Flask

MENU = (  # shown to those whom access.RULES let in
    ("Home", "home.index"),
    ("Assessments", "assessments.index"),
    ("Grading", "grading.index"),
    ("Practice", "practice.index"),
    ("Appeals", "appeals.index"),
    ("People", "people.index"),
)

DOMAINS = {
    Domain.FUNDAMENTALS: "Fundamentals",
    Domain.ORM: "Databases",
    Domain.APIS: "APIs",
    Domain.SECURITY: "Security",
    Domain.DEVOPS: "Operations",
}

reports = Blueprint("reports", "harness.reports", static_folder="static", static_url_path="/reports/static")


def init_app(app: Flask) -> None:
    app.register_blueprint(reports)
    app.url_defaults(name_version)
    app.jinja_env.filters.update(prose=to_html, sentence=to_inline_html, gist=gist, moment=moment, number=number)
    app.jinja_env.globals.update(
        DOMAINS=DOMAINS,
        menu=menu,
        csrf=csrf_field,
        described=described,
        name_of=pseudonyms.name_of,
        shown_name=pseudonyms.shown_name,
        shown_email=pseudonyms.shown_email,
        now=now,
        style_nonce=style_nonce,
        way_out=way_out,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def name_version(endpoint: str, values: dict[str, Any]) -> None:
    """A static file's address names its version, so that browsers may keep it for long."""
    folder = {"static": current_app.static_folder, "reports.static": reports.static_folder}.get(endpoint)
    if folder and "filename" in values:
        values["v"] = _version(f"{folder}/{values['filename']}")


@cache
def _version(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


def menu() -> list[tuple[str, str]]:
    """Labels and endpoints that this person may open."""
    mine = people() if current_user.is_authenticated else set()
    return [(label, endpoint) for label, endpoint in MENU if RULES[endpoint] & mine]


def csrf_field() -> Markup:
    """The hidden field that every form of ours has."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def moment(when: datetime) -> Markup:
    """A ``<time>`` in UTC, which the page's script turns into the reader's zone."""
    return Markup('<time datetime="{}">{} {}</time>').format(
        when.isoformat(timespec="seconds"), when.day, when.strftime("%B %Y, %H:%M UTC")
    )


def number(value: float) -> str:
    """A score as people write it: 75, 66.7."""
    return f"{value:g}"


def gist(markdown: str) -> str:
    """How a longer text of ours begins, as plain text."""
    return shorten(to_inline_html(markdown.strip().partition("\n\n")[0]).striptags(), 110, placeholder=" …")


def described(attributes: dict[str, Any], about: list[str], errors: list[str]) -> dict[str, Any]:
    """A field's attributes, and which elements describe it to a screen reader. What is wrong comes into focus."""
    extra = {"aria-describedby": " ".join(about)} if about else {}
    return attributes | extra | ({"aria-invalid": "true", "autofocus": True} if errors else {})
