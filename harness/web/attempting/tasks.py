"""Tasks: the brief, an editor whose draft is saved as one types, runs of the public tests, submissions and receipts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.utils import secure_filename

from harness.domain.errors import IntakeError
from harness.intake import read_submission
from harness.services import clocks, handing_in, tasks
from harness.services.errors import Refused, Why
from harness.store.models import Attempt, AttemptItem, AttemptPart, Part, SubmissionKind
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave
from harness.web.attempting.questions import FROM_SCRIPT, numbered
from harness.web.person import my_attempt
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

OVER = "The tasks are closed: this part has not been started, was ended, or its time is up."


def tasks_of(attempt: Attempt) -> list[AttemptItem]:
    return [item for item in attempt.items if item.part is Part.TASKS]


def running(attempt: Attempt) -> AttemptPart | None:
    """The clock of the tasks, if it runs."""
    clock = clocks.clock(attempt, Part.TASKS)
    return None if clock is None or clocks.over(clock) else clock


@attempting.get("/tasks/<int:number>")
def task(ref: str, number: int) -> BaseResponse | str:
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    if running(attempt) is None:
        return leave(attempt, OVER)
    draft = {file.path: file.content for file in item.draft} if item.draft_version else None
    return page(attempt, item, number, draft)


def page(attempt: Attempt, item: AttemptItem, number: int, files: Mapping[str, str] | None) -> str:
    """The task's page; ``files`` are what stands in the editor, the starter's where there is no draft."""
    shown = tasks.view(item.frozen)
    return render_template(
        "attempting/task.html",
        attempt=attempt,
        clock=running(attempt),
        items=tasks_of(attempt),
        item=item,
        number=number,
        task=shown,
        files=dict(sorted((shown.files if files is None else files).items())),
        key=uuid4().hex,
        run=tasks.last_run(item),
        **submissions_of(item),
    )


def submissions_of(item: AttemptItem) -> dict[str, Any]:
    """What the list of submissions shows, and how many are left; None where there is no limit."""
    handed_in = [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    most = item.attempt.assessment.most_submissions if item.attempt.assessment else None
    used = sum(one.kind is SubmissionKind.HANDED_IN for one in handed_in)
    return {
        "submissions": [(one, tasks.progress(one)) for one in handed_in],
        "left": None if most is None else max(0, most - used),
    }


@attempting.post("/tasks/<int:number>")
def save_task(ref: str, number: int) -> BaseResponse | str | tuple[dict[str, Any] | str, int]:
    """Saves the draft, and then runs the public tests or hands it in, as the button says."""
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    files = sent_files()
    try:
        item_version = handing_in.save_draft(item.id, files, request.form.get("version", default=-1, type=int))
    except Refused as refusal:
        return not_saved(attempt, item, number, files, refusal)
    if FROM_SCRIPT in request.headers and "do" not in request.form:
        return {"version": item_version}, 200
    try:
        act(item, files)
    except Refused as refusal:
        if FROM_SCRIPT in request.headers:
            return {"version": item_version, "problem": str(refusal)}, 409
        flash(str(refusal), "problem")
    if FROM_SCRIPT in request.headers:
        return {"version": item_version}, 200
    return redirect(url_for("attempting.task", ref=ref, number=number, _anchor="results"))


def sent_files() -> dict[str, str]:
    """The form's files: a path and a content each. A line ends as Python's tools write it, whatever a form sends."""
    pairs = zip(request.form.getlist("path"), request.form.getlist("content"), strict=False)
    return {path.strip(): content.replace("\r\n", "\n") for path, content in pairs if path.strip()}


def act(item: AttemptItem, files: Mapping[str, str]) -> None:
    """What the pressed button asks for beside saving. Raises Refused."""
    key, encoded = request.form.get("key", ""), handing_in.encoded(files)
    match request.form.get("do"):
        case "run":
            handing_in.run_public_tests(item.id, f"run-{key}"[:64], tasks.to_run(item.frozen, encoded))
        case "hand-in":
            handing_in.hand_in(item.id, f"in-{key}"[:64], encoded)
            tell("Handed in. The receipt stands below.")
        case _:
            tell("Saved.")


def tell(text: str) -> None:
    """On the page that a plain form leads to; a script shows what became of it by itself."""
    if FROM_SCRIPT not in request.headers:
        flash(text, "done")


def not_saved(
    attempt: Attempt, item: AttemptItem, number: int, files: Mapping[str, str], refusal: Refused
) -> BaseResponse | str | tuple[dict[str, Any] | str, int]:
    conflict = refusal.why is Why.CONFLICT
    if FROM_SCRIPT in request.headers:
        return {"problem": str(refusal), "conflict": conflict, "version": item.draft_version}, 409
    if running(attempt) is None:
        return leave(attempt, str(refusal))
    flash(
        f"{refusal} What you wrote on this page stands below; save it again to let it count."
        if conflict
        else str(refusal),
        "problem",
    )
    return page(attempt, item, number, files), 409 if conflict else 422


@attempting.get("/tasks/<int:number>/run")
def latest_run(ref: str, number: int) -> str:
    """The last run of the public tests, for the page that shows it growing."""
    item = numbered(tasks_of(my_attempt(ref)), number)
    return render_template("attempting/_run.html", attempt=item.attempt, number=number, run=tasks.last_run(item))


@attempting.get("/tasks/<int:number>/submissions")
def submissions(ref: str, number: int) -> str:
    """The receipts, for the page that shows where each stands."""
    item = numbered(tasks_of(my_attempt(ref)), number)
    return render_template("attempting/_submissions.html", attempt=item.attempt, number=number, **submissions_of(item))


@attempting.get("/tasks/<int:number>/kit")
def kit(ref: str, number: int) -> Response:
    """The kit as a zip: brief, starter, public tests, versions."""
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    if clocks.clock(attempt, Part.TASKS) is None:
        raise Refused(Why.NOT_NOW, OVER)
    name = item.frozen.item.split("/")[1]
    return Response(
        tasks.kit_archive(item.frozen, name),
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )


@attempting.post("/tasks/<int:number>/upload")
@limiter.limit("30 per minute")
def upload(ref: str, number: int) -> BaseResponse:
    """A packed project: into the editor, or handed in as it is. Nothing of the draft is lost where it is refused."""
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    back = redirect(url_for("attempting.task", ref=ref, number=number, _anchor="results"))
    try:
        files = tasks.own_files(item.frozen, uploaded())
        if request.form.get("do") == "hand-in":
            handing_in.hand_in(item.id, f"in-{request.form.get('key', '')}"[:64], files)
            flash(f"Handed in: {len(files)} files. The receipt stands below.", "done")
        else:
            handing_in.replace_draft(item.id, files)
            flash(f"The editor has the {len(files)} files that you uploaded.", "done")
    except (Refused, IntakeError) as refusal:
        flash(str(refusal), "problem")
    return back


def uploaded() -> dict[str, bytes]:
    """The files of the uploaded archive. Raises Refused, IntakeError."""
    sent = request.files.get("archive")
    if sent is None or not sent.filename:
        raise Refused(Why.INVALID, "Choose a .zip or .tar.gz first.")
    with tempfile.TemporaryDirectory(prefix="assay-upload-") as folder:
        path = Path(folder) / (secure_filename(sent.filename) or "upload")
        sent.save(path)
        return dict(read_submission(path).files)
