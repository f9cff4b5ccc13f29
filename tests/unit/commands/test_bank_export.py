"""``assay bank export``."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from harness.bank.exports.formats import FORMATS
from harness.commands.bank_export import export
from harness.domain.errors import UsageError
from tests.unit.bank.exports.samples import NASTY, nasty_library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("content")
    nasty_library(root)
    return root


def run(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(export, [str(argument) for argument in arguments], obj=[root])


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written(form: str, root: Path, tmp_path: Path) -> None:
    output = tmp_path / f"bank{FORMATS[form].suffix}"
    result = run(root, "--format", form, "--output", output)
    assert result.exit_code == 0
    assert result.output == f"{len(NASTY) + 5} questions are in {output}.\n"
    assert output.stat().st_size > 1000


def test_help_says_what_the_formats_are_and_what_becomes_of_a_file_that_is_there(root: Path) -> None:
    text = " ".join(run(root, "--help").output.split())
    assert all(f"{name} {form.description}" in text for name, form in FORMATS.items())
    assert "A file of that name is replaced." in text
    assert "Exam questions are exported only when they are asked for." in text


def test_exam_items_only_when_asked_for(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "bank.json"
    output.write_text("old", encoding="utf-8")
    for pool, expected in (("practice", False), ("exam", True)):
        assert run(root, "--format", "json", "--output", output, "--pool", pool).exit_code == 0
        data = json.loads(output.read_text("utf-8"))
        assert {question["pool"] for question in data["questions"]} == {pool}
        assert ("contexts/secret" in {question["id"] for question in data["questions"]}) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--topic", "context"], "There is no topic 'context'"),
        (["--level", "junior"], "There is no published question"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(
    arguments: list[str], message: str, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "bank.json"
    result = run(root, "--format", "json", "--output", output, *arguments)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert not output.exists()


def test_levels_and_topics_may_be_several(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "bank.json"
    chosen = ["--level", "junior", "--level", "senior", "--topic", "contexts", "--topic", "contexts"]
    assert run(root, "--format", "json", "--output", output, *chosen).exit_code == 0


def test_a_folder_that_is_not_there_is_said(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "none" / "bank.json"
    result = run(root, "--format", "json", "--output", output)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == f"The export could not be written to {output}: {os.strerror(2)}."
