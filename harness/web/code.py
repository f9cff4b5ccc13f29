"""Code of a submission as pages show it: lines with numbers and colours, what changed, and where a traceback points.

All of it is a stranger's text. It is made inert first, then highlighted by a class per token; only lexers that are
known to be quick are used, and only on so much text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from harness.domain.packs import unpack
from harness.reports.inert import inert, inert_line
from harness.services.comments import lines_of

if TYPE_CHECKING:
    from harness.services.reporting import Try
    from harness.store.models import Comment

MOST_LINES = 3_000  # of one file are shown
MOST_CHARACTERS = 200_000  # of one file are shown
MOST_COLOURED = 120_000  # characters of a submission
AROUND = 3  # lines around a change, or a comment
# By a file's ending its lexer, and how many characters of one file it may colour. Found by trying texts that are made
# to be slow: within these none takes a second. That of .ini files takes a minute for a row of equals signs.
LEXERS = {
    ".py": ("python", 60_000),
    ".html": ("html+jinja", 8_000),
    ".j2": ("html+jinja", 8_000),
    ".toml": ("toml", 60_000),
    ".json": ("json", 60_000),
    ".sql": ("sql", 60_000),
}
# "File "/srv/app/app.py", line 3", as Python writes it, and "tests/test_app.py:3: ", as pytest does
POINTER = re.compile(
    r'File "(?:/srv/app/)?(?P<file>[^"\n]{1,400})", line (?P<line>\d{1,6})|^(?P<path>[^\s:]{1,400}):(?P<at>\d{1,6}):',
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class File:
    """One file. ``number`` is its place among the submission's files, by which a page's anchors call it.

    ``left_out`` counts the lines at its end that are not shown; ``origin`` says how it stands to the starter.
    """

    number: int
    path: str
    shown: str  # the path, inert
    lines: tuple[Markup, ...]
    left_out: int
    origin: str  # "new", "changed" or "starter": as it was given


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of a difference: ``kind`` is "same", "added", "removed" or "gap"; numbers are None where there is none."""

    kind: str
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a file of the starter, or a new one."""

    number: int
    shown: str
    kind: str  # "changed", "new", "removed", "same"
    lines: tuple[Changed, ...]
    added: int
    removed: int


def text_of(data: bytes) -> str:
    """A file's text, inert, its lines as Python counts them."""
    lines = "\n".join(lines_of(data.decode("utf-8", "backslashreplace")))
    return inert(lines, len(lines) + 1)


def files_of(packed: bytes, starter: Mapping[str, str]) -> list[File]:
    """A submission's files: those that the candidate wrote or changed first, then what is as it was given."""
    found, left = [], MOST_COLOURED
    for number, (path, data) in enumerate(unpack(packed).items()):
        lines, left_out = shown_lines(path, data, in_colour=len(data) <= left)
        left -= min(len(data), left)
        given = starter.get(path)
        origin = "new" if given is None else "starter" if given.encode() == data else "changed"
        found.append(File(number, path, inert_line(path), lines, left_out, origin))
    return sorted(found, key=lambda one: (one.origin == "starter", one.number))


@lru_cache(maxsize=32)
def shown_lines(path: str, data: bytes, *, in_colour: bool = True) -> tuple[tuple[Markup, ...], int]:
    """A file's lines as HTML, and how many more it has."""
    every = text_of(data).split("\n")
    lines = every[:MOST_LINES]
    while len(lines) > 1 and sum(map(len, lines)) > MOST_CHARACTERS:
        lines = lines[: len(lines) // 2]
    text = "\n".join(lines)[:MOST_CHARACTERS]
    plain = tuple(escape(line) for line in text.split("\n"))
    name, most = LEXERS.get(PurePosixPath(path).suffix.lower(), ("", 0))
    if not name or not in_colour or len(text) > most:
        return plain, len(every) - len(lines)
    lexer = get_lexer_by_name(name, stripnl=False, ensurenl=True)
    made = str(highlight(text, lexer, HtmlFormatter(nowrap=True))).removesuffix("\n").split("\n")
    # a lexer that counts lines otherwise would put numbers, and comments, beside others
    shown = tuple(Markup(line) for line in made) if len(made) == len(plain) else plain  # noqa: S704 - Pygments escapes
    return shown, len(every) - len(lines)


def pointed(text: str, files: Mapping[str, int], lines: Mapping[str, int]) -> Markup:
    """A traceback, in which every line of the submission's own files is a link to it.

    ``files`` are the numbers of the files, ``lines`` how many of their lines are shown.
    """
    made, end = Markup(), 0
    for match in POINTER.finditer(text):
        path, at = match["file"] or match["path"], int(match["line"] or match["at"])
        path = path.removeprefix("./")
        if path in files and 1 <= at <= lines[path]:
            made += escape(text[end : match.start()])
            made += Markup('<a href="#L{}-{}">{}</a>').format(files[path], at, match.group())
            end = match.end()
    return made + escape(text[end:])


def differences(packed: bytes, starter: Mapping[str, str]) -> list[Difference]:
    """How a submission differs from what its candidate began with, file by file; what is the same comes last.

    Public tests need not be handed in: those that were not are left out.
    """
    handed_in = unpack(packed)
    given = {path for path in starter if path in handed_in or not path.startswith("tests/")}
    names = sorted(handed_in.keys() | given, key=lambda path: (path not in handed_in, path))
    found = [_difference(number, path, handed_in, starter) for number, path in enumerate(names)]
    order = {"changed": 0, "new": 1, "removed": 2, "same": 3}
    return sorted(found, key=lambda one: (order[one.kind], one.number))


def _difference(number: int, path: str, handed_in: Mapping[str, bytes], starter: Mapping[str, str]) -> Difference:
    before = text_of(starter[path].encode()).split("\n")[:MOST_LINES] if path in starter else []
    after = text_of(handed_in[path]).split("\n")[:MOST_LINES] if path in handed_in else []
    kind = "new" if path not in starter else "removed" if path not in handed_in else "changed"
    if path in starter and path in handed_in and starter[path].encode() == handed_in[path]:
        return Difference(number, inert_line(path), "same", (), 0, 0)
    lines = tuple(_lines(before, after))
    added, removed = (sum(one.kind == name for one in lines) for name in ("added", "removed"))
    return Difference(number, inert_line(path), kind, lines, added, removed)


def _lines(before: Sequence[str], after: Sequence[str]) -> Sequence[Changed]:
    found: list[Changed] = []
    end = (0, 0)
    for group in difflib.SequenceMatcher(None, before, after).get_grouped_opcodes(AROUND):
        if (group[0][1], group[0][3]) != end:
            found.append(Changed("gap", None, None, ""))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                found += [Changed("same", i + 1, i - i1 + j1 + 1, before[i]) for i in range(i1, i2)]
            else:
                found += [Changed("removed", i + 1, None, before[i]) for i in range(i1, i2)]
                found += [Changed("added", None, j + 1, after[j]) for j in range(j1, j2)]
            end = (i2, j2)
    if found and end != (len(before), len(after)):
        found.append(Changed("gap", None, None, ""))
    return found


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines that a comment is about, with those around them."""

    shown: str
    first: int  # number of the first line
    lines: tuple[Markup, ...]
    about: Collection[int]


def excerpt(packed: bytes, path: str, first: int, last: int) -> Excerpt | None:
    """Some lines of a file; None where they are not shown anywhere."""
    data = unpack(packed).get(path)
    if data is None:
        return None
    lines, _ = shown_lines(path, data)
    start = max(1, first - AROUND)
    return Excerpt(inert_line(path), start, lines[start - 1 : last + AROUND], range(first, last + 1))


def with_excerpts(comments: Iterable[tuple[Try, Comment]]) -> list[tuple[Try, Comment, Excerpt | None]]:
    """Comments on submissions, each with the lines that it is about."""
    return [
        (one, comment, excerpt(one.submission.blob.content, comment.path, comment.first, comment.last))
        for one, comment in comments
    ]
