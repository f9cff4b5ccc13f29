"""A class's submissions: uploaded with a roster, looked at, stored, and followed while they are graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from harness.domain.errors import IntakeError
from harness.intake import read_roster
from harness.intake.limits import MIB
from harness.services import assessments as deeds
from harness.services import storing, uploading
from harness.services.errors import Refused, Why
from harness.services.uploading import Fate
from harness.store.models import ItemKind, UploadState
from harness.web.assessments.inviting import links_page, uploaded
from harness.web.person import account
from harness.web.security import by_account, limiter

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response

    from harness.intake import Person
    from harness.store.models import Assessment, Upload

uploads = Blueprint("uploads", __name__, url_prefix="/assessments/<ref>/uploads")
LARGEST = 132 * MIB  # of one request: a class's zip, and the roster
MOST_FILES = 1_100


@uploads.url_value_preprocessor
def allow_more(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """A class is larger than what one person hands in. This runs before anything reads the form.

    Strangers get no more room than on any other page.
    """
    if endpoint == "uploads.send" and current_user.is_authenticated:
        request.max_content_length = LARGEST
        request.max_form_parts = MOST_FILES


@uploads.get("")
def index(ref: str) -> str:
    return index_page(deeds.own(ref, account()))


def index_page(found: Assessment, wrong: str = "", roster: str = "", task: str = "") -> str:
    return render_template(
        "uploads/index.html",
        assessment=found,
        tasks=[one.frozen for one in found.items if one.frozen.kind is ItemKind.TASK],
        known=len(uploading.roster_of(found)),
        uploads=uploading.newest(found),
        wrong=wrong,
        roster=roster,
        task=task,
    )


@uploads.post("")
@limiter.limit("20 per minute", key_func=by_account)
def send(ref: str) -> Response | tuple[str, int]:
    """Reads what is sent, and leads to the page where it is looked at; nothing of it counts yet."""
    me = account()
    found = deeds.own(ref, me)
    text, task = request.form.get("roster", ""), request.form.get("task", "")
    try:
        uploading.need_task(found, task)
        text = uploaded() or text
        people = people_of(found, text)
        sent = [(one.filename or "", one.stream.read()) for one in request.files.getlist("submissions") if one.filename]
        made = uploading.look_at(found.id, task, people, uploading.read(sent, people), me.id)
    except (Refused, IntakeError) as refusal:
        return index_page(deeds.own(ref, me), str(refusal), text, task), 422
    return redirect(url_for("uploads.show", ref=ref, upload_ref=made.ref))


def people_of(found: Assessment, text: str) -> list[Person]:
    """The roster that was sent, or those who are invited already. Raises IntakeError, Refused."""
    people = read_roster(text) if text.strip() else uploading.roster_of(found)
    if not people:
        raise Refused(Why.INVALID, "Nobody is invited yet, so a roster is needed: it says who is in the class.")
    return people


@uploads.get("/<upload_ref>")
def show(ref: str, upload_ref: str) -> str:
    return page(deeds.own(ref, account()), upload_ref)


def page(found: Assessment, upload_ref: str, kept: dict[str, str] | None = None) -> str:
    """What would be stored, or was; ``kept`` are names that were filled in and not taken."""
    upload = uploading.readable(found, upload_ref)
    if upload.state is UploadState.STORED:
        return render_template(
            "uploads/stored.html", assessment=found, upload=upload, progress=storing.progress(upload)
        )
    seen = uploading.preview(upload)
    return render_template(
        "uploads/preview.html", assessment=found, upload=upload, seen=seen, fates=Fate, kept=kept or {}
    )


@uploads.get("/<upload_ref>/progress")
def progress(ref: str, upload_ref: str) -> str:
    """How far the grading is, for the page that keeps it up to date."""
    found = deeds.own(ref, account())
    upload = uploading.readable(found, upload_ref)
    return render_template("uploads/_progress.html", assessment=found, upload=upload, progress=storing.progress(upload))


@uploads.post("/<upload_ref>/people")
def assign(ref: str, upload_ref: str) -> Response | tuple[str, int]:
    """Says whose the files are that their names don't tell."""
    me = account()
    upload = found_upload(ref, upload_ref)
    whose = {
        int(name[6:]): text for name, text in request.form.items() if name.startswith("whose-") and name[6:].isdecimal()
    }
    try:
        uploading.assign(upload.id, whose, me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return page(deeds.own(ref, me), upload_ref, request.form.to_dict()), 422
    flash("Saved.", "done")
    return redirect(url_for("uploads.show", ref=ref, upload_ref=upload_ref))


def found_upload(ref: str, upload_ref: str) -> Upload:
    return uploading.readable(deeds.own(ref, account()), upload_ref)


@uploads.post("/<upload_ref>")
def store(ref: str, upload_ref: str) -> Response:
    """Stores it, or throws it away."""
    me = account()
    upload = found_upload(ref, upload_ref)
    try:
        if request.form.get("do") == "throw-away":
            uploading.throw_away(upload.id, me.id)
            flash("The upload is gone; nothing of it was stored.", "done")
            return redirect(url_for("uploads.index", ref=ref))
        made = storing.store(upload.id, me.id, everyone=bool(request.form.get("everyone")))
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash(told(made.submissions, made.people), "done")
    return redirect(url_for("uploads.show", ref=ref, upload_ref=upload_ref))


def told(submissions: int, people: int) -> str:
    if not submissions and not people:
        return "Nothing is new: all of it was stored already."
    handed_in = "1 submission waits" if submissions == 1 else f"{submissions} submissions wait"
    return f"Stored: {handed_in} to be graded, and {people} {'person is' if people == 1 else 'people are'} new."


@uploads.post("/<upload_ref>/links")
def links(ref: str, upload_ref: str) -> Response | str:
    """Links for those whom the upload invited: shown once."""
    me = account()
    found = deeds.own(ref, me)
    upload = uploading.readable(found, upload_ref)
    try:
        return links_page(found, storing.links(upload.id, me.id))
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("uploads.show", ref=ref, upload_ref=upload_ref))
