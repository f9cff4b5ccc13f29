"""Markdown of ours as HTML. Text of a submission never comes here."""

from __future__ import annotations

from markupsafe import Markup

from harness.markdown import parser

HEADING_SHIFT = 2  # a text's first heading stands below the report's own <h2>


def to_html(markdown: str) -> Markup:
    """A text of ours as HTML blocks. Raw HTML in it is shown as text; images are not made."""
    ours = parser(highlighted=True)
    environment: dict[str, object] = {}
    tokens = ours.parse(markdown.strip(), environment)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + HEADING_SHIFT, 6)}"
    return Markup(ours.renderer.render(tokens, ours.options, environment))  # noqa: S704


def to_inline_html(markdown: str) -> Markup:
    """One sentence of ours, without a paragraph around it."""
    return Markup(parser(highlighted=True).renderInline(markdown.strip()))  # noqa: S704
