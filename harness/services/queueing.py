"""What the queue holds and what came out of it, counted in the store: the same whichever process asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func, or_, select

from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Job, JobKind, JobState, Result

LOOKS_DEAD = timedelta(minutes=2)  # jobs wait, and for so long none is worked on, only where no worker runs


@dataclass(frozen=True, slots=True)
class Figures:
    """Jobs by kind and state, the age of the oldest that waits (seconds), gradings and the time they took.

    ``at_work``: a worker has a job, or had one just now.
    """

    jobs: Mapping[tuple[JobKind, JobState], int]
    oldest_seconds: float
    gradings: int
    not_judged: int
    seconds: float
    at_work: bool

    def _in(self, wanted: JobState) -> int:
        return sum(count for (_, state), count in self.jobs.items() if state is wanted)

    @property
    def waiting(self) -> int:
        return self._in(JobState.WAITING)

    @property
    def running(self) -> int:
        return self._in(JobState.RUNNING)

    @property
    def failed(self) -> int:
        """Those that were given up, since every try met a fault of ours."""
        return self._in(JobState.FAILED)

    @property
    def worker_missing(self) -> bool:
        return self.oldest_seconds > LOOKS_DEAD.total_seconds() and not self.at_work


def figures() -> Figures:
    """Counted now."""
    jobs = db.session.execute(select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)).all()
    oldest = db.session.scalar(select(func.min(Job.enqueued_at)).where(Job.state == JobState.WAITING))
    seen = or_(Job.leased_until > now(), Job.finished_at > now() - LOOKS_DEAD)
    unknown = func.sum(case((Result.score.is_(None), 1), else_=0))
    gradings, seconds, not_judged = db.session.execute(
        select(func.count(Result.id), func.coalesce(func.sum(Result.seconds), 0.0), func.coalesce(unknown, 0))
    ).one()
    return Figures(
        jobs={(kind, state): count for kind, state, count in jobs},
        oldest_seconds=(now() - oldest).total_seconds() if oldest else 0.0,
        gradings=gradings,
        not_judged=not_judged,
        seconds=seconds,
        at_work=bool(db.session.scalar(select(Job.id).where(seen).limit(1))),
    )
