"""Markdown of ours on a terminal: code in the terminal's own colours, and nothing that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, Token
from rich.markdown import CodeBlock, Heading, Markdown
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax
from rich.theme import Theme

from harness.reports.inert import inert

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

PROSE_WIDTH = 100  # longer lines are hard to read

THEME = Theme(
    {
        "markdown.code": "bold",
        "markdown.code_block": "none",
        "markdown.item.bullet": "none",
        "markdown.link": "none",
        "markdown.link_url": "underline",
        "markdown.h1": "bold",
        "markdown.h2": "bold",
    }
)

# Of the eight colours that each terminal sets itself, those that are read on light and on dark: no yellow, no plain
# blue, nothing bright. Weight tells keywords and names apart where there is no colour.
_CODE = ANSISyntaxTheme(
    {
        Token: Style(),
        Comment: Style(dim=True, italic=True),
        Keyword: Style(color="magenta", bold=True),
        Operator.Word: Style(color="magenta", bold=True),
        Name.Function: Style(bold=True),
        Name.Class: Style(bold=True),
        Name.Decorator: Style(color="cyan"),
        Name.Tag: Style(color="magenta"),
        Name.Builtin: Style(color="cyan"),
        Name.Exception: Style(color="cyan"),
        String: Style(color="green"),
        Number: Style(color="cyan"),
        Generic.Deleted: Style(color="red"),
        Generic.Inserted: Style(color="green"),
        Generic.Heading: Style(bold=True),
    }
)


class _LeftHeading(Heading):
    """A heading where the text begins, in place of the middle."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _PlainCode(CodeBlock):
    """A code block without the blank lines that rich puts around it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        yield Syntax(code, self.lexer_name, theme=_CODE, word_wrap=True, padding=(0, 0, 0, 2))


class _Prose(Markdown):
    elements = {**Markdown.elements, "heading_open": _LeftHeading, "fence": _PlainCode, "code_block": _PlainCode}  # noqa: RUF012

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # Once more where everything is laid out: Markdown has entities such as &#x202e;.
        for segment in console.render(_Laid(super().__rich_console__(console, options)), options):
            yield segment if segment.control else Segment(inert(segment.text), segment.style)


class _Laid:
    """Renderables, one after the other."""

    def __init__(self, parts: RenderResult) -> None:
        self.parts = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.parts


def prose(markdown: str, indent: int = 0) -> RenderableType:
    """Markdown of ours, indented. Control characters and writing directions in it are shown, not obeyed."""
    return Padding(_Prose(inert(markdown.strip()), hyperlinks=False), (0, 0, 0, indent))
