"""Markdown of ours as HTML. Text of a submission never comes here."""

from __future__ import annotations

from markupsafe import Markup

from harness.markdown import parser


def to_html(markdown: str, below: int = 2) -> Markup:
    """A text of ours as HTML blocks; its headings stand below one of the level ``below``.

    Raw HTML in it is shown as text; images are not made.
    """
    ours = parser(highlighted=True)
    environment: dict[str, object] = {}
    tokens = ours.parse(markdown.strip(), environment)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + below, 6)}"
    return Markup(ours.renderer.render(tokens, ours.options, environment))  # noqa: S704


def to_inline_html(markdown: str) -> Markup:
    """One sentence of ours, without a paragraph around it."""
    return Markup(parser(highlighted=True).renderInline(markdown.strip()))  # noqa: S704
