"""The questions that ship: nothing that `assay bank lint` says of a single question stands against them."""

from __future__ import annotations

from harness.bank.lint import lint
from harness.content.library import load_library


def test_no_question_has_a_fault():
    # What binds topics and the whole bank, its numbers above all, is open while the bank grows.
    assert [str(found) for found in lint(load_library()) if "/questions/" in found.where] == []
