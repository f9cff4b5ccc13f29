"""Anki packages, imported by Anki's own library."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from bs4 import BeautifulSoup

from harness.bank.exports.markup import to_html
from tests.unit.bank.exports.samples import MADE, both, render, seen, texts, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.bank.exports.model import Export


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def bring_in(collection: Collection, folder: Path, data: bytes) -> tuple[int, int, int]:
    """Imports a package; how many notes were new, updated, unchanged."""
    package = folder / "bank.apkg"
    package.write_bytes(data)
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    return len(log.new), len(log.updated), len(log.duplicate)


def entries(html: str) -> list[str]:
    listed = BeautifulSoup(html, "html.parser").ol
    assert listed is not None
    return [entry.decode_contents() for entry in listed.find_all("li", recursive=False)]


def test_anki_gives_back_what_went_in(sample: Export, collection: Collection, tmp_path: Path) -> None:
    assert bring_in(collection, tmp_path, both("anki", sample)) == (len(sample.items), 0, 0)
    notes = {note["Id"]: note for note in map(collection.get_note, collection.find_notes(""))}
    assert len(notes) == len(sample.items)
    for item in sample.items:
        note = notes[item.question.id]
        options, reasons = entries(note["Options"]), entries(note["Reasons"])
        assert note["Right"] == ", ".join(item.letters)
        marks = [BeautifulSoup(reason, "html.parser").span for reason in reasons]
        assert [mark.get_text() == "✓" for mark in marks if mark] == [option.correct for option in item.options]
        reasons = [re.sub('^<span class="mark">.</span>', "", reason) for reason in reasons]
        parts = [note["Stem"], note["Explanation"], *(p for pair in zip(options, reasons, strict=True) for p in pair)]
        assert [seen(part) for part in parts] == [seen(to_html(markdown)) for markdown in texts(item)]
        assert unescape(note["References"]) == "; ".join(item.question.references)
        (card,) = note.cards()
        assert visible_text(note["Explanation"]) in visible_text(card.answer())
        assert visible_text(note["Explanation"]) not in visible_text(card.question())
    assert not collection.media.check().missing


def test_importing_into_anki_again_updates_the_notes(nasty: Export, collection: Collection, tmp_path: Path) -> None:
    count = len(nasty.items)
    assert bring_in(collection, tmp_path, render("anki", nasty)) == (count, 0, 0)
    assert bring_in(collection, tmp_path, render("anki", nasty)) == (0, 0, count)
    item = nasty.items[0]
    mended = replace(item, question=replace(item.question, stem="Mended"))
    later = replace(nasty, made=MADE.replace(year=2027), items=(mended, *nasty.items[1:]))
    new, updated, _ = bring_in(collection, tmp_path, render("anki", later))
    assert (new, updated > 0) == (0, True)
    (found,) = collection.find_notes("Stem:*Mended*")
    assert collection.get_note(found)["Id"] == item.question.id


def test_anki_finds_no_sound_and_no_latex_in_code(nasty: Export, collection: Collection, tmp_path: Path) -> None:
    bring_in(collection, tmp_path, render("anki", nasty))
    (found,) = collection.find_notes("Id:contexts/sounds")
    note = collection.get_note(found)
    (card,) = note.cards()
    assert not card.question_av_tags()
    assert "[sound:x.mp3] [latex]x[/latex] [$]x[/$]" in visible_text(card.question())
