"""A platform in use: two interviewers, invited people in every state, accounts that practise, a grading, an appeal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from harness.domain.packs import pack
from harness.domain.verdicts import Basis, Outcome, Verdict
from harness.intake import Person
from harness.services import (
    accounts,
    api_tokens,
    appeals,
    assessments,
    attempts,
    comments,
    drafting,
    handing_in,
    hooks,
    inviting,
    likenesses,
    overruling,
    phrases,
    plans,
    practice,
    regrades,
    remarks,
    results,
    rubrics,
    uploading,
)
from harness.services.comments import Place
from harness.services.hooks import HookEvent
from harness.services.inviting import Invitee
from harness.services.practice import Wish
from harness.services.regrade_offers import Change
from harness.store.base import db
from harness.store.models import (
    Assessment,
    Attempt,
    FrozenItem,
    Invitation,
    ItemKind,
    Part,
    Purpose,
    Role,
    Submission,
    User,
)
from harness.web import create_app
from harness.web.access import INVITED
from harness.web.auth import Login
from harness.worker import queue
from harness.worker.catalogue import take_in_warm_up
from tests.unit.platform_fixtures import make_app
from tests.unit.worker.test_queue import RESULT

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

PASSWORD = "a long enough password"
STAFF = {
    "owner": ("ines@example.org", "Ines", Role.INTERVIEWER),
    "other interviewer": ("irma@example.org", "Irma", Role.INTERVIEWER),
    "grader": ("greta@example.org", "Greta", Role.GRADER),
    "administrator": ("ada@example.org", "Ada", Role.ADMINISTRATOR),
    "practising": ("carl@example.org", "Carl", Role.CANDIDATE),
    "other practising": ("cora@example.org", "Cora", Role.CANDIDATE),
}
SETTINGS = {
    "SECRET_KEY": "k" * 40,
    "SESSION_COOKIE_SECURE": False,
    "RATELIMIT_ENABLED": False,
    "WTF_CSRF_ENABLED": False,
    "TESTING": True,
}
INVITEES = {"invited": "Nora", "other invited": "Otto", "finished": "Fay", "revoked": "Rolf"}
PEOPLE = ("nobody", *INVITEES, *STAFF)


def verdicts(item: FrozenItem) -> tuple[Verdict, ...]:
    """Three verdicts about the first two concepts of the item's topic: one failed, with text for graders alone."""
    import json

    one, two = list(json.loads(item.topic.content)["concepts"])[:2]
    return (
        Verdict("first", one, "The first thing works.", Outcome.PASSED, Basis.OBSERVED),
        Verdict("second", one, "The second thing works.", Outcome.FAILED, Basis.OBSERVED, message="HIDDENINPUT 4711"),
        Verdict("third", two, "The third thing works.", Outcome.PASSED, Basis.SELF_REPORTED),
    )


def grade_all() -> None:
    """Does every job of the queue, as a worker would, with made-up verdicts."""
    while held := queue.claim("test"):
        submission = db.session.get_one(Submission, held.submission)
        result = replace(RESULT, run_id=f"run-{held.job}", task_digest=submission.item.digest)
        queue.finish(held, replace(result, verdicts=verdicts(submission.item.frozen)))


def take_part(invitation: Invitation, *, end: bool) -> Attempt:
    """Starts both parts, answers the first question wrongly, hands in twice, and maybe ends."""
    attempt = attempts.begin(invitation.id)
    for part in Part:
        attempts.start_part(attempt.id, part)
    first, task = attempt.items[0], attempt.items[-1]
    right = {option.id for option in results.key_of(first).right}
    attempts.answer(first.id, [option for option in first.shown if option not in right][:1], False, 1)
    handing_in.save_draft(task.id, {"app.py": f"# by {invitation.name}\n"}, 0)
    handing_in.hand_in(task.id, "click", {"app.py": f"# by {invitation.name}\n".encode()})
    if end:
        for part in Part:
            attempts.end_part(attempt.id, part)
    return attempt


def practise(user: User) -> None:
    """Begins to learn three questions, answers the first, and asks about it."""
    first = practice.begin_learning(user.id, Wish(topics=("contexts",), count=3), "begun").items[0]
    practice.answer(first.id, first.shown[:1])
    api_tokens.create(user, "laptop", ["submit"], 30)
    remarks.ask(user.id, first.frozen, "Why is the first option not right?")


def grade_by_hand(invitation_id: int, grader: User) -> None:
    """Comments on what was handed in, decides about a verdict, and keeps a comment to use again."""
    attempt = db.session.scalars(select(Attempt).where(Attempt.invitation_id == invitation_id)).one()
    submission = attempt.items[-1].submissions[0]
    comments.write(submission.id, grader, Place("app.py", 1, 1), "Who wrote it stands here.", publish=True)
    overruling.about_check(submission.id, "third", Outcome.FAILED, "It prints, and does not return.", grader)
    phrases.keep(grader, "A name says what it is for.", shared=True)


def upload_a_class(assessment: Assessment, owner: User) -> None:
    """Two people's submissions are looked at and not stored; the task has a rubric of one line."""
    task = assessment.items[-1]
    people = [Person(2, "Una", "4711"), Person(3, "Ugo", "4712")]
    found = [uploading.Found("4711", content=pack({"app.py": b"u = 1\n"}), digest="d" * 64), uploading.Found("who")]
    uploading.look_at(assessment.id, task.digest, people, found, owner.id)
    rubrics.add(assessment.id, task.frozen.item, rubrics.Wording("Readable", "Names say what things are.", 4), owner.id)


def liken(assessment: Assessment, by: User) -> None:
    """Has Otto's and Fay's submissions compared, with a made-up outcome."""
    task = next(one.digest for one in assessment.items if one.frozen.kind is ItemKind.TASK)
    likenesses.ask(assessment.id, task, by.id)
    held = likenesses.claim()
    assert held is not None
    found = {one["files"]["app.py"]: one["submission"] for one in likenesses.material(held).told["submitted"]}
    sides = {side: {"path": "app.py", "first": 1, "last": 1} for side in ("one", "other")}
    pair = {
        "one": found["# by Otto\n"],
        "other": found["# by Fay\n"],
        "one_share": 62.5,
        "other_share": 40.0,
        "one_lines": 12,
        "other_lines": 20,
        "passages": [{**sides, "wording": 71, "others": 0}],
    }
    bars = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert likenesses.keep(held, {"people": 2, "too_little": 2, "bars": bars, "pairs": [pair], "left_out": 0}, 0, 9)


def grade_anew(assessment: Assessment) -> None:
    """A dry run of the assessment's task on another image, which turns one verdict about."""
    regrades.begin(assessment.id, {assessment.items[-1].digest: Change.AGAIN}, assessment.owner_id)
    while held := queue.claim("test"):
        item = db.session.get_one(Submission, held.submission).item.frozen
        first, *others = verdicts(item)
        turned = (replace(first, outcome=Outcome.FAILED), *others)
        environment = replace(RESULT.environment, image="sha256:1")
        queue.finish(held, replace(RESULT, run_id=f"run-{held.job}", verdicts=turned, environment=environment))


def fill(path: Path) -> None:
    """Makes the world in a database that has the catalogue and the first assessment."""
    with make_app(path).app_context():
        take_in_warm_up()
        owner = db.session.scalars(select(User)).one()
        users = {"owner": owner}
        for name, (email, shown, role) in STAFF.items():
            user = owner if name == "owner" else accounts.add_user(email, shown, role)
            accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, user), PASSWORD)
            users[name] = user
        assessment = db.session.scalars(select(Assessment)).one()
        hooks.create(owner, "https://hr.example.org/assay", [one.value for one in HookEvent])
        people = [Invitee(name) for name in INVITEES.values() if name != "Nora"]
        made = {one.name: one for one, _ in inviting.invite(assessment.id, people, owner.id)}
        nora = db.session.scalars(select(Invitation).where(Invitation.name == "Nora")).one()
        take_part(nora, end=False)
        take_part(made["Otto"], end=False)
        ended = take_part(made["Fay"], end=True)
        take_part(made["Rolf"], end=False)
        inviting.revoke(made["Rolf"].id, owner.id)
        grade_all()
        practise(users["practising"])
        appeals.file_about_question(ended.id, ended.items[0].id, "The second option is right as well.")
        grade_by_hand(nora.id, users["grader"])
        upload_a_class(assessment, owner)
        liken(assessment, owner)
        plans.save(assessment.id, "Like Backend", owner)
        grade_anew(assessment)
        other = assessments.create(users["other interviewer"], "Other")
        task = db.session.scalars(select(FrozenItem).where(FrozenItem.kind == ItemKind.TASK)).first()
        assert task is not None
        drafting.set_tasks(other.id, [task.digest])
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def world_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copy(filled_database, path)
    fill(path)
    return path


@dataclass
class World:
    """The platform in use. ``client`` gives a browser in which that person has come in."""

    site: Flask
    path: Path
    original: Path

    def client(self, person: str) -> FlaskClient:
        client = self.site.test_client()
        with self.site.app_context():
            invitation = db.session.scalar(select(Invitation).where(Invitation.name == INVITEES.get(person)))
            user = db.session.scalar(select(User).where(User.email == STAFF[person][0])) if person in STAFF else None
            entered = Login(user).get_id() if user else None
            number = invitation.id if invitation else None
        with client.session_transaction() as session:
            if number is not None:
                session[INVITED] = number
            if entered is not None:
                session["_user_id"], session["_fresh"] = entered, True
        return client

    def find(self, ask: Callable[[], Any]) -> Any:
        """What ``ask`` reads in the store."""
        with self.site.app_context():
            return ask()

    def restore(self) -> None:
        """As it was in the beginning."""
        with self.site.app_context():
            db.session.remove()
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copy(self.original, self.path)


@pytest.fixture
def world(world_database: Path, tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "world.db"
    shutil.copy(world_database, path)
    site = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})
    yield World(site, path, world_database)
    with site.app_context():
        db.engine.dispose()
