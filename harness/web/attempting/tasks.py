"""Tasks: the brief, an editor whose draft is saved as one types, runs of the public tests, submissions and receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Response, flash, redirect, render_template, request, url_for

from harness.domain.digests import files_digest
from harness.services import clocks, handing_in, reporting, tasks
from harness.services.errors import Refused, Why
from harness.store.models import Attempt, AttemptItem, AttemptPart, Part, SubmissionKind
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave
from harness.web.attempting.questions import FROM_SCRIPT, numbered
from harness.web.attempting.sent import Form, own_first, read_form
from harness.web.person import my_attempt, whose
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
    return page(attempt, item, number, Form(standing(item)))


def standing(item: AttemptItem) -> dict[str, str]:
    """What stands in the editor: the draft, or what one begins with."""
    if item.draft_version:
        return {file.path: file.content for file in item.draft}
    return dict(tasks.view(item.frozen).files)


def page(attempt: Attempt, item: AttemptItem, number: int, form: Form, *, refused: bool = False) -> str:
    """The task's page with what ``form`` has in the editor."""
    return render_template(
        "attempting/task.html",
        attempt=attempt,
        clock=running(attempt),
        items=tasks_of(attempt),
        item=item,
        number=number,
        task=tasks.view(item.frozen),
        form=form,
        refused=refused,
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
        "no_report": reporting.not_yet(item.attempt),
    }


@attempting.post("/tasks/<int:number>")
@limiter.limit("240 per minute", key_func=whose)
def save_task(ref: str, number: int) -> BaseResponse | str | tuple[dict[str, Any] | str, int]:
    """Saves the draft, and then runs the public tests or hands it in, as the button says."""
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    form = read_form()
    try:
        files = form.files()
        version = handing_in.save_draft(
            item.id, restored(item, files), form.version, keep_old="replaces" in request.form
        )
    except Refused as refusal:
        return not_saved(attempt, item, number, form, refusal)
    by_script = FROM_SCRIPT in request.headers
    try:
        told = act(item, files)
    except Refused as refusal:
        if by_script:
            return {"saved": True, "version": version, "problem": str(refusal)}, 409
        flash(str(refusal), "problem")
    else:
        if by_script:
            return {"saved": True, "version": version, "told": told, "key": uuid4().hex}, 200
        flash(told, "done")
    return redirect(url_for("attempting.task", ref=ref, number=number, _anchor="results"))


def restored(item: AttemptItem, files: Mapping[str, str]) -> Mapping[str, str]:
    """The files, and those of the starter that are missing where the button asks for them."""
    return {**tasks.view(item.frozen).files, **files} if request.form.get("do") == "restore" else files


def act(item: AttemptItem, files: Mapping[str, str]) -> str:
    """Does what the pressed button asks for beside saving, and says what was done. Raises Refused."""
    encoded = handing_in.encoded(files)
    match request.form.get("do"):
        case "run":
            handing_in.run_public_tests(item.id, click("run", encoded), tasks.to_run(item.frozen, encoded))
            return "The public tests run."
        case "hand-in":
            return handed_in(item, click("in", encoded), encoded)
        case _:
            return "Saved."


def click(what: str, files: Mapping[str, bytes]) -> str:
    """Names the click that this request comes from: the page's key, unless other files came by it meanwhile."""
    return f"{what}-{request.form.get('key', '')[:40]}-{files_digest(files)[:16]}"


def handed_in(item: AttemptItem, key: str, files: Mapping[str, bytes]) -> str:
    """Hands files in, and says as what. Raises Refused."""
    submission = handing_in.hand_in(item.id, key, files)
    if submission.key != key:
        return f"These very files are submission {submission.ordinal} already. Nothing was handed in again."
    return f"Handed in as submission {submission.ordinal}. Its receipt stands below."


def not_saved(
    attempt: Attempt, item: AttemptItem, number: int, form: Form, refusal: Refused
) -> BaseResponse | str | tuple[dict[str, Any] | str, int]:
    """Nothing that was written is lost: it stands on the page that comes back, or still on the script's."""
    conflict, over = refusal.why is Why.CONFLICT, running(attempt) is None
    if FROM_SCRIPT in request.headers:
        stands = {"conflict": conflict, "over": over, "version": item.draft_version}
        return {"saved": False, "problem": str(refusal), **stands}, 409
    if over:
        return leave(attempt, str(refusal))
    flash(f"{refusal} What you wrote stands below; it is not saved yet." if conflict else str(refusal), "problem")
    return page(attempt, item, number, form, refused=conflict), 409 if conflict else 422


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


def begun(ref: str, number: int) -> AttemptItem:
    """The task, once its part has begun: before, nobody reads ahead. Raises Refused."""
    item = numbered(tasks_of(my_attempt(ref)), number)
    if clocks.clock(item.attempt, Part.TASKS) is None:
        raise Refused(Why.NOT_NOW, OVER)
    return item


@attempting.get("/tasks/<int:number>/starter")
def starter(ref: str, number: int) -> dict[str, dict[str, str]]:
    """The files that one begins with, for the script that puts one of them back."""
    return {"files": own_first(tasks.view(begun(ref, number).frozen).files)}


@attempting.get("/tasks/<int:number>/kit")
def kit(ref: str, number: int) -> Response:
    """The kit as a zip: brief, starter, public tests, versions."""
    item = begun(ref, number)
    name = item.frozen.item.split("/")[1]
    return Response(
        tasks.kit_archive(item.frozen, name),
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )
