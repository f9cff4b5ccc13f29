"""The first page after the login: what is worth doing next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from harness.services import accounts, appeals, assessments, cards, drawing, practice, queueing, remarks
from harness.services.shelf import POOLS
from harness.store.columns import now
from harness.store.models import AssessmentState, AttemptKind, Role, User
from harness.web.access import RULES, people
from harness.web.person import account

if TYPE_CHECKING:
    from harness.services.assessments import Overview

home = Blueprint("home", __name__)
SHOWN = 5  # assessments
MARGINS = Path(__file__).parent / "margins.md"


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing. ``urgent``: somebody waits for it, or a clock runs."""

    text: str
    address: str
    label: str
    urgent: bool = False


@home.get("/")
def index() -> str:
    me = account()
    staff = bool(RULES["assessments.index"] & people())
    listed = assessments.overview(me, most=SHOWN) if staff else []
    steps = [*practising(me), *answering(me), *running(me, listed), *looking_after(me)]
    return render_template(
        "home.html",
        me=me,
        staff=staff,
        makes=bool(RULES["assessments.create"] & people()),
        steps=sorted(steps, key=lambda step: not step.urgent),
        listed=listed,
        queue=queueing.figures() if me.role is Role.ADMINISTRATOR else None,
    )


@home.get("/margins")
def margins() -> str:
    """What stands behind the margins of scores."""
    return render_template("margins.html", text=MARGINS.read_text("utf-8"))


def practising(me: User) -> Iterator[Step]:
    if exam := practice.running_exam(me.id):
        address = url_for("attempting.question", ref=exam.ref, number=1)
        yield Step("The clock of your exam runs.", address, "Go on with the exam", urgent=True)
    for one in practice.unfinished(me.id, AttemptKind.LEARNING, most=1):
        yield Step("You have begun to learn.", url_for("practice.learning", ref=one.ref), "Go on learning")
    for one in practice.unfinished(me.id, AttemptKind.TASK, most=1):
        address = url_for("attempting.task", ref=one.ref, number=1)
        yield Step(f"You have begun “{one.items[0].frozen.title}”.", address, "Go on with the task")
    if count := remarks.news_for(me.id):
        text = "Your question has an answer." if count == 1 else f"{count} of your questions have an answer."
        yield Step(text, url_for("practice.asked"), "Read it" if count == 1 else "Read them")
    known, offered = cards.cards_of(me.id), {one.id for one in drawing.offers(POOLS)}
    if due := sum(card.due <= now() and item in offered for item, card in known.items()):
        text = "1 question is due to be remembered." if due == 1 else f"{due} questions are due to be remembered."
        yield Step(text, url_for("practice.index"), "Practise")


def answering(me: User) -> Iterator[Step]:
    """What people wait for an answer to."""
    if RULES["appeals.index"] & people() and (count := appeals.open_for(me)):
        text = "1 appeal waits for an answer." if count == 1 else f"{count} appeals wait for an answer."
        yield Step(text, url_for("appeals.index"), "Read", urgent=True)
    if RULES["practice.remarks"] & people() and (count := remarks.count_open()):
        some = f"{count} questions of people who practise wait for an answer."
        text = "1 question of somebody who practises waits for an answer." if count == 1 else some
        yield Step(text, url_for("practice.remarks"), "Answer", urgent=True)


def running(me: User, listed: list[Overview]) -> Iterator[Step]:
    """Drafts to finish, and published assessments that nobody is invited to."""
    for one in listed:
        it = one.assessment
        if it.owner_id == me.id and it.state is AssessmentState.DRAFT:
            yield Step(f"“{it.title}” is a draft.", url_for("assessments.edit", ref=it.ref), "Finish it")
        if it.owner_id == me.id and it.state is AssessmentState.PUBLISHED and not one.invited:
            address = url_for("assessments.invite", ref=it.ref)
            yield Step(f"Nobody is invited to “{it.title}” yet.", address, "Invite people")


def looking_after(me: User) -> Iterator[Step]:
    if me.role is Role.ADMINISTRATOR and len(accounts.find_accounts(most=2)) < 2:
        text = "You are the only one with an account. Interviewers and graders need one; invited people do not."
        yield Step(text, url_for("people.index"), "Add somebody")
