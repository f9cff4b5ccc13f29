"""Handing in from one's own machine: by an invited person's token at their attempt, by an account's at practice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from harness.domain.errors import IntakeError
from harness.intake import read_submission
from harness.reports.model import Audience
from harness.services import attempts, clocks, handing_in, practice, reporting
from harness.services.errors import Refused, Why
from harness.services.tokens import token_digest
from harness.store.columns import new_ref
from harness.store.models import AttemptItem, Part, Submission, SubmissionKind
from harness.web.api import limits
from harness.web.api.asking import token
from harness.web.api.reports import shown
from harness.web.api.resource import Resource
from harness.web.api.schemas import SubmissionSchema, TaskAttemptSchema

pages = Resource("api_submissions", __name__, description="Handing in")


class ArchiveSchema(Schema):
    """``archive`` is a zip of the project."""

    archive = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class KeySchema(Schema):
    """What names this one deed, for who may have to ask once more."""

    key = fields.String(data_key="Idempotency-Key", load_default="", validate=validate.Length(max=200))

    class Meta:
        unknown = EXCLUDE


class TaskSchema(Schema):
    task = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9-]+/[a-z0-9-]+$"))


@pages.route("/tasks")
@pages.response(200, TaskAttemptSchema(many=True))
def tasks() -> list[dict[str, Any]]:
    """The tasks of an invited person's attempt that can be handed in to now; nothing for an account, which may hand in
    to every task of practice."""
    return [
        {"task": item.frozen.item, "title": item.frozen.title, "part_ends_at": _clock(item)} for item in _open_items()
    ]


def _clock(item: AttemptItem) -> Any:
    clock = clocks.clock(item.attempt, Part.TASKS)
    return clock.deadline if clock else None


def _open_items() -> list[AttemptItem]:
    invitation = token().invitation
    attempt = attempts.attempt_of(invitation.id) if invitation else None
    clock = clocks.clock(attempt, Part.TASKS) if attempt else None
    if attempt is None or clock is None or clocks.over(clock):
        return []
    return [item for item in attempt.items if item.part is Part.TASKS]


@pages.route("/submissions", methods=["POST"])
@pages.arguments(TaskSchema, location="query")
@pages.arguments(ArchiveSchema, location="files")
@pages.arguments(KeySchema, location="headers")
@pages.response(201, SubmissionSchema)
def hand_in(query: dict[str, Any], archive: dict[str, Any], headers: dict[str, Any]) -> dict[str, Any]:
    """Hands a zip in. The files that were handed in last, or the same key again, give the submission that they are."""
    limits.spend(limits.HANDING_IN, "api-submit", str(token().id))
    files = _files(archive["archive"])
    item = _item(query["task"])
    return read_by_its_person(handing_in.hand_in(item.id, _key(headers["key"]), files))


def _files(sent: Any) -> dict[str, bytes]:
    """Raises Refused for what is no project."""
    with tempfile.TemporaryDirectory(prefix="assay-upload-") as folder:
        path = Path(folder) / "project.zip"
        sent.save(path)
        try:
            return dict(read_submission(path).files)
        except IntakeError as error:
            raise Refused(Why.INVALID, str(error)) from error


def _key(sent: str) -> str:
    """What names this deed: whoever asks once more, since the answer was lost on the way, sends the same."""
    return f"api-{token_digest(sent)[:40] if sent else new_ref()}"


def _item(task: str) -> AttemptItem:
    """Where to hand in. Raises Refused."""
    mine = token()
    if mine.user_id is not None:
        return practice.begin_task(mine.user_id, task, new_ref()).items[0]
    found = next((item for item in _open_items() if item.frozen.item == task), None)
    if found is None:
        raise Refused(Why.UNKNOWN, "Your assessment has no such task whose clock runs.")
    return found


@pages.route("/my-submissions/<ref>")
@pages.response(200, SubmissionSchema)
def mine(ref: str) -> dict[str, Any]:
    """One's own submission: how far it is, and the report as its person may read it by now."""
    return read_by_its_person(_my_submission(ref))


def read_by_its_person(found: Submission) -> dict[str, Any]:
    """The submission with neither score nor report while, or where, its person must not read them."""
    if reporting.not_yet(found.item.attempt) or not reporting.is_full(found.item.attempt):
        return shown(found) | {"score": None}
    return shown(found, Audience.CANDIDATE)


def _my_submission(ref: str) -> Submission:
    mine = token()
    attempt_owner = (mine.invitation_id, mine.user_id)
    found = handing_in.by_ref(ref)
    if found is None or found.kind is SubmissionKind.PUBLIC_RUN:
        raise Refused(Why.UNKNOWN, "There is no such submission.")
    attempt = found.item.attempt
    if (attempt.invitation_id, attempt.user_id) != attempt_owner:
        raise Refused(Why.UNKNOWN, "There is no such submission.")
    return found
