"""What an exam is made of: how many questions of each domain and level, and how many minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from harness.domain.content import Domain, Level
from harness.domain.errors import UsageError

Cell = tuple[Domain, Level]
ENTRY = re.compile(r"(?P<domain>[a-z]+|\*):(?P<level>[a-z]+)=(?P<count>[1-9][0-9]{0,3})", re.ASCII)
MINUTES_PER_QUESTION = 1.5  # where nobody says how long an exam takes


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Numbers per domain and level. ``minutes`` is the time for all of it."""

    name: str
    minutes: int
    cells: Mapping[Cell, int]

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def __str__(self) -> str:
        return ",".join(f"{domain}:{level}={count}" for (domain, level), count in self.cells.items())

    def scaled(self, count: int) -> Blueprint:
        """The same mixture with ``count`` questions, and time in proportion.

        Each cell gets its share rounded down; what is left goes to the largest remainders, the first cell first.
        """
        shares = {cell: divmod(number * count, self.total) for cell, number in self.cells.items()}
        left = count - sum(whole for whole, _ in shares.values())
        luckiest = sorted(shares, key=lambda cell: -shares[cell][1])[:left]
        cells = {cell: whole + (cell in luckiest) for cell, (whole, _) in shares.items()}
        minutes = ceil(self.minutes * count / self.total)
        return Blueprint(self.name, minutes, {cell: number for cell, number in cells.items() if number})


def parse(text: str, name: str = "custom", minutes: int | None = None) -> Blueprint:
    """The blueprint that ``text`` writes down: ``fundamentals:junior=3,orm:mid=2``; ``*`` is each of the five domains.

    Raises UsageError, which names the entry that does not fit.
    """
    cells: dict[Cell, int] = {}
    for entry in re.split(r"[,\s]+", text.strip().strip(",")):
        for cell, count in _entry(entry).items():
            if cell in cells:
                raise UsageError(f"The blueprint has {cell[0]}:{cell[1]} twice: {text}")
            cells[cell] = count
    total = sum(cells.values())
    return Blueprint(name, minutes or ceil(total * MINUTES_PER_QUESTION), cells)


def _entry(entry: str) -> dict[Cell, int]:
    match = ENTRY.fullmatch(entry)
    if not match or match["domain"] not in ("*", *Domain) or match["level"] not in list(Level):
        raise UsageError(
            f"{entry!r} is no part of a blueprint. Write DOMAIN:LEVEL=NUMBER, such as fundamentals:junior=3; "
            f"domains are {', '.join(Domain)} or * for each of them, levels {', '.join(Level)}."
        )
    domains = list(Domain) if match["domain"] == "*" else [Domain(match["domain"])]
    return {(domain, Level(match["level"])): int(match["count"]) for domain in domains}


NAMED = {
    blueprint.name: blueprint
    for blueprint in (
        parse("*:junior=3,*:mid=1", "junior", minutes=25),
        parse("*:junior=1,*:mid=4,*:senior=1", "mid", minutes=45),
        parse("*:mid=2,*:senior=4", "senior", minutes=60),
    )
}


def named(name: str) -> Blueprint:
    """The blueprint of this name. Raises UsageError, which lists the names."""
    if name not in NAMED:
        raise UsageError(f"There is no exam {name!r}. There are: {', '.join(NAMED)}; or write one with --blueprint.")
    return NAMED[name]
