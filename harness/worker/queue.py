"""The queue as the worker sees it: claim, keep, finish. State is in the store; who dies holding a job loses it.

A job is leased. Who holds it renews the lease while it works; a lease that has run out is anyone's, and what its late
holder then brings is not taken. So a submission is graded again when a worker dies, and never twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from harness.domain.records import in_short, to_json
from harness.domain.scores import points_by_concept, result_score
from harness.services import counting, hooks
from harness.services.hooks import HookEvent
from harness.store.base import writing
from harness.store.columns import now
from harness.store.models import AttemptKind, Job, JobKind, JobState, Result, Submission

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from harness.domain.verdicts import GradeResult

LEASE = timedelta(seconds=60)
MOST_TRIES = 3  # a job that fails by our own fault, or whose worker dies, more often is given up
GIVEN_UP = "the worker died each time that it was tried"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours until the lease runs out: its number, and the how-many-th try it is.

    ``digest`` is the version of the task to judge by, ``regrade`` whose dry run it is.
    """

    job: int
    submission: int
    kind: JobKind
    tries: int
    digest: str
    regrade: int | None = None


def claim(worker: str) -> Claim | None:
    """The next job, or None when there is nothing to do."""
    with writing() as session:
        while True:
            moment = now()
            lost = and_(Job.state == JobState.RUNNING, Job.leased_until < moment)
            chosen = session.scalar(
                select(Job)
                .where(or_(Job.state == JobState.WAITING, lost))
                .order_by(Job.priority, Job.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if chosen is None:
                return None
            if chosen.tries >= MOST_TRIES:
                chosen.state, chosen.finished_at, chosen.trouble = JobState.FAILED, moment, chosen.trouble or GIVEN_UP
                session.flush()
                continue
            chosen.state, chosen.worker, chosen.leased_until = JobState.RUNNING, worker, moment + LEASE
            chosen.started_at, chosen.progress = moment, []
            chosen.tries += 1
            digest = chosen.digest or counting.version(chosen.submission.item)
            return Claim(chosen.id, chosen.submission_id, chosen.kind, chosen.tries, digest, chosen.regrade_id)


def keep(held: Claim, progress: list[str]) -> bool:
    """Renews the lease, and shows how far the work is; False when the job is no longer ours."""
    with writing() as session:
        return _set(session, held, leased_until=now() + LEASE, progress=progress)


def finish(held: Claim, result: GradeResult) -> bool:
    """Stores the result and closes the job, both or neither; False when the job is no longer ours."""
    with writing() as session:
        if not _set(session, held, state=JobState.DONE, finished_at=now(), leased_until=None, trouble=""):
            return False
        session.add(
            Result(
                run_id=result.run_id,
                submission_id=held.submission,
                job_id=held.job,
                regrade_id=held.regrade,
                score=result_score(result).value,
                task_digest=held.digest,
                image=result.environment.image,
                seed=result.seed,
                outcomes=in_short(result),
                points=points_by_concept(result),
                content=to_json(result),
                seconds=result.seconds,
            )
        )
        submission = session.get_one(Submission, held.submission)
        attempt = submission.item.attempt
        if attempt.kind is AttemptKind.ASSESSMENT and held.regrade is None:  # a dry run is told to nobody
            names = {"submission": submission.ref, "attempt": attempt.ref}
            hooks.tell(session, attempt.assessment, HookEvent.GRADED, **names)
    return True


def complete(held: Claim, progress: list[str]) -> bool:
    """Closes a job that leaves no result: a run of the public tests, whose lines are its outcome."""
    with writing() as session:
        return _set(
            session, held, state=JobState.DONE, finished_at=now(), leased_until=None, progress=progress, trouble=""
        )


def give_back(held: Claim, trouble: str) -> bool:
    """Our own fault came between: the job waits again, unless it was tried often enough."""
    last = held.tries >= MOST_TRIES
    state, finished = (JobState.FAILED, now()) if last else (JobState.WAITING, None)
    with writing() as session:
        return _set(session, held, state=state, finished_at=finished, leased_until=None, trouble=trouble)


def _mine(held: Claim) -> ColumnElement[bool]:
    """Whether it still is: a job that somebody else has taken over was tried once more."""
    return and_(Job.id == held.job, Job.state == JobState.RUNNING, Job.tries == held.tries)


def _set(session: Session, held: Claim, **values: object) -> bool:
    """Changes the job if it is still ours, and says whether it was."""
    changed = session.scalar(update(Job).where(_mine(held)).values(values).returning(Job.id))
    return changed is not None
