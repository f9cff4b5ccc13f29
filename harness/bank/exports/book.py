"""A book to print: one HTML file, light, that loads nothing. With answers, each chapter ends with its explanations."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from importlib.resources import files
from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from harness.bank.exports.markup import to_html

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


def render(export: Export, *, answers: bool = False) -> bytes:
    """The page."""
    css = files("harness.bank.exports").joinpath("templates/book.css").read_text("utf-8")
    number = count(1)
    chapters = [(topic, [(next(number), item) for item in items]) for topic, items in export.topics()]
    page = _template().render(
        export=export,
        chapters=chapters,
        answers=answers,
        css=Markup(css),  # noqa: S704  # ours
        digest=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        letters=ascii_uppercase,
    )
    return page.encode("utf-8", "replace")


render_with_answers = partial(render, answers=True)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("harness.bank.exports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["prose"] = _prose
    return environment.get_template("book.html")


def _prose(markdown: str) -> Markup:
    return Markup(to_html(markdown, highlighted=True))  # noqa: S704  # the renderer escapes
