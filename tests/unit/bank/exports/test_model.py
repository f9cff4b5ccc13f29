"""What is exported, in which order, and what never is."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from harness.bank.exports.formats import FORMATS
from harness.domain.content import Level, Pool
from harness.domain.errors import UsageError
from tests.unit.bank.exports.samples import NASTY, export, nasty_library, render, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from harness.bank.exports.model import Export


def test_drafts_are_never_exported_and_exam_items_only_as_such(tmp_path: Path) -> None:
    library = nasty_library(tmp_path)
    practice = {item.question.slug for item in export(library).items}
    assert practice == {*NASTY, *(f"multi-{count}" for count in range(1, 6))}
    assert [item.question.slug for item in export(library, Pool.EXAM).items] == ["secret"]
    for name in FORMATS:
        data = render(name, export(library))
        plain = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in names(data)) if names(data) else data
        assert b"EXAM ITEM" not in plain
        assert b"A DRAFT" not in plain


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist() if data.startswith(b"PK") else []


def test_items_stand_by_topic_in_the_order_of_the_bank() -> None:
    sample = export(shipped())
    topics = [topic.slug for topic, _ in sample.topics()]
    assert topics == [slug for slug in shipped().topics if slug in topics]
    assert sum(len(items) for _, items in sample.topics()) == len(sample.items)


def test_letters_are_spread_evenly(sample: Export) -> None:
    counts = Counter(letter for item in sample.items for letter in item.letters)
    assert max(counts.values()) - min(counts[letter] for letter in "ABCDEF") <= 1


def test_topics_and_levels_narrow_it_down(tmp_path: Path) -> None:
    library = nasty_library(tmp_path)
    assert len(export(library, Pool.PRACTICE, "contexts").items) == len(NASTY) + 5
    with pytest.raises(UsageError, match="There is no topic 'context'"):
        export(library, Pool.PRACTICE, "context")
    with pytest.raises(UsageError, match="no published question"):
        export(library, Pool.PRACTICE, "later")
    assert {item.question.level for item in export(library).items} == {Level.SENIOR}
