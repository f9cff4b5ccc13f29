"""Drafts and submissions: saved as one types, run against the public tests, handed in, and kept under their hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.domain.digests import files_digest
from harness.domain.errors import IntakeError
from harness.domain.packs import pack
from harness.intake.names import split
from harness.services import clocks
from harness.services.errors import Refused, Why
from harness.store.base import writing
from harness.store.columns import now
from harness.store.models import (
    UNFINISHED,
    AttemptItem,
    Blob,
    DraftFile,
    Event,
    EventKind,
    Job,
    JobKind,
    Part,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_FILES = 200
MOST_BYTES = 1_000_000  # of all files of a draft together
SNAPSHOT_SECONDS = 30.0  # the timeline keeps what stood in the editor as often as this
FIRST, SECOND = 0, 10  # priorities: who waits at the editor goes before who has handed in
PUBLIC_RUNS_AT_ONCE = 1


def save_draft(item_id: int, files: Mapping[str, str], version: int) -> int:
    """Replaces the draft, and gives its new version. Raises Refused: CONFLICT where another tab saved since."""
    checked(files)
    with writing() as session:
        item = _running_task(session, item_id)
        if version != item.draft_version:
            raise Refused(Why.CONFLICT, "Another tab or device has saved this task since. Load it again.")
        standing = {one.path: one for one in item.draft}
        for path in standing.keys() - files.keys():
            item.draft.remove(standing[path])
        for path, text in files.items():
            if path in standing:
                standing[path].content = text
            else:
                item.draft.append(DraftFile(path=path, content=text))
        item.draft_version += 1
        _keep_snapshot(session, item, files)
    return item.draft_version


def replace_draft(item_id: int, files: Mapping[str, bytes]) -> int:
    """Puts an uploaded project into the editor; what stood there stays in the timeline. Gives the new version.

    Raises Refused where a file is no text: an editor could not give it back as it was.
    """
    try:
        texts = {path: data.decode() for path, data in files.items()}
    except UnicodeDecodeError as error:
        raise Refused(
            Why.INVALID, "Not every file is text (UTF-8), so the editor can't hold them. Hand the archive in as it is."
        ) from error
    with writing() as session:
        item = _running_task(session, item_id)
        if item.draft_version:
            _keep_snapshot(session, item, {one.path: one.content for one in item.draft}, always=True)
        version = item.draft_version
    return save_draft(item_id, texts, version)


def checked(files: Mapping[str, str]) -> None:
    """Raises Refused for names that are no plain relative paths, and for too many or too large files."""
    if not files or len(files) > MOST_FILES:
        raise Refused(Why.INVALID, f"A draft has 1 to {MOST_FILES} files.")
    if sum(map(len, encoded(files).values())) > MOST_BYTES:
        raise Refused(Why.INVALID, f"A draft has at most {MOST_BYTES:,} bytes.")
    for path in files:
        try:
            parts = split(path)
        except IntakeError as error:
            raise Refused(Why.INVALID, str(error)) from error
        if "/".join(parts) != path or not parts:
            raise Refused(Why.INVALID, f"{path!r} is no plain path.")


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    """A draft as the files that would be handed in."""
    return {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}


def run_public_tests(item_id: int, key: str, files: Mapping[str, bytes]) -> Submission:
    """Has the public tests run on these files. Raises Refused: TOO_MANY while an earlier run is not over."""
    with writing() as session:
        item = _running_task(session, item_id)
        if known := _by_key(session, item, key):
            return known
        unfinished = (
            select(func.count())
            .select_from(Job)
            .join(Submission)
            .where(
                Submission.item_id == item.id,
                Job.kind == JobKind.PUBLIC_RUN,
                Job.state.in_(UNFINISHED),
            )
        )
        if (session.scalar(unfinished) or 0) >= PUBLIC_RUNS_AT_ONCE:
            raise Refused(Why.TOO_MANY, "The last run of the public tests is not over yet.")
        return _store(session, item, SubmissionKind.PUBLIC_RUN, key, files)


def hand_in(item_id: int, key: str, files: Mapping[str, bytes]) -> Submission:
    """Hands files in. The same ``key`` again gives the submission that it made. Raises Refused."""
    with writing() as session:
        item = _running_task(session, item_id)
        if known := _by_key(session, item, key):
            return known
        used = sum(one.kind is SubmissionKind.HANDED_IN for one in item.submissions)
        if item.attempt.assessment is not None and used >= item.attempt.assessment.most_submissions:
            raise Refused(Why.TOO_MANY, "All submissions of this task are used.")
        return _store(session, item, SubmissionKind.HANDED_IN, key, files)


def hand_in_draft(session: Session, item: AttemptItem) -> None:
    """At the end of the time: the draft becomes one more submission, unless it was handed in as it stands."""
    if item.draft_version == 0:
        return
    files = encoded({one.path: one.content for one in item.draft})
    digest = files_digest(files)
    if all(one.digest != digest or one.kind is SubmissionKind.PUBLIC_RUN for one in item.submissions):
        _store(session, item, SubmissionKind.AT_THE_END, "at-the-end", files)


def _running_task(session: Session, item_id: int) -> AttemptItem:
    item = session.get_one(AttemptItem, item_id)
    if item.part is not Part.TASKS:
        raise Refused(Why.UNKNOWN, "There is no such task.")
    clocks.need_running(item.attempt, Part.TASKS)
    return item


def _by_key(session: Session, item: AttemptItem, key: str) -> Submission | None:
    return session.scalar(select(Submission).where(Submission.item_id == item.id, Submission.key == key))


def _store(
    session: Session, item: AttemptItem, kind: SubmissionKind, key: str, files: Mapping[str, bytes]
) -> Submission:
    number = 1 + (session.scalar(select(func.max(Submission.number)).where(Submission.item_id == item.id)) or 0)
    submission = Submission(item=item, number=number, kind=kind, key=key, digest=_blob(session, files))
    session.add(submission)
    public = kind is SubmissionKind.PUBLIC_RUN
    session.add(
        Job(
            kind=JobKind.PUBLIC_RUN if public else JobKind.GRADE,
            submission=submission,
            priority=FIRST if public else SECOND,
        )
    )
    event = EventKind.RAN if public else EventKind.SUBMITTED
    session.add(Event(attempt_id=item.attempt_id, item_id=item.id, kind=event, data={"number": number}))
    session.flush()
    return submission


def _blob(session: Session, files: Mapping[str, bytes]) -> str:
    """Stores the files once, under the digest of their files. Gives the digest."""
    digest = files_digest(files)
    if session.get(Blob, digest) is None:
        data = pack(files)
        session.add(Blob(digest=digest, content=data, size=len(data)))
        session.flush()
    return digest


def _keep_snapshot(session: Session, item: AttemptItem, files: Mapping[str, str], *, always: bool = False) -> None:
    last = session.scalar(select(func.max(Event.at)).where(Event.item_id == item.id, Event.kind == EventKind.SAVED))
    if always or last is None or (now() - last).total_seconds() >= SNAPSHOT_SECONDS:
        blob = _blob(session, encoded(files))
        session.add(Event(attempt_id=item.attempt_id, item_id=item.id, kind=EventKind.SAVED, data={"blob": blob}))
