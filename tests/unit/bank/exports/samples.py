"""What the formats are tried with: every question that ships, and made-up ones full of what formats stumble over."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache, partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from harness.bank.exports.formats import FORMATS
from harness.bank.exports.markup import explained, to_html
from harness.bank.exports.model import Export, Item, collect
from harness.bank.selection import Filter
from harness.content.library import Library, load_library
from harness.domain.content import Pool
from tests.unit.content.factory import OPTIONS, topic_text, write

if TYPE_CHECKING:
    from pathlib import Path

MOODLE_FRACTIONS = {"100", "50", "33.33333", "25", "20", "16.66667", "0", "-100"}  # of those that Moodle knows
MADE = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)

NASTY = {
    "tag": "<int:id>",
    "closing-tag": "</text></question><script>alert(1)</script>",
    "comment": "<!-- gone? -->",
    "jinja": "{{ x }} {% y %} {# z #} {{c1::cloze}}",
    "gift": "~=#{}: ~%100%x #### -> :: \\~ \\= \\# \\{ \\} \\: \\n",
    "gift-end": "} a\n\n::b:: c{",
    "gift-lines": "$CATEGORY: x\n// no comment",
    "quotes": "\"double\" 'single' '''three''' \"\"\"three\"\"\" ,;",
    "backslashes": r"\ \\ \\\ C:\new\table \" r'\d+' \x00",
    "cdata": "<![CDATA[ a ]]> ]]> b",
    "emoji": "🦊 é 漢字 👩‍👩‍👧 \u0301",
    "tabs": "\tone\n\t\ttwo\tthree",
    "leading": "    four\n        eight\n\n\n    four again",
    "blank-lines": "\n\nfirst\n\n\nlast\n\n",
    "spaces": "a  b   c",
    "entities": "&lt; &amp;lt; &nbsp; &#60; &copy &",
    "marks-of-ours": "a ⏎ b ⏎⏎ c ⇥\u00a0\u00a0d\u2028e",
    "sounds": "[sound:x.mp3] [latex]x[/latex] [$]x[/$]",
    "mathematics": r"\( x \) \[ y \] $$ z $$",
    "markdown": "*a* **b** __c__ [d](e) ![f](g) # h",
    "formula": "=1+1 @x +x -x",
    "long": "\n".join(f"value_{number} = compute({number}, flag=True)  # {'x' * 60}" for number in range(400)),
}


def code(raw: str, number: int) -> str:
    """``raw`` as code within a line, which holds no line breaks."""
    return f"Case {number}: `{first_line(raw)}` is shown."


def nasty_stem(raw: str) -> str:
    wrapped = "It is *wrapped* over\nlines, with **marks**\\* and"
    return f"What does this show, 1 < 2 & 3 > 2?\n\n~~~text\n{raw}\n~~~\n\n{wrapped} `{first_line(raw)}`."


def first_line(raw: str) -> str:
    return raw.lstrip("\n").split("\n")[0]


def nasty_explanation(raw: str) -> str:
    listed = f"- one\n- two:\n\n  ```text\n  {code(raw, 9)}\n  ```"
    return f"All of it:\n\n```python\n{raw}\n```\n\n{listed}"


def question_toml(raw: str, *, kind: str = "single", right: tuple[int, ...] = (0,), more: str = "") -> str:
    text = partial(json.dumps, ensure_ascii=False)  # its escapes are TOML's too
    references = ["Documentation: <b>, `x_y_z`; A & B *c* [d]", "Another: one"]
    rows = [
        f'kind = "{kind}"\nlevel = "senior"\nconcepts = ["lifetime"]\n{more}references = {text(references)}',
        f"stem = {text(nasty_stem(raw))}\nexplanation = {text(nasty_explanation(raw))}",
    ]
    for number, name in enumerate(OPTIONS):
        why = f"{nasty_stem(raw)} {name}"
        rows.append(f'[[options]]\nid = "{name}"\ntext = {text(code(raw, number))}\nwhy = {text(why)}')
        if number in right:
            rows.append("correct = true")
    return "\n".join(rows)


@cache
def nasty_library(root: Path) -> Library:
    """A content root with a question for each of ``NASTY``, multi-selects, and what must never be exported."""
    write(
        root, "challenges/contexts/topic.toml", topic_text().replace('"Contexts"', '"Contexts / <b>~g: {x}</b> & more"')
    )
    folder = "challenges/contexts/questions"
    for name, raw in NASTY.items():
        write(root, f"{folder}/{name}/question.toml", question_toml(raw))
    for count in range(1, 6):
        toml = question_toml(f"<{count}>", kind="multi", right=tuple(range(count)))
        write(root, f"{folder}/multi-{count}/question.toml", toml)
    write(root, f"{folder}/secret/question.toml", question_toml("EXAM ITEM", more='pool = "exam"\n'))
    write(root, f"{folder}/unfinished/question.toml", question_toml("A DRAFT", more='status = "draft"\n'))
    write(root, "challenges/later/topic.toml", topic_text("draft"))
    write(root, "challenges/later/questions/unseen/question.toml", question_toml("A DRAFT"))
    library = load_library([root])
    assert library.diagnostics == ()
    return library


@cache
def shipped() -> Library:
    return load_library()


def export(library: Library, pool: Pool = Pool.PRACTICE, *topics: str) -> Export:
    return collect(library, pool, Filter(topics=topics), MADE)


def texts(item: Item) -> list[str]:
    """The Markdown texts of a question, in the order in which formats show them."""
    question = item.question
    return [question.stem, question.explanation, *(text for o in item.options for text in (o.text, o.why))]


INLINE = ("code", "em", "strong", "a")


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = "".join(value or "" for name, value in attrs if value and value.startswith("language-"))
        if tag != "span":  # colours
            self._open.append(tag)
            self.parts.append((f"<{tag}>", language))

    def handle_endtag(self, tag: str) -> None:
        if tag != "span" and tag in self._open:
            while self._open.pop() != tag:
                pass
            self.parts.append((f"</{tag}>", ""))

    def handle_data(self, data: str) -> None:
        kept = data if "code" in self._open else re.sub(r"[ \t\n]+", " ", data)
        if self.parts and self.parts[-1][0] == "text":
            kept = self.parts.pop()[1] + kept
        self.parts.append(("text", kept))


def seen(html: str) -> list[tuple[str, str]]:
    """What a reader sees of HTML: its structure and texts, code to the last space, prose as a browser folds it."""
    parts = [("", ""), *_Seen(html).parts, ("", "")]
    shown = []
    for before, (kind, text), after in zip(parts, parts[1:], parts[2:], strict=False):
        kept = text if before[0].strip("</>") in INLINE else text.lstrip(" ")
        kept = kept if after[0].strip("</>") in INLINE else kept.rstrip(" ")
        if kind != "text" or kept:
            shown.append((kind, kept))
    return shown


def visible_text(html: str) -> str:
    return " ".join(" ".join(text for kind, text in seen(html) if kind == "text").split())


def render(name: str, sample: Export) -> bytes:
    return FORMATS[name].render(sample)


def both(name: str, sample: Export) -> bytes:
    """The export, which is the same when it is made again."""
    data = render(name, sample)
    assert data == render(name, sample)
    return data


def expected_html(item: Item) -> list[list[tuple[str, str]]]:
    """What each text shows, the explanation with its references."""
    htmls = [to_html(markdown) for markdown in texts(item)]
    htmls[1] = explained(item.question.explanation, item.question.references)
    return [seen(html) for html in htmls]


def check_fractions(item: Item, fractions: list[str]) -> None:
    assert set(fractions) <= MOODLE_FRACTIONS
    assert [float(fraction) > 0 for fraction in fractions] == [option.correct for option in item.options]
    assert sum(float(fraction) for fraction in fractions if float(fraction) > 0) == pytest.approx(100, abs=0.001)
    wrong = {fraction for fraction in fractions if float(fraction) <= 0}
    assert wrong == ({"-100"} if item.multi else {"0"})
