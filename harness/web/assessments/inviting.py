"""A published assessment: who is invited, how far they are, and what can still be done."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, session, url_for

from harness.reports.batch import cell
from harness.services import assessments as deeds
from harness.services import clocks, results
from harness.services.errors import Refused
from harness.store.models import AssessmentState, Attempt, Invitation
from harness.web.assessments import assessments
from harness.web.assessments.forms import WindowForm, in_utc, people_of
from harness.web.person import account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from harness.services.results import Standing
    from harness.store.models import Assessment

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
USED = "invited-by"  # the session's key for the last form of invitations, so that a reload invites nobody twice


@dataclass(frozen=True, slots=True)
class Row:
    """One invited person: how far they are, and what they have reached where it is known."""

    invitation: Invitation
    attempt: Attempt | None
    stage: str
    standing: Standing | None


def rows(found: Assessment) -> list[Row]:
    attempts = deeds.attempts_of(found)
    return [row(one, attempts.get(one.id)) for one in found.invitations]


def row(invitation: Invitation, attempt: Attempt | None) -> Row:
    standing = results.standing(attempt) if attempt and attempt.finished_at else None
    return Row(invitation, attempt, stage(invitation, attempt, standing), standing)


def stage(invitation: Invitation, attempt: Attempt | None, standing: Standing | None) -> str:
    if invitation.erased_at:
        return "erased"
    if standing:
        return "being graded" if any(mark.pending for mark in standing.marks) else "finished"
    if attempt and attempt.parts:
        return "working" if any(not clocks.over(one) for one in attempt.parts) else "between parts"
    if invitation.revoked_at:
        return "link withdrawn"
    return "opened" if invitation.opened_at else "invited"


@assessments.get("/<ref>")
def show(ref: str) -> Response | str:
    me = account()
    found = deeds.readable(ref, me)
    if found.state is AssessmentState.DRAFT:
        return redirect(url_for("assessments.edit", ref=ref))
    return render_template(
        "assessments/show.html",
        assessment=found,
        mine=found.owner_id == me.id or me.role == "administrator",
        rows=rows(found),
        window=WindowForm(obj=found),
        offered=clocks.offered(found),
        key=session.get(USED, 0) + 1,
    )


@assessments.get("/<ref>/people")
def people(ref: str) -> str:
    """The table alone, for the page that keeps it up to date."""
    found = deeds.readable(ref, account())
    return render_template("assessments/_people.html", assessment=found, mine=False, rows=rows(found))


@assessments.post("/<ref>/invitations")
def invite(ref: str) -> Response | str | tuple[str, int]:
    """Invites, and shows each link once: the server keeps none of them."""
    me = account()
    found = deeds.own(ref, me)
    key = request.form.get("key", default=0, type=int)
    if key <= session.get(USED, 0):
        flash(
            "These people were invited already. Their links were shown then; make a new one for who lost it.", "problem"
        )
        return redirect(url_for("assessments.show", ref=ref))
    try:
        made = deeds.invite(found.id, people_of(request.form.get("people", "")), me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("assessments.show", ref=ref, _anchor="invite"))
    session[USED] = key
    return links_page(found, made)


def links_page(found: Assessment, made: Sequence[tuple[Invitation, str]]) -> str:
    links = [(one, url_for("invited.open_link", token=token, _external=True)) for one, token in made]
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerows([("name", "email", "link"), *((cell(one.name), cell(one.email), link) for one, link in links)])
    return render_template(
        "assessments/links.html",
        assessment=found,
        links=links,
        table=table.getvalue(),
        loopback=request.host.rsplit(":", 1)[0] in LOOPBACK,
    )


@assessments.post("/<ref>/invitations/<invitation_ref>")
def change_invitation(ref: str, invitation_ref: str) -> Response | str:
    me = account()
    found = deeds.own(ref, me)
    invitation = deeds.invitation_of(found, invitation_ref)
    match request.form.get("do"):
        case "revoke":
            deeds.revoke(invitation.id, me.id)
            flash(f"{invitation.name}'s link works no more.", "done")
        case "new-link":
            return links_page(found, [(invitation, deeds.new_link(invitation.id, me.id))])
        case "extra-time":
            percent = request.form.get("percent", default=-1, type=int)
            try:
                deeds.set_extra_time(invitation.id, percent, me.id)
            except Refused as refusal:
                flash(str(refusal), "problem")
            else:
                flash(f"{invitation.name} has {percent} % more time in parts that have not started.", "done")
    return redirect(url_for("assessments.show", ref=ref))


@assessments.post("/<ref>/window")
def window(ref: str) -> Response:
    me, form = account(), WindowForm()
    found = deeds.own(ref, me)
    try:
        if request.form.get("do") == "close":
            deeds.close(found.id, me.id)
            flash("Closed: nobody can start any more. Who works now can go on.", "done")
        elif form.validate_on_submit():
            deeds.extend(found.id, in_utc(form.closes_at.data), me.id)
            flash("The window is changed.", "done")
        else:
            flash("That is no date and time.", "problem")
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("assessments.show", ref=ref))
