"""The Markdown that texts of ours are written in: CommonMark with tables; raw HTML is text, images are not made."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


@cache
def parser(*, highlighted: bool) -> MarkdownIt:
    """The one parser; ``highlighted`` code has a class per token, as Pygments names them."""
    options = {"html": False, "linkify": False, "typographer": False, "highlight": _highlight if highlighted else None}
    return MarkdownIt("commonmark", options).enable("table").disable(["image", "autolink"])


def _highlight(text: str, language: str, _attributes: str) -> str:
    """Code with a class per token; nothing for an unknown language, and the caller escapes it as it is."""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return ""
    return str(highlight(text, lexer, HtmlFormatter(nowrap=True)))
