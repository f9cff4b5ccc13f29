"""A small demo: an assessment, people, and submissions that the worker grades for real. By the services' own deeds."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from harness.content.library import default_root
from harness.content.trees import read_tree
from harness.domain.content import Pool
from harness.services import accounts, assessments, attempts, drafting, handing_in, inviting, results
from harness.services.drafting import Rules
from harness.services.inviting import Invitee
from harness.store.base import db
from harness.store.models import Assessment, Attempt, FrozenItem, ItemKind, Part, Purpose, Role

TITLE = "Backend developer (demo)"
TASKS = ("contexts/busy-weighbridge", "application-factory/library-factory")
WRONG = {
    "application-factory/library-factory": "wrong/cached-app",
    "contexts/busy-weighbridge": "wrong/g-survives-the-request",
}
BLUEPRINT = "fundamentals:junior=2,orm:mid=2,security:mid=2,apis:mid=1,devops:mid=1"
PEOPLE = (
    ("ines@example.org", "Ines Interviewer", Role.INTERVIEWER),
    ("gerda@example.org", "Gerda Grader", Role.GRADER),
    ("paul@example.org", "Paul Practises", Role.CANDIDATE),
)
WELCOME = "Take your time; every click is saved. *This is a demo: nobody's job depends on it.*"


def load_demo(base: str, say: Callable[[str], None]) -> None:
    """Fills an empty platform; where there is an assessment already, nothing is done."""
    if db.session.scalar(select(Assessment.id).limit(1)) is not None:
        say("There are assessments already: the demo is not loaded.")
        return
    users = [accounts.add_user(email, name, role) for email, name, role in PEOPLE]
    for user in users:
        token = accounts.new_link(Purpose.SET_PASSWORD, user)
        say(f"{user.name} ({user.role.value}, {user.email}) sets a password at\n  {base}/link/{token}")
    made = assessments.create(users[0], TITLE)
    drafting.set_rules(made.id, Rules(TITLE, WELCOME, question_minutes=20, task_minutes=90))
    drafting.draw_questions(made.id, BLUEPRINT, Pool.PRACTICE)
    offered = select(FrozenItem).where(FrozenItem.kind == ItemKind.TASK, FrozenItem.current)
    chosen = {one.item: one.digest for one in db.session.scalars(offered)}
    drafting.set_tasks(made.id, [chosen[name] for name in TASKS])
    assessments.publish(made.id, users[0].id)
    people = [Invitee("Nora Newcomer"), Invitee("Rita Right"), Invitee("Walter Wrong", extra_percent=25)]
    for (invitation, token), right in zip(
        inviting.invite(made.id, people, users[0].id), (None, True, False), strict=True
    ):
        if right is not None:
            take_part(invitation.id, right=right)
        say(f"{invitation.name}'s invitation\n  {base}/assessment/open/{token}")


def take_part(invitation_id: int, *, right: bool) -> None:
    """Somebody answers everything and hands in every task: the reference, or what is known to be wrong."""
    attempt = attempts.begin(invitation_id)
    for part in Part:
        attempts.start_part(attempt.id, part)
    for number, item in enumerate(list(attempt.items)):
        if item.part is Part.QUESTIONS:
            _answer(attempt, number, right=right or number % 3 == 0)
        else:
            folder = default_root() / "reference" / item.frozen.item
            handing_in.hand_in(item.id, "demo", read_tree(folder / ("solution" if right else WRONG[item.frozen.item])))
    for part in Part:
        attempts.end_part(attempt.id, part)


def _answer(attempt: Attempt, number: int, *, right: bool) -> None:
    item = attempt.items[number]
    correct = [option.id for option in results.key_of(item).right]
    wrong = [option for option in item.shown if option not in correct][:1]
    attempts.answer(item.id, correct if right else wrong, flagged=False, version=1)
