"""A cohort of any size, the same in every run: people with many attempts each, answered, handed in, graded, appealed.

Rows are written in bulk, since it is pages that are looked at here, not deeds; how they hang together is as the deeds
leave it. ``grow`` adds to the tests' world: its first assessment gets everybody, and so do others like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from harness.domain.packs import pack
from harness.domain.records import in_short, to_json
from harness.domain.scores import points_by_concept, result_score
from harness.domain.verdicts import Outcome
from harness.services import results
from harness.services.tokens import token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Answer,
    Appeal,
    AppealState,
    Assessment,
    AssessmentItem,
    AssessmentState,
    Attempt,
    AttemptItem,
    AttemptKind,
    AttemptPart,
    AuditEntry,
    Blob,
    Bookmark,
    Event,
    EventKind,
    FrozenItem,
    Invitation,
    ItemKind,
    Job,
    JobKind,
    JobState,
    Override,
    Part,
    Remark,
    Result,
    Role,
    Submission,
    SubmissionKind,
    User,
)
from tests.unit.worker.test_queue import RESULT
from tests.unit.world_fixtures import verdicts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from harness.store.base import Base

PRACTICE = 4  # every so many-th attempt of a person is practice
APPEALS = 7  # every so many-th attempt is appealed against
OVERRIDES = 9
UNFINISHED = 11  # every so many-th runs still
SUBMISSIONS = 2  # of each task
ANSWERS = "abcdef"


@dataclass
class Rows:
    """Rows that are still to be written, by table; each gets its number at once, so that others can name it."""

    session: Session
    found: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)
    last: dict[type[Base], int] = field(default_factory=dict)

    def add(self, table: type[Base], **values: Any) -> int:
        """Gives the row's number, where the table has one."""
        if "id" in table.__table__.columns:
            if table not in self.last:
                self.last[table] = self.session.scalar(select(func.max(table.id))) or 0
            self.last[table] += 1
            values["id"] = self.last[table]
        self.found.setdefault(table, []).append(values)
        return values.get("id", 0)

    def write(self) -> None:
        for table in (mapper.class_ for mapper in db.Model.registry.mappers):
            self.found.setdefault(table, [])
        order = {table.name: place for place, table in enumerate(db.metadata.sorted_tables)}
        for table in sorted(self.found, key=lambda one: order[one.__tablename__]):
            if rows := self.found[table]:
                self.session.execute(insert(table), rows)
        self.found.clear()


@dataclass
class Cohort:
    """Makes the rows of a cohort."""

    rows: Rows
    by: int
    start: datetime
    random: Random
    task: FrozenItem
    questions: Sequence[AssessmentItem]
    options: dict[str, tuple[list[str], list[str]]]  # of each question those that are right, and the others
    blobs: list[str]
    results: list[dict[str, Any]]
    made: int = 0

    def invited(self, assessment: Assessment, person: int) -> None:
        """One person's attempt at one assessment."""
        invitation = self.rows.add(
            Invitation,
            ref=f"i-{assessment.id}-{person}",
            assessment_id=assessment.id,
            name=f"Person {person}",
            email=f"person{person}@example.org",
            token_digest=token_digest(f"{assessment.id} {person}"),
            created_at=self.start,
            opened_at=self.start,
        )
        self.attempt(AttemptKind.ASSESSMENT, assessment_id=assessment.id, invitation_id=invitation)

    def practised(self, user: int, number: int) -> None:
        """One attempt of an account that practises."""
        kind = (AttemptKind.LEARNING, AttemptKind.EXAM, AttemptKind.TASK)[number % 3]
        settings = {"exam": "junior"} if kind is AttemptKind.EXAM else {}
        attempt = self.attempt(kind, user_id=user, settings=settings)
        self.rows.add(
            Remark,
            ref=f"r-{attempt}",
            item=self.questions[number % len(self.questions)].frozen.item,
            author_id=user,
            text=f"Why is option {number} not right?",
        )

    def attempt(self, kind: AttemptKind, **whose: Any) -> int:
        self.made += 1
        runs = self.made % UNFINISHED == 0
        begun = self.start + timedelta(seconds=self.made)
        attempt = self.rows.add(
            Attempt,
            ref=f"a-{self.made}",
            kind=kind,
            created_at=begun,
            finished_at=None if runs else begun + timedelta(minutes=40),
            **{"assessment_id": None, "invitation_id": None, "user_id": None, "settings": {}, **whose},
        )
        parts = [Part.QUESTIONS] if kind in (AttemptKind.LEARNING, AttemptKind.EXAM) else list(Part)
        for part in [Part.TASKS] if kind is AttemptKind.TASK else parts:
            ended = None if runs else begun + timedelta(minutes=30)
            limit = now() + timedelta(days=1) if runs else begun + timedelta(minutes=60)
            self.rows.add(AttemptPart, attempt_id=attempt, part=part, started_at=begun, deadline=limit, ended_at=ended)
            self.event(attempt, None, EventKind.STARTED, begun, part=part.value)
            if part is Part.QUESTIONS:
                self.answered(attempt, begun)
            else:
                self.handed_in(attempt, begun, waiting=runs)
        return attempt

    def answered(self, attempt: int, begun: datetime) -> None:
        for position, one in enumerate(self.questions):
            right, wrong = self.options[one.digest]
            item = self.item(attempt, position, Part.QUESTIONS, one.digest, shown=sorted(right + wrong))
            chosen = right if self.random.random() < 0.6 else wrong[:1]
            self.rows.add(Answer, item_id=item, chosen=chosen, flagged=False, version=1, changed_at=begun)
            self.event(attempt, item, EventKind.ANSWERED, begun + timedelta(minutes=position), chosen=chosen)
            if position == 0 and self.made % APPEALS == 0:
                self.appeal(attempt, item_id=item)
            if position == 0 and self.made % OVERRIDES == 0:
                self.rows.add(
                    Override, item_id=item, outcome=Outcome.PASSED, reason="Two are right.", by_id=self.by, at=begun
                )

    def item(self, attempt: int, position: int, part: Part, digest: str, shown: Sequence[str] = ()) -> int:
        return self.rows.add(
            AttemptItem,
            attempt_id=attempt,
            position=position,
            part=part,
            digest=digest,
            shown=list(shown),
            draft_version=0,
        )

    def appeal(self, attempt: int, **about: int) -> None:
        state = AppealState.OPEN if self.made % 2 else AppealState.DECLINED
        values = {"item_id": None, "submission_id": None, **about}
        text = f"I believe that {self.made} is right."
        self.rows.add(
            Appeal, ref=f"p-{self.made}-{attempt}", attempt_id=attempt, text=text, state=state, check="", **values
        )

    def handed_in(self, attempt: int, begun: datetime, *, waiting: bool) -> None:
        item = self.item(attempt, len(self.questions), Part.TASKS, self.task.digest)
        for number in range(1, SUBMISSIONS + 1):
            at = begun + timedelta(minutes=10 * number)
            submission = self.rows.add(
                Submission,
                ref=f"s-{item}-{number}",
                item_id=item,
                number=number,
                kind=SubmissionKind.HANDED_IN,
                key=f"click {number}",
                digest=self.random.choice(self.blobs),
                received_at=at,
            )
            self.event(attempt, item, EventKind.SUBMITTED, at, number=number)
            self.graded(submission, at, waiting=waiting and number == SUBMISSIONS)

    def graded(self, submission: int, at: datetime, *, waiting: bool) -> None:
        job = self.rows.add(
            Job,
            kind=JobKind.GRADE,
            submission_id=submission,
            state=JobState.WAITING if waiting else JobState.DONE,
            enqueued_at=at,
            finished_at=None if waiting else at + timedelta(minutes=1),
            progress=[],
        )
        if waiting:
            return
        self.rows.add(
            Result,
            run_id=f"cohort-{job}",
            submission_id=submission,
            job_id=job,
            task_digest=self.task.digest,
            image="sha256:0",
            seed="seed",
            seconds=1.0,
            created_at=at + timedelta(minutes=1),
            **self.random.choice(self.results),
        )

    def event(self, attempt: int, item: int | None, kind: EventKind, at: datetime, **data: object) -> None:
        self.rows.add(Event, attempt_id=attempt, item_id=item, kind=kind, at=at, data=data)


def grow(people: int, attempts: int, practising: Sequence[int] = ()) -> int:
    """Adds so many people with so many attempts each; gives the number of attempts.

    Every fourth attempt is practice, by an account of the person's own; those of ``practising`` practise as much.
    """
    with writing() as session:
        first = session.scalars(select(Assessment).where(Assessment.state == AssessmentState.PUBLISHED)).first()
        assert first is not None
        practice = attempts // PRACTICE
        assessments = [first, *(_like(session, first, number) for number in range(1, attempts - practice))]
        session.flush()
        cohort = _cohort(session, first)
        for person in range(people):
            for assessment in assessments:
                cohort.invited(assessment, person)
            user = _account(cohort, person)
            for number in range(practice):
                cohort.practised(user, number)
        for user in practising:
            for number in range(practice):
                cohort.practised(user, number)
        cohort.rows.write()
        return cohort.made


def _like(session: Session, first: Assessment, number: int) -> Assessment:
    made = Assessment(
        owner_id=first.owner_id,
        title=f"Cohort {number}",
        state=AssessmentState.PUBLISHED,
        published_at=now(),
        blueprint=first.blueprint,
        items=[AssessmentItem(position=one.position, digest=one.digest, weight=one.weight) for one in first.items],
    )
    session.add(made)
    return made


def _account(cohort: Cohort, person: int) -> int:
    email = f"person{person}@example.org"
    user = cohort.rows.add(User, ref=f"u-{person}", email=email, name=f"Person {person}", role=Role.CANDIDATE)
    for one in cohort.questions[:2]:
        cohort.rows.add(Bookmark, user_id=user, item=one.frozen.item)
    cohort.rows.add(AuditEntry, actor_id=cohort.by, action="user.add", subject=email, details={})
    return user


def _cohort(session: Session, first: Assessment) -> Cohort:
    questions = [one for one in first.items if one.frozen.kind is ItemKind.QUESTION]
    task = next(one.frozen for one in first.items if one.frozen.kind is ItemKind.TASK)
    keys = results.keys_of(one.digest for one in questions)
    return Cohort(
        Rows(session),
        first.owner_id,
        now() - timedelta(days=2),
        Random(0),
        task,
        questions,
        {
            digest: ([one.id for one in key.right], [one.id for one in key.options if not one.correct])
            for digest, key in keys.items()
        },
        [_blob(session, number) for number in range(20)],
        [_result(task, failed) for failed in ((), ("first",), ("second",), ("first", "second", "third"))],
    )


def _blob(session: Session, number: int) -> str:
    content = pack({"app.py": f"print({number})\n".encode() * 50})
    digest = f"{number:064x}"
    session.add(Blob(digest=digest, content=content, size=len(content)))
    return digest


def _result(task: FrozenItem, failed: Sequence[str]) -> dict[str, Any]:
    """What is stored of a whole result: itself, its score, its points, and the result in short."""
    changed = tuple(
        replace(one, outcome=Outcome.FAILED if one.check in failed else Outcome.PASSED) for one in verdicts(task)
    )
    made = replace(RESULT, run_id="cohort", task=task.item, task_digest=task.digest, verdicts=changed)
    return {
        "content": to_json(made),
        "score": result_score(made).value,
        "points": points_by_concept(made),
        "outcomes": in_short(made),
    }
