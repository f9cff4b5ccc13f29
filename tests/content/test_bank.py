"""The bank that ships: nothing that `assay bank lint` says against a question, a topic or the whole of it."""

from __future__ import annotations

from harness.bank.lint import lint
from harness.content.diagnostics import Severity
from harness.content.library import load_library


def test_the_bank_has_no_fault():
    assert [str(found) for found in lint(load_library()) if found.severity is Severity.ERROR] == []
