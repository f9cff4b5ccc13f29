"""Where two submissions have the same: passages, from line to line, on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from harness.likeness.reading import RUN, covered

if TYPE_CHECKING:
    from harness.likeness.reading import Files, Reading

MOST_STARTS = 50  # of the same run on the other side: what repeats itself more often is tried at the first ones


@dataclass(frozen=True, slots=True)
class Side:
    """From which line to which of a file, both included."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The same passage on both sides. ``wording`` is how alike it is letter by letter, names and comments included.

    That is rapidfuzz's ``ratio``, from 0 to 100. ``others`` are the further people who have the whole of it.
    """

    one: Side
    other: Side
    wording: float
    others: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many runs in a row that are the same on both sides, by the token at which they begin on each."""

    one: int
    other: int
    runs: int

    @property
    def turned(self) -> Stretch:
        return Stretch(self.other, self.one, self.runs)

    @property
    def tokens(self) -> int:
        return self.runs + RUN - 1


def stretches(one: Reading, other: Reading) -> list[Stretch]:
    """Stretches that cover every token that counts as shared, of either side, in the order of the first.

    What stands once on a side and twice on the other is there twice.
    """
    found = list(_stretches(one, other, 0))
    done = 0
    for match in found:
        done |= ((1 << match.tokens) - 1) << match.other
    found += [match.turned for match in _stretches(other, one, done)]
    return sorted(found, key=lambda match: (match.one, match.other))


def _stretches(one: Reading, other: Reading, done: int) -> Iterator[Stretch]:
    """Those that cover a token of ``one``'s own which is not ``done``; each as long as it can be."""
    there, left, place = other.places(), one.own & ~done, 0
    while place < len(one.marks):
        begins = there.get(one.marks[place], ()) if covered([place]) & left else ()
        if not begins:
            place += 1
            continue
        tried = [Stretch(place, start, _same(one, other, place, start)) for start in begins[:MOST_STARTS]]
        best = max(tried, key=lambda match: match.runs)
        yield best
        place += best.runs


def _same(one: Reading, other: Reading, place: int, start: int) -> int:
    """How many runs in a row are the same from here on."""
    runs, most = 0, min(len(one.marks) - place, len(other.marks) - start)
    while runs < most and one.is_own(mark := one.marks[place + runs]) and mark == other.marks[start + runs]:
        runs += 1
    return runs


def side(reading: Reading, place: int, tokens: int) -> Side:
    """The lines on which these tokens stand."""
    return Side(reading.path_at(place), reading.first[place], max(reading.last[place : place + tokens]))


def cut(files: Files, where: Side) -> str:
    """The lines of a side."""
    return "\n".join(files[where.path].split("\n")[where.first - 1 : where.last])


def wording(one: str, other: str) -> float:
    """How alike two texts are letter by letter, from 0 to 100; how far they are indented does not matter."""
    return round(fuzz.ratio(*("\n".join(line.strip() for line in text.splitlines()) for text in (one, other))))
