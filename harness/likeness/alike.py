"""All submissions of a task beside each other: how alike every two people's are, and the most alike ones in full."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from harness.likeness.passages import Passage, Stretch, cut, side, stretches, wording
from harness.likeness.reading import NONE, RUN, Files, Reading, covered

LITTLE = 3 * RUN  # tokens, some ten lines: who has fewer of their own is not compared
LEAST = 10.0  # percent: pairs below are only counted
MOST_PAIRS = 60
BARS = 10
FULL = 100.0


@dataclass(frozen=True, slots=True)
class Submitted:
    """One submission of one person; both are numbers, whatever their caller means by them."""

    person: int
    submission: int
    files: Files


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people's most alike submissions. ``one_share`` is how much of the first one's own code is in the other's.

    Shares are in percent of tokens; lines are those with code of their own.
    """

    one: int
    other: int
    one_share: float
    other_share: float
    one_lines: int
    other_lines: int
    passages: tuple[Passage, ...]

    @property
    def likeness(self) -> float:
        """The greater of both shares, by which pairs are ordered."""
        return max(self.one_share, self.other_share)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. ``pairs`` are the most alike; ``bars`` count all pairs of people, by tens of their likeness.

    ``too_little`` are people whose submissions have too little code of their own to be compared.
    """

    people: int
    too_little: int
    bars: tuple[int, ...]
    pairs: tuple[Pair, ...]


def compare(handed_out: Files, submitted: Sequence[Submitted]) -> Outcome:
    """Compares each person's submissions with everyone else's; what is in ``handed_out`` does not count."""
    given = frozenset(Reading(handed_out).marks) - {NONE}
    readings = [Reading(one.files, given) for one in submitted]
    kept = [place for place, one in enumerate(readings) if one.size >= LITTLE]
    table = _Table([submitted[place] for place in kept], [readings[place] for place in kept])
    everyone, compared = ({one.person for one in some} for some in (submitted, table.submitted))
    best = table.best()
    bars = [0] * BARS
    for likeness, _, _ in best:
        bars[min(int(likeness * BARS / FULL), BARS - 1)] += 1
    shown = sorted((one for one in best if one[0] >= LEAST), key=lambda one: (-one[0], one[1:]))[:MOST_PAIRS]
    pairs = tuple(table.pair(one, other) for _, one, other in shown)
    return Outcome(len(compared), len(everyone - compared), tuple(bars), pairs)


class _Table:
    """How much of each submission is in each other one."""

    def __init__(self, submitted: Sequence[Submitted], readings: Sequence[Reading]) -> None:
        self.submitted = submitted
        self.readings = readings
        self.holders = _holders(submitted, readings)
        self.shares = array("d", bytes(8 * len(readings) ** 2))
        for one in range(len(readings)):
            self._fill(one)

    def _fill(self, one: int) -> None:
        reading, person = self.readings[one], self.submitted[one].person
        found: dict[int, int] = {}
        for mark, places in reading.places().items():
            if holders := self.holders.get(mark):
                mask = covered(places) & reading.own
                for other in holders:
                    found[other] = found.get(other, 0) | mask
        for other, mask in found.items():
            if self.submitted[other].person != person:
                self.shares[one * len(self.readings) + other] = FULL * mask.bit_count() / reading.size

    def share(self, one: int, other: int) -> float:
        return self.shares[one * len(self.readings) + other]

    def best(self) -> list[tuple[float, int, int]]:
        """For every two people the likeness of their most alike submissions, and which these are."""
        by_person: dict[int, list[int]] = {}
        for place, one in enumerate(self.submitted):
            by_person.setdefault(one.person, []).append(place)
        people = list(by_person.values())
        return [
            max((max(self.share(one, other), self.share(other, one)), one, other) for one, other in product(mine, hers))
            for place, mine in enumerate(people)
            for hers in people[place + 1 :]
        ]

    def pair(self, one: int, other: int) -> Pair:
        first, second = self.readings[one], self.readings[other]
        return Pair(
            self.submitted[one].submission,
            self.submitted[other].submission,
            round(self.share(one, other), 1),
            round(self.share(other, one), 1),
            first.lines,
            second.lines,
            tuple(self._passages(one, other)),
        )

    def _passages(self, one: int, other: int) -> Iterator[Passage]:
        first, second = self.readings[one], self.readings[other]
        for match in stretches(first, second):
            left, right = side(first, match.one, match.tokens), side(second, match.other, match.tokens)
            texts = cut(self.submitted[one].files, left), cut(self.submitted[other].files, right)
            yield Passage(left, right, wording(*texts), self._others(one, other, match))

    def _others(self, one: int, other: int, match: Stretch) -> int:
        """How many further people have the whole stretch."""
        runs = self.readings[one].marks[match.one : match.one + match.runs]
        having = [{self.submitted[place].person for place in self.holders[mark]} for mark in runs]
        return len(set.intersection(*having) - {self.submitted[one].person, self.submitted[other].person})


def _holders(submitted: Sequence[Submitted], readings: Sequence[Reading]) -> Mapping[int, list[int]]:
    """Which submissions have each run, of those that more than one person has."""
    found: dict[int, list[int]] = {}
    for place, reading in enumerate(readings):
        for mark in reading.places():
            found.setdefault(mark, []).append(place)
    person = [one.person for one in submitted]
    return {mark: places for mark, places in found.items() if len({person[place] for place in places}) > 1}
