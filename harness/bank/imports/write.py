"""Writes found questions as folders of our format: drafts, marked as unproven."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harness.content.public import QuestionKind
from harness.domain.content import Level, Status
from harness.domain.errors import UsageError

if TYPE_CHECKING:
    from harness.bank.imports.model import Found, FoundOption

STEM_WORDS, OPTION_WORDS = 7, 5
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
# What a literal string of TOML can't hold.
_NO_LITERAL = re.compile("'''|[\x00-\x08\x0b-\x1f\x7f]")


def write(found: Sequence[Found], questions: Path, level: Level) -> list[Path]:
    """A folder below ``questions`` for each of ``found``; the folders that are there are left alone.

    ``level`` is for questions whose file names none. Returns the new folders. Raises UsageError
    if one can't be written.
    """
    folders = []
    try:
        questions.mkdir(parents=True, exist_ok=True)
        taken = {folder.name for folder in questions.iterdir()}
        for question in found:
            slug = unique(slugify(_FENCE.sub(" ", question.name) or question.name, STEM_WORDS, "question"), taken)
            taken.add(slug)
            folder = questions / slug
            folder.mkdir()
            folder.joinpath("question.toml").write_text(as_toml(question, level), encoding="utf-8")
            folders.append(folder)
    except OSError as fault:
        done = f"{len(folders)} of {len(found)} questions are in {questions}."
        raise UsageError(f"{fault.filename} can't be written: {fault.strerror}. {done}") from fault
    return folders


def slugify(text: str, words: int, stand_in: str) -> str:
    """The first words of ``text`` as an id: lower-case ASCII letters, digits and hyphens, a letter first."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall("[a-z0-9]+", plain)[:words]
    while parts and not parts[0][0].isalpha():
        parts.pop(0)
    return "-".join(parts)[:60].rstrip("-") or stand_in


def unique(slug: str, taken: Collection[str]) -> str:
    """``slug``, or the first of ``slug-2``, ``slug-3`` … that is not taken."""
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name


def as_toml(found: Found, level: Level) -> str:
    """The text of ``question.toml``."""
    comments = (
        f"Imported from {found.where}. Unproven: nothing of it was run or looked up.",
        found.note,
        "Before it is published: name its concepts, check its level, and write evidence.py.",
    )
    lines = [f"# {' '.join(comment.split())}" for comment in comments if comment]
    lines += [
        f"kind = {_basic(QuestionKind.MULTI if found.multi else QuestionKind.SINGLE)}",
        f"level = {_basic(found.level or level)}",
        f"pool = {_basic(found.pool)}",
        f"status = {_basic(Status.DRAFT)}",
        "concepts = []",
        *(["references = [", *(f"    {_basic(name)}," for name in found.references), "]"] if found.references else []),
        f"stem = {_text(found.stem, block=True)}",
        f"explanation = {_text(found.explanation, block=True)}",
    ]
    taken: set[str] = set()
    for option in found.options:
        lines += _option(option, taken)
    return "\n".join(lines) + "\n"


def _option(option: FoundOption, taken: set[str]) -> list[str]:
    slug = unique(slugify(option.text, OPTION_WORDS, "option"), taken)
    taken.add(slug)
    return [
        "",
        "[[options]]",
        f"id = {_basic(slug)}",
        *(["correct = true"] if option.correct else []),
        f"text = {_text(option.text)}",
        f"why = {_text(option.why)}",
    ]


def _text(text: str, *, block: bool = False) -> str:
    """A TOML string, as readable as it can be."""
    if _NO_LITERAL.search(text):
        return _basic(text)
    return f"'''\n{text}\n'''" if block else f"'''{text}'''"


def _basic(text: str) -> str:
    """A basic string of TOML. JSON's escapes are among its own; it wants DEL escaped too."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
