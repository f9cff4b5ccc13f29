"""Markdown of ours as HTML. Text of a submission never comes here."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

HEADING_SHIFT = 2  # a text's first heading stands below the report's own <h2>


def _code(text: str, language: str, _attributes: str) -> str:
    """A code block with a class per token. With an unknown language the caller escapes it as it is."""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return ""
    return str(highlight(text, lexer, HtmlFormatter(nowrap=True)))


@cache
def _markdown() -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "highlight": _code}
    return MarkdownIt("commonmark", options).enable("table").disable(["image", "autolink"])


def to_html(markdown: str) -> Markup:
    """A text of ours as HTML blocks. Raw HTML in it is shown as text; images are not made."""
    parser = _markdown()
    environment: dict[str, object] = {}
    tokens = parser.parse(markdown.strip(), environment)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + HEADING_SHIFT, 6)}"
    return Markup(parser.renderer.render(tokens, parser.options, environment))  # noqa: S704


def to_inline_html(markdown: str) -> Markup:
    """One sentence of ours, without a paragraph around it."""
    return Markup(_markdown().renderInline(markdown.strip()))  # noqa: S704
