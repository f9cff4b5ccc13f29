"""The bank in numbers: tables for a terminal, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.bank import guessing
from harness.bank.counts import Counts, published
from harness.domain.content import Domain, Level

if TYPE_CHECKING:
    from harness.content.library import Library


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, a domain, or everything: how many questions of which kind. Shares are from 0 to 1."""

    name: str
    domain: str
    total: int
    levels: dict[str, int]
    exam: int
    multi: int
    with_code: int
    proven_right: float
    proven_wrong: float


@dataclass(frozen=True, slots=True)
class Stats:
    """Rows per topic and domain, the total, and how far each way of guessing gets (a share from 0 to 1)."""

    topics: tuple[Row, ...]
    domains: tuple[Row, ...]
    total: Row
    guessing: dict[str, float]


def stats(library: Library) -> Stats:
    """The numbers of what is published."""
    by_topic = published(library)
    everything = [question for listed in by_topic.values() for question in listed]

    def of_domains() -> Iterator[Row]:
        for domain in Domain:
            listed = [q for q in everything if library.topics[q.topic].domain is domain]
            yield _row(domain.value, domain.value, Counts(listed))

    return Stats(
        topics=tuple(
            _row(slug, library.topics[slug].domain.value, Counts(listed)) for slug, listed in by_topic.items()
        ),
        domains=tuple(of_domains()),
        total=_row("all", "", Counts(everything)),
        guessing={name: guessing.success(strategy, everything) for name, strategy in guessing.STRATEGIES.items()},
    )


def _row(name: str, domain: str, counts: Counts) -> Row:
    return Row(
        name=name,
        domain=domain,
        total=counts.total,
        levels={level.value: counts.levels[level] for level in Level},
        exam=counts.exam,
        multi=counts.multi,
        with_code=counts.with_code,
        proven_right=counts.share(counts.proven_right),
        proven_wrong=counts.proven_wrong / counts.wrong if counts.wrong else 0.0,
    )
