"""Anki: an .apkg package by genanki, with a deck per topic and a card per question.

Ids of decks, of the kind of note and of notes are stable: importing again updates cards and keeps what was learned.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from html import escape
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

import genanki  # type: ignore[import-untyped]

from harness.bank.exports.canvas import zipped
from harness.bank.exports.markup import to_html

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item
    from harness.domain.content import Option

FIELDS = ("Id", "Level", "Stem", "Task", "Options", "Right", "Reasons", "Explanation", "References")
ONE, SEVERAL = "Choose one.", "Choose all that apply."
# Anki takes these marks for sounds and LaTeX, wherever in a field they stand.
_ACTING = re.compile(r"\[(?=/?(sound:|latex\]|\$))", re.IGNORECASE)

FRONT = """<div class="kicker">{{Level}}</div>
<div class="stem">{{Stem}}</div>
<p class="task">{{Task}}</p>
{{Options}}"""
BACK = """{{FrontSide}}
<hr id="answer">
<p class="right">Right: {{Right}}</p>
<div class="explanation">{{Explanation}}</div>
{{Reasons}}
<div class="references">{{References}}</div>"""


def render(export: Export) -> bytes:
    """The package: a zip file with an SQLite database in it."""
    model = _model()
    decks = []
    for topic, items in export.topics():
        deck = genanki.Deck(stable_id("deck", export.pool, topic.slug), f"{export.title}::{topic.title}")
        for item in items:
            deck.add_note(_note(model, item))
        decks.append(deck)
    # genanki's own writer leaves a temporary file behind.
    with closing(sqlite3.connect(":memory:")) as database:
        made = export.made.timestamp()
        genanki.Package(decks).write_to_db(database.cursor(), made, count(int(made * 1000)))
        database.commit()
        return zipped({"collection.anki2": database.serialize(), "media": b"{}"})


def stable_id(*names: str) -> int:
    """An id as Anki wants it, a positive number of 31 bits, that hangs on ``names`` only."""
    digest = hashlib.sha256("/".join(("assay", *names)).encode()).digest()
    return 1 << 30 | int.from_bytes(digest[:4]) >> 2


def _model() -> genanki.Model:
    return genanki.Model(
        stable_id("model", "1"),
        "assay question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=files("harness.bank.exports").joinpath("templates/anki.css").read_text("utf-8"),
        sort_field_index=0,
    )


def _note(model: genanki.Model, item: Item) -> genanki.Note:
    question = item.question
    fields = (
        question.id,
        f"{item.topic.title} · {question.level}",
        to_html(question.stem, highlighted=True),
        SEVERAL if item.multi else ONE,
        _list("options", (to_html(option.text, highlighted=True) for option in item.options)),
        ", ".join(item.letters),
        _list("reasons", (_reason(option) for option in item.options)),
        to_html(question.explanation, highlighted=True),
        "; ".join(escape(reference, quote=False) for reference in question.references),
    )
    return genanki.Note(
        model=model,
        fields=[_ACTING.sub("&#91;", field) for field in fields],
        guid=genanki.guid_for("assay", question.id),
        tags=[f"assay::{question.topic}", f"assay::{question.level}"],
    )


def _reason(option: Option) -> str:
    mark = "✓" if option.correct else "✗"
    return f'<span class="mark">{mark}</span>{to_html(option.why, highlighted=True)}'


def _list(name: str, entries: Iterable[str]) -> str:
    """A list with letters."""
    return f'<ol class="{name}">' + "".join(f"<li>{entry}</li>" for entry in entries) + "</ol>"
