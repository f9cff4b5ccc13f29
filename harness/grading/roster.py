"""Who was expected to hand something in: a CSV that maps people to the names of their submissions."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from harness.domain.errors import UsageError

COLUMNS = ("name", "submission")


def read_roster(path: Path) -> dict[str, str]:
    """Submission names (as ``key``) to people. Raises UsageError, naming the line at fault."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The roster {path} can't be read: {error}.") from error
    people: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        if not all((row.get(column) or "").strip() for column in COLUMNS):
            raise UsageError(f"{path}, line {number}: the columns `name` and `submission` must both be filled in.")
        name = key(row["submission"])
        if name in people:
            raise UsageError(f"{path}, line {number}: the submission {row['submission']!r} stands there twice.")
        people[name] = row["name"].strip()
    if not people:
        raise UsageError(f"The roster {path} names nobody: it needs the columns `name` and `submission`.")
    return people


def key(name: str) -> str:
    """What two spellings of a submission's name have in common: case, Unicode form and an archive's ending don't."""
    folded = unicodedata.normalize("NFC", name).casefold().strip()
    return re.sub(r"(\.zip|\.tar\.gz|\.tgz)$", "", folded)


def missing(people: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The people without a submission, in the roster's order."""
    there = {key(name) for name in names}
    return [person for name, person in people.items() if name not in there]
