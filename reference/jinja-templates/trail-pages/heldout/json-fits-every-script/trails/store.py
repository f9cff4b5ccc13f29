"""The trails and what walkers report of them. For now they are kept in memory, by each app for itself."""

from dataclasses import dataclass, field

from flask import current_app


@dataclass
class Report:
    id: int
    author: str | None
    text: str
    link: str | None


@dataclass
class Trail:
    id: int
    name: str
    region: str
    km: float
    closed: bool
    reports: list[Report] = field(default_factory=list)


class Store:
    def __init__(self) -> None:
        self._trails: dict[int, Trail] = {}
        self._reports: list[tuple[Trail, Report]] = []

    def add_trail(self, name: str, region: str, km: float, closed: bool) -> Trail:
        trail = Trail(len(self._trails) + 1, name, region, km, closed)
        self._trails[trail.id] = trail
        return trail

    def add_report(self, trail: Trail, author: str | None, text: str, link: str | None) -> Report:
        report = Report(len(self._reports) + 1, author, text, link)
        trail.reports.append(report)
        self._reports.append((trail, report))
        return report

    def trail(self, trail_id: int) -> Trail | None:
        return self._trails.get(trail_id)

    def trails(self, q: str = "") -> list[Trail]:
        """The trails whose name contains ``q``, without regard to case; all of them if it is empty."""
        return [trail for trail in self._trails.values() if q.lower() in trail.name.lower()]

    def nearby(self, trail: Trail) -> list[Trail]:
        """The other trails of the same region."""
        return [other for other in self._trails.values() if other.region == trail.region and other is not trail]

    def reports(self) -> list[tuple[Trail, Report]]:
        """All reports, each with its trail, in the order in which they came."""
        return list(self._reports)

    def closed_count(self) -> int:
        """How many trails are closed."""
        return sum(trail.closed for trail in self._trails.values())


def get_store() -> Store:
    """The store of the current app."""
    return current_app.extensions["store"]
