"""The texts of a question as a reader meets them: where each stands, and the code blocks in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.token import Token

    from harness.domain.content import Question

MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Text:
    """One Markdown text of a question; ``place`` names it for an author."""

    place: str
    markdown: str

    @property
    def tokens(self) -> list[Token]:
        return MARKDOWN.parse(self.markdown)


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block: the language that it names, and its lines."""

    place: str
    language: str
    source: str


def texts_of(question: Question) -> Iterator[Text]:
    """The stem, the explanation, and what each option says and why."""
    yield Text("stem", question.stem)
    yield Text("explanation", question.explanation)
    for option in question.options:
        yield Text(f"option {option.id!r}", option.text)
        yield Text(f"`why` of option {option.id!r}", option.why)


def code_of(question: Question) -> Iterator[Code]:
    """The fenced blocks of all its texts."""
    for text in texts_of(question):
        for token in text.tokens:
            if token.type == "fence":
                yield Code(text.place, token.info.strip(), token.content)
