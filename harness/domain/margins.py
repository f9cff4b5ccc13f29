"""How far a score may be off because only so many items were asked: its margin, and who is tied for it.

The items of an assessment are looked at as drawn from a larger pool of the same kind. The margin is Wilson's interval
for a share (E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927), with
the number of items replaced by Kish's effective number for unequal weights, the square of the weights' sum over the sum
of their squares (L. Kish, Survey Sampling, 1965). A share may lie between 0 and 1: its spread is then smaller than that
of a right or wrong one with the same mean, so the interval is on the safe side. harness/web/margins.md, which the
platform shows beside each score, says what it does not say.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z = 1.959964  # of the normal distribution: 95 of 100 lie within so many standard deviations
FULL = 100.0
FEWEST_FOR_PERCENTILES = 100  # people: among fewer, a percentile says more about the group than about a person


@dataclass(frozen=True, slots=True)
class Margin:
    """From ``low`` to ``high``, in percent with one decimal; ``items`` is the effective number that it rests on."""

    low: float
    high: float
    items: float

    def overlaps(self, other: Margin) -> bool:
        """Whether the two can't be told apart."""
        return self.low <= other.high and other.low <= self.high


def margin(items: Iterable[tuple[float, float]]) -> Margin | None:
    """The margin of the weighted mean of these (share from 0 to 1, weight above 0); None where there are none."""
    pairs = [(share, weight) for share, weight in items if weight > 0]
    if not pairs:
        return None
    total = math.fsum(weight for _, weight in pairs)
    mean = math.fsum(share * weight for share, weight in pairs) / total
    number = total**2 / math.fsum(weight**2 for _, weight in pairs)
    middle = (mean + Z**2 / (2 * number)) / (1 + Z**2 / number)
    half = Z * math.sqrt(mean * (1 - mean) / number + Z**2 / (4 * number**2)) / (1 + Z**2 / number)
    return Margin(round(FULL * max(0.0, middle - half), 1), round(FULL * min(1.0, middle + half), 1), round(number, 1))


@dataclass(frozen=True, slots=True)
class Rank:
    """The best and the worst place that somebody may have; the same place twice where nobody is tied with them."""

    best: int
    worst: int

    @property
    def tied(self) -> bool:
        return self.best != self.worst


def ranks(margins: Sequence[Margin]) -> list[Rank]:
    """Each one's places: better only is whose whole margin lies above, worse only whose whole margin lies below.

    Being tied is not handed on: A may be tied with B, and B with C, while A is better than C.
    """
    lows, highs = sorted(one.low for one in margins), sorted(one.high for one in margins)
    number = len(margins)
    return [Rank(1 + number - bisect_right(lows, one.high), number - bisect_left(highs, one.low)) for one in margins]


def percentiles(values: Sequence[float]) -> list[float | None]:
    """Of each value the share of ``values`` below it in percent, equal ones by half; None where they are too few."""
    if len(values) < FEWEST_FOR_PERCENTILES:
        return [None] * len(values)
    order = sorted(values)
    return [round(FULL * (bisect_left(order, one) + bisect_right(order, one)) / (2 * len(order)), 1) for one in values]
