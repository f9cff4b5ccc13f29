"""What an attempt shows of each domain and concept: questions answered rightly, and checks of the code that passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.domain.content import Domain
from harness.domain.margins import Margin, margin
from harness.domain.verdicts import Outcome
from harness.reports.build import concept_name

if TYPE_CHECKING:
    from harness.reports.model import CheckView, ConceptView


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """What is known of a person and a concept."""

    name: str
    know: Share
    do: Share


@dataclass(frozen=True, slots=True)
class DomainLine:
    """The same for a domain, and its concepts."""

    domain: Domain
    know: Share
    do: Share
    know_margin: Margin | None
    do_margin: Margin | None
    concepts: tuple[ConceptLine, ...]


@dataclass(slots=True)
class _Found:
    know: list[bool] = field(default_factory=list)
    do: list[bool] = field(default_factory=list)
    groups: list[tuple[float, float]] = field(default_factory=list)  # of checks, which pass and fail together


class Tally:
    """Counts by domain and concept, until they are asked for."""

    def __init__(self) -> None:
        self._domains: dict[Domain, _Found] = defaultdict(_Found)
        self._concepts: dict[Domain, dict[str, _Found]] = defaultdict(lambda: defaultdict(_Found))

    def question(self, domain: Domain, concepts: Iterable[str], right: bool) -> None:
        """A question; without ``concepts`` it counts for its domain alone."""
        self._domains[domain].know.append(right)
        for concept in concepts:
            self._concepts[domain][concept].know.append(right)

    def checks(self, domain: Domain, groups: Iterable[ConceptView]) -> None:
        """The checks of a task, those that tell something."""
        found = self._domains[domain]
        for group in groups:
            judged = [one.outcome == Outcome.PASSED for one in group.checks if tells(one)]
            if judged:
                found.do.extend(judged)
                found.groups.append((sum(judged) / len(judged), len(judged)))
                self._concepts[domain][group.id].do.extend(judged)

    def lines(self) -> tuple[DomainLine, ...]:
        """In the order of the domains, and of the concepts' names."""
        return tuple(
            DomainLine(
                domain,
                _share(self._domains[domain].know),
                _share(self._domains[domain].do),
                margin((float(one), 1.0) for one in self._domains[domain].know),
                margin(self._domains[domain].groups),
                tuple(
                    ConceptLine(concept_name(name), _share(found.know), _share(found.do))
                    for name, found in sorted(self._concepts[domain].items())
                ),
            )
            for domain in Domain
            if domain in self._domains
        )


def tells(check: CheckView) -> bool:
    """Whether a check says what the person can do: a guard that held only says that the starter was left alone."""
    return check.outcome == Outcome.FAILED or (check.outcome == Outcome.PASSED and not check.guard)


def _share(found: Sequence[bool]) -> Share:
    return Share(sum(found), len(found))
