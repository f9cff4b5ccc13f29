"""An attempt that has ended, graded with made-up verdicts about what its task's topic really teaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from harness.domain.verdicts import Basis, Diagnosed, Outcome, StartFailure, StartProblem, Verdict
from harness.services import accounts, attempts, frozen, handing_in, results
from harness.store.base import db, writing
from harness.store.models import Assessment, Attempt, AttemptItem, Part, Role, Submission, User
from harness.worker import queue
from tests.unit.platform_fixtures import TOKEN
from tests.unit.worker.test_queue import RESULT

HIDDEN = "HIDDENINPUT 4711"
NOT_STARTED = StartFailure(StartProblem.CRASHED, "ended with status 3", "Traceback: theirs", "printed by them")


@dataclass
class Sitting:
    """One person's attempt, and how to have its submissions graded."""

    attempt: Attempt

    @property
    def questions(self) -> list[AttemptItem]:
        return [one for one in self.attempt.items if one.part is Part.QUESTIONS]

    @property
    def task(self) -> AttemptItem:
        return next(one for one in self.attempt.items if one.part is Part.TASKS)

    @property
    def assessment(self) -> Assessment:
        assert self.attempt.assessment is not None
        return self.attempt.assessment

    def answer(self, *right: bool) -> None:
        """Answers one question after another."""
        for item, is_right in zip(self.questions, right, strict=False):
            options = results.key_of(item).options
            chosen = [one.id for one in options if one.correct is is_right]
            attempts.answer(item.id, chosen if is_right else chosen[:1], False, 1)

    def hand_in(self, text: str = "x = 1\n") -> Submission:
        return handing_in.hand_in(self.task.id, f"click {text}"[:60], {"app.py": text.encode()})

    def end(self) -> None:
        for part in Part:
            attempts.end_part(self.attempt.id, part)

    def verdicts(self, *failed: str) -> tuple[Verdict, ...]:
        """Four checks about the concept of the topic's first misconception and another; those of ``failed`` failed."""
        topic = frozen.topic_with(self.task.frozen)
        first = next(iter(topic.misconceptions.values())).concept
        other = next(name for name in topic.concepts if name != first)
        made = []
        for name, concept in (("one", first), ("two", first), ("three", other), ("four", other)):
            outcome = Outcome.FAILED if name in failed else Outcome.PASSED
            made.append(
                Verdict(name, concept, f"The {name} thing works.", outcome, Basis.OBSERVED, message=HIDDEN, seconds=0.5)
            )
        return tuple(made)

    def grade(self, *failed: str, **more: object) -> None:
        """Has the next submission of the queue graded; ``one`` and ``two`` together are the first misconception."""
        held = queue.claim("test")
        assert held is not None
        belief = next(iter(frozen.topic_with(self.task.frozen).misconceptions))
        found = (Diagnosed(belief, ("one", "two")),) if {"one", "two"} <= set(failed) else ()
        values = {"verdicts": self.verdicts(*failed), "diagnosis": found, "seed": "THESEED", **more}
        assert queue.finish(held, replace(RESULT, run_id=f"run-{held.job}-{held.tries}", **values))
        db.session.expire_all()

    def give_up(self) -> None:
        """Our own fault comes between each time that the next submission is tried."""
        for _ in range(queue.MOST_TRIES):
            held = queue.claim("test")
            assert held is not None
            queue.give_back(held, "the engine is away")
        db.session.expire_all()

    def set(self, **values: object) -> None:
        """Changes a rule of the assessment."""
        with writing():
            for name, value in values.items():
                setattr(self.assessment, name, value)


@pytest.fixture
def sitting(app) -> Sitting:
    """Both parts run, and nothing is done yet."""
    made = attempts.begin(attempts.find_invitation(TOKEN).id)
    for part in Part:
        attempts.start_part(made.id, part)
    return Sitting(made)


@pytest.fixture
def ended(sitting) -> Sitting:
    """Three of four answers are right, and the one submission shows the first misconception."""
    sitting.answer(True, True, True, False)
    sitting.hand_in()
    sitting.end()
    sitting.grade("one", "two")
    return sitting


@pytest.fixture
def owner(app) -> User:
    return db.session.scalars(select(User)).one()


@pytest.fixture
def add_user(app) -> Callable[[Role], User]:
    def add(role: Role) -> User:
        return accounts.add_user(f"{role.value}@example.org", role.value.title(), role)

    return add
