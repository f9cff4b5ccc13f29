"""A project of the person's own machine: looked at before it replaces the draft, or handed in as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for

from harness.domain.errors import IntakeError
from harness.services import handing_in, tasks
from harness.services.errors import Refused
from harness.web.attempting import attempting
from harness.web.attempting.paths import leave
from harness.web.attempting.questions import numbered
from harness.web.attempting.sent import Upload, own_first, read_upload
from harness.web.attempting.tasks import OVER, click, handed_in, running, standing, submissions_of, tasks_of
from harness.web.person import my_attempt, whose
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Attempt, AttemptItem


@attempting.post("/tasks/<int:number>/upload")
@limiter.limit("30 per minute", key_func=whose)
def upload(ref: str, number: int) -> Response | str:
    """Nothing of the draft is lost where it is refused, and nothing replaced before it was looked at."""
    attempt = my_attempt(ref)
    item = numbered(tasks_of(attempt), number)
    if running(attempt) is None:
        return leave(attempt, OVER)
    try:
        sent = read_upload(standing(item))
        if request.form.get("do") == "hand-in" and sent.whole:
            told = handed_in(item, click("up", sent.files), sent.files)
            flash(" ".join([told, *(f"Note: {note}." for note in sent.notes)]), "done")
        else:
            return look(attempt, item, number, sent)
    except (Refused, IntakeError) as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("attempting.task", ref=ref, number=number, _anchor="results"))


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of one file: it is new, changed, gone, or as it was. Sizes are in bytes."""

    path: str
    what: str
    size: int


def look(attempt: Attempt, item: AttemptItem, number: int, sent: Upload) -> str:
    """The page that shows what the editor would have, and asks. Raises Refused."""
    before = standing(item)
    uploaded = handing_in.as_draft(tasks.for_editor(item.frozen, sent.files))
    after = uploaded if sent.whole else {**before, **uploaded}
    handing_in.checked(after)
    return render_template(
        "attempting/upload.html",
        attempt=attempt,
        clock=running(attempt),
        item=item,
        number=number,
        notes=sent.notes,
        files=own_first(after),
        changes=changes(before, after),
        key=uuid4().hex,
        **submissions_of(item),
    )


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """By path, what is as it was last."""
    found = []
    for path in own_first({**before, **after}):
        if path not in after:
            what = "gone"
        elif path not in before:
            what = "new"
        else:
            what = "same" if before[path] == after[path] else "changed"
        found.append(Change(path, what, len(after.get(path, "").encode("utf-8", "surrogatepass"))))
    return sorted(found, key=lambda change: change.what == "same")
