"""One submission as tokens, and the runs of tokens that are its own."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from pygments.lexers import PythonLexer
from pygments.token import Comment, Name, Number, String

RUN = 20  # tokens: shorter runs are how Flask is written; docs/likeness.md has what was measured
PYTHON = ".py"
OTHERS = (".html", ".htm", ".jinja", ".j2", ".xml", ".js", ".css", ".sql", ".mako", "Dockerfile")
BROUGHT = (".min.js", ".min.css")  # nobody wrote these for the task
WORD = re.compile(r"\w+|[^\w\s]")
NAME, NUMBER, TEXT = "name", "0", "text"  # what all of a kind are read as
NONE = 0  # in place of a run's mark where the file ends before a whole run

Files = Mapping[str, str]  # texts by their path


def is_code(path: str) -> bool:
    """Whether a file of this name is compared."""
    return path.endswith((PYTHON, *OTHERS)) and not path.endswith(BROUGHT)


class Reading:
    """A submission's tokens, file by file: their lines, and the mark of the run that begins at each.

    ``given`` are the marks of what the task hands out.
    """

    def __init__(self, files: Files, given: Collection[int] = frozenset()) -> None:
        self.given = given
        self.paths: list[str] = []
        self.starts: list[int] = []  # of each file
        self.first, self.last = array("l"), array("l")  # lines of each token, from 1 on
        self.marks = array("q")
        for path, text in sorted(files.items()):
            self._add(path, text)

    def _add(self, path: str, text: str) -> None:
        breaks = [match.start() for match in re.finditer("\n", text)]
        self.paths.append(path)
        self.starts.append(len(self.marks))
        said = []
        for start, token, value in tokens(path, text):
            first = 1 + bisect_left(breaks, start)
            said.append(token)
            self.first.append(first)
            self.last.append(first + value.count("\n"))
        self.marks.extend(hash(tuple(said[start : start + RUN])) or 1 for start in range(len(said) - RUN + 1))
        self.marks.extend([NONE] * min(RUN - 1, len(said)))

    def path_at(self, place: int) -> str:
        """The file of a token."""
        return self.paths[bisect_right(self.starts, place) - 1]

    @cached_property
    def own(self) -> int:
        """Which tokens are in no run that was handed out, as a bit each."""
        handed_out = covered(place for place, mark in enumerate(self.marks) if mark in self.given)
        return ((1 << len(self.marks)) - 1) & ~handed_out

    @cached_property
    def size(self) -> int:
        """How many tokens are its own."""
        return self.own.bit_count()

    @property
    def lines(self) -> int:
        """On how many lines a token of its own begins."""
        own = (place for place in range(len(self.marks)) if self.own >> place & 1)
        return len({(self.path_at(place), self.first[place]) for place in own})

    def places(self) -> Mapping[int, list[int]]:
        """Where each run begins that was not handed out, by its mark."""
        found: dict[int, list[int]] = {}
        for place, mark in enumerate(self.marks):
            if self.is_own(mark):
                found.setdefault(mark, []).append(place)
        return found

    def is_own(self, mark: int) -> bool:
        return mark != NONE and mark not in self.given


def covered(places: Iterable[int]) -> int:
    """The tokens of the runs that begin at these places, as a bit each."""
    run, found = (1 << RUN) - 1, 0
    for place in places:
        found |= run << place
    return found


def tokens(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Where each token begins, what it is read as, and its own text. Neighbouring pieces of a text are one token."""
    before = ""
    for start, said, value in _python(text) if path.endswith(PYTHON) else _words(text):
        if said != TEXT or before != TEXT:
            yield start, said, value
        before = said


def _python(text: str) -> Iterator[tuple[int, str, str]]:
    for start, kind, value in PythonLexer().get_tokens_unprocessed(text):
        if kind in Comment or kind in String.Doc or not value.strip():
            continue
        if kind in String:
            yield start, TEXT, value
        elif kind in Number:
            yield start, NUMBER, value
        elif kind in Name and kind not in Name.Builtin:
            yield start, NAME, value
        else:
            yield start, value.strip(), value


def _words(text: str) -> Iterator[tuple[int, str, str]]:
    for match in WORD.finditer(text):
        yield match.start(), match[0], match[0]
