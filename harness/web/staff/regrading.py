"""Regrades of an assessment: what can be changed, a dry run as it goes, what changes, and the decision about it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for

from harness.reports.batch import CSV_ENCODING, cell
from harness.reports.inert import inert_line
from harness.services import assessments, publishing, regrade_changes, regrade_offers, regrades, results
from harness.services.errors import Refused
from harness.services.regrade_offers import Change
from harness.store.models import Assessment, AssessmentState, ItemKind, RegradeState
from harness.web.person import account
from harness.web.staff import regrades as pages

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from harness.domain.content import Question
    from harness.services.regrade_changes import Changed, Pair, Turn
    from harness.store.models import FrozenItem, Regrade

CHOICE = "item-"  # how the form names the choice about an item: this and its digest
SAID = {
    "apply": "Applied: what the dry run found counts from now on.",
    "drop": "Given up. Nothing of this dry run counts.",
}


def found(ref: str) -> Assessment:
    """A published assessment, for who may grade it. Raises Refused."""
    one = assessments.readable(ref, account())
    if one.state is AssessmentState.DRAFT or not assessments.may_grade(one, account()):
        abort(404)
    return one


@pages.get("/")
def index(ref: str) -> str:
    assessment = found(ref)
    every = regrades.of_assessment(assessment)
    undecided = next((one for one in every if one.state is RegradeState.DRY_RUN), None)
    return render_template(
        "regrades/index.html",
        assessment=assessment,
        every=every,
        undecided=undecided,
        offers=[] if undecided else regrade_offers.offers(assessment),
        field=CHOICE,
    )


@pages.post("/")
def begin(ref: str) -> BaseResponse:
    assessment = found(ref)
    chosen = {
        name.removeprefix(CHOICE): Change(value)
        for name, value in request.form.items()
        if name.startswith(CHOICE) and value in list(Change)
    }
    try:
        made = regrades.begin(assessment.id, chosen, account().id)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("regrades.index", ref=ref))
    return redirect(url_for("regrades.show", ref=ref, regrade_ref=made.ref))


@pages.get("/<regrade_ref>")
def show(ref: str, regrade_ref: str) -> str:
    return page(found(ref), regrade_ref)


def page(assessment: Assessment, regrade_ref: str, kept: str = "", wrong: str = "") -> str:
    """One regrade; ``kept`` is a reason that was not taken, and ``wrong`` says why."""
    regrade = regrades.find(assessment, regrade_ref)
    return render_template(
        "regrades/show.html",
        assessment=assessment,
        regrade=regrade,
        progress=regrades.progress(regrade),
        changes=regrade_changes.of(regrade),
        keys=keys(regrade),
        told_at_once=publishing.readable(assessment),
        kept=kept,
        wrong=wrong,
    )


def keys(regrade: Regrade) -> list[tuple[FrozenItem, Question, Question]]:
    """Of each question the key before and after."""
    asked = [one for one in regrade.items if one.before.kind is ItemKind.QUESTION]
    known = results.keys_of({digest for one in asked for digest in (one.before_digest, one.after_digest)})
    return [(one.before, known[one.before_digest], known[one.after_digest]) for one in asked]


@pages.get("/<regrade_ref>/progress")
def progress(ref: str, regrade_ref: str) -> Response | str:
    """How far a dry run is, for the page that asks again and again; when it is over, the page is to be read anew."""
    assessment = found(ref)
    regrade = regrades.find(assessment, regrade_ref)
    stand = regrades.progress(regrade)
    if regrade.state is not RegradeState.DRY_RUN or not stand.waiting:
        return Response(headers={"HX-Refresh": "true"})
    return render_template("regrades/_progress.html", assessment=assessment, regrade=regrade, progress=stand)


@pages.post("/<regrade_ref>")
def decide(ref: str, regrade_ref: str) -> BaseResponse | tuple[str, int]:
    """What is to become of it: ``deed`` is go-on, apply, drop or roll-back."""
    assessment, me = found(ref), account()
    regrade = regrades.find(assessment, regrade_ref)
    deed, reason = request.form.get("deed", ""), request.form.get("reason", "")
    try:
        flash(done(regrade, deed, reason, me.id), "done")
    except Refused as refusal:
        if not reason:
            flash(str(refusal), "problem")
            return redirect(url_for("regrades.show", ref=ref, regrade_ref=regrade_ref))
        return page(assessment, regrade_ref, reason, str(refusal)), 422
    return redirect(url_for("regrades.show", ref=ref, regrade_ref=regrade_ref))


def done(regrade: Regrade, deed: str, reason: str, by: int) -> str:
    """Does it, and says what was done. Raises Refused."""
    if deed == "go-on":
        return f"{counted(regrades.go_on(regrade.id, by))} to be judged in this dry run, too."
    if deed == "apply":
        regrades.apply(regrade.id, reason, by)
    elif deed == "drop":
        regrades.drop(regrade.id, by)
    elif deed == "roll-back":
        left = regrades.roll_back(regrade.id, reason, by)
        more = f" {counted(left)} to be graded by the earlier version." if left else ""
        return f"Rolled back: what counted before counts again.{more}"
    else:
        abort(400)
    return SAID[deed]


def counted(number: int) -> str:
    return f"{number} {'submission waits' if number == 1 else 'submissions wait'}"


@pages.get("/<regrade_ref>.csv")
def file(ref: str, regrade_ref: str) -> Response:
    """Who changes, for a spreadsheet."""
    assessment = found(ref)
    regrade = regrades.find(assessment, regrade_ref)
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    pairs = [f"{score}_{when}" for score in ("knows", "can_do", "joint", "passed") for when in ("before", "after")]
    writer.writerow(["name", *pairs, "decision", "what"])
    for one in regrade_changes.of(regrade).people:
        writer.writerow(map(cell, row(one)))
    reply = Response(table.getvalue().encode(CSV_ENCODING), mimetype="text/csv")
    name = inert_line(f"assay {assessment.title} regrade.csv").replace("/", "-")
    reply.headers.set("Content-Disposition", "attachment", filename=name)
    return reply


def row(one: Changed) -> list[str]:
    scores = [text for pair in one.scores for text in both(pair)]
    passed = ["" if value is None else "yes" if value else "no" for value in one.passed]
    turns = [told(turn) for turn in one.questions]
    turns += [
        f"submission {again.submission.ordinal}: {told(turn)}" for again in one.submissions for turn in again.turns
    ]
    decision = one.decision.choice.value if one.decision else ""
    return [one.name, *scores, *passed, decision, "; ".join(turns)]


def both(pair: Pair) -> list[str]:
    return ["" if value is None else f"{value:g}" for value in (pair.before, pair.after)]


def told(turn: Turn) -> str:
    return f"{turn.name} {turn.before or 'not there'} > {turn.after or 'not there'}"
