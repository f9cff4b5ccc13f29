"""Drafts and submissions: saved as one types, run against the public tests, handed in, and kept under their hash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from harness.domain.digests import files_digest
from harness.domain.errors import IntakeError
from harness.domain.packs import pack
from harness.intake import IntakeLimits, check_source, read_files
from harness.intake.limits import MIB
from harness.services import clocks, tasks
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    UNFINISHED,
    Attempt,
    AttemptItem,
    Blob,
    Counts,
    DraftFile,
    Event,
    EventKind,
    Job,
    JobKind,
    JobState,
    Part,
    Submission,
    SubmissionKind,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

DRAFT_LIMITS = IntakeLimits(files=200, total_bytes=MIB, file_bytes=MIB)  # what an editor shows well
SNAPSHOT_SECONDS = 30.0  # the timeline keeps what stood in the editor as often as this
# Priorities: who waits at the editor, who has handed in, a class that was uploaded, who practises.
FIRST, SECOND, BULK, THIRD = 0, 10, 15, 20
AT_ONCE = 1  # of one person's public runs, or submissions in practice, that are not over
PER_HOUR = 120  # of the same; the queue is everybody's


def save_draft(item_id: int, files: Mapping[str, str], version: int, *, keep_old: bool = False) -> int:
    """Replaces the draft, and gives its new version; what stands there already is no news and changes nothing.

    With ``keep_old`` the timeline keeps what stood there before. Raises Refused: CONFLICT where another tab has saved.
    """
    checked(files)
    with writing() as session:
        item = _running_task(session, item_id)
        standing = {one.path: one for one in item.draft}
        before = {path: one.content for path, one in standing.items()}
        if item.draft_version and before == files:
            return item.draft_version
        if version != item.draft_version:
            raise Refused(Why.CONFLICT, "Another tab or device has saved this task since.")
        if keep_old and before:
            _keep_snapshot(session, item, before, always=True)
        for path in before.keys() - files.keys():
            item.draft.remove(standing[path])
        for path, text in files.items():
            if path in standing:
                standing[path].content = text
            else:
                item.draft.append(DraftFile(path=path, content=text))
        item.draft_version, item.draft_at = item.draft_version + 1, now()
        _keep_snapshot(session, item, files, always=keep_old)
    return item.draft_version


def as_draft(files: Mapping[str, bytes]) -> dict[str, str]:
    """Files as an editor holds them. Raises Refused where one is no text: it could not be given back as it was."""
    texts = {}
    for path, data in files.items():
        try:
            texts[path] = data.decode().replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            what = f"{path!r} is no text (UTF-8), so the editor can't hold it."
            raise Refused(Why.INVALID, f"{what} A .zip or .tar.gz can be handed in as it is.") from error
    checked(texts)
    return texts


def checked(files: Mapping[str, str]) -> None:
    """Raises Refused for what could not be handed in: names that are no plain paths, too many or too large files."""
    try:
        read = read_files(encoded(files).items(), DRAFT_LIMITS)
    except IntakeError as error:
        raise Refused(Why.INVALID, str(error)) from error
    if left_out := sorted(files.keys() - read.files.keys()):
        raise Refused(Why.INVALID, f"A file can't be called {left_out[0]!r}: what is called so is not handed in.")
    if not files:
        raise Refused(Why.INVALID, "A draft has at least one file.")
    if binary := [path for path, text in files.items() if "\0" in text]:
        raise Refused(Why.INVALID, f"{binary[0]!r} is no text: it has a NUL character.")


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    """A draft as the files that would be handed in."""
    return {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}


def by_ref(ref: str) -> Submission | None:
    """The submission of this ref; whose it is its caller looks at."""
    return db.session.scalar(select(Submission).where(Submission.ref == ref))


def run_public_tests(item_id: int, key: str, files: Mapping[str, bytes]) -> Submission:
    """Has the public tests run on these files. Raises Refused: TOO_MANY while an earlier run is not over."""
    with writing() as session:
        item = _running_task(session, item_id)
        if known := _by_key(session, item, key):
            return known
        _spare_the_queue(session, item.attempt, JobKind.PUBLIC_RUN)
        return _store(session, item, SubmissionKind.PUBLIC_RUN, key, files)


def hand_in(item_id: int, key: str, files: Mapping[str, bytes]) -> Submission:
    """Hands files in. The same ``key`` again, or the very files that were handed in last, give what they made.

    Raises Refused.
    """
    try:
        check_source(files)
    except IntakeError as error:
        raise Refused(Why.INVALID, str(error)) from error
    with writing() as session:
        item = _running_task(session, item_id)
        if known := _by_key(session, item, key) or _the_last(session, item, files):
            return known
        used = sum(one.kind is SubmissionKind.HANDED_IN for one in item.submissions)
        if item.attempt.assessment is None:
            _spare_the_queue(session, item.attempt, JobKind.GRADE)
        elif used >= item.attempt.assessment.most_submissions:
            raise Refused(Why.TOO_MANY, "All submissions of this task are used.")
        return _store(session, item, SubmissionKind.HANDED_IN, key, files)


def hand_in_draft(session: Session, item: AttemptItem) -> None:
    """At the end of the time: the draft becomes one more submission, where it adds something."""
    if draft_counts(item):
        _store(session, item, SubmissionKind.AT_THE_END, "at-the-end", encoded(_draft(item)))


def draft_counts(item: AttemptItem) -> bool:
    """Whether the draft, as it stands, will be one more submission at the end of the time.

    It is not where nothing was written, nor where it was handed in as it stands. Where the last submission counts, a
    draft that is older than what was handed in last, as after an upload, does not take its place.
    """
    draft = _draft(item)
    if item.draft_at is None or draft == tasks.view(item.frozen).files:
        return False
    digest = files_digest(encoded(draft))
    earlier = [one for one in item.submissions if one.kind is not SubmissionKind.PUBLIC_RUN]
    if earlier and item.attempt.assessment is not None and item.attempt.assessment.counts is Counts.LAST:
        return earlier[-1].digest != digest and earlier[-1].received_at < item.draft_at
    return all(one.digest != digest for one in earlier)


def _draft(item: AttemptItem) -> dict[str, str]:
    return {one.path: one.content for one in item.draft}


def _running_task(session: Session, item_id: int) -> AttemptItem:
    item = session.get_one(AttemptItem, item_id)
    if item.part is not Part.TASKS:
        raise Refused(Why.UNKNOWN, "There is no such task.")
    clocks.need_running(item.attempt, Part.TASKS)
    return item


def _by_key(session: Session, item: AttemptItem, key: str) -> Submission | None:
    return session.scalar(select(Submission).where(Submission.item_id == item.id, Submission.key == key))


def _the_last(session: Session, item: AttemptItem, files: Mapping[str, bytes]) -> Submission | None:
    """What was handed in last, if it is these files; after a fault of ours they may come once more."""
    last = next((one for one in reversed(item.submissions) if one.kind is SubmissionKind.HANDED_IN), None)
    if last is None or last.digest != files_digest(files):
        return None
    mine = select(Job.state).where(Job.submission_id == last.id, Job.kind == JobKind.GRADE)
    state = session.scalar(mine.order_by(Job.id.desc()).limit(1))
    return None if state is JobState.FAILED else last


def _spare_the_queue(session: Session, attempt: Attempt, kind: JobKind) -> None:
    """Raises Refused: TOO_MANY where a person has as much in the queue, or had within the hour, as anyone may."""
    theirs: ColumnElement[bool] = Attempt.id == attempt.id
    if attempt.user_id is not None:
        theirs = Attempt.user_id == attempt.user_id
    count = select(func.count()).select_from(Job).join(Submission).join(AttemptItem).join(Attempt).where(theirs)
    count = count.where(Job.kind == kind)
    if (session.scalar(count.where(Job.state.in_(UNFINISHED))) or 0) >= AT_ONCE:
        what = "run of the public tests is not over" if kind is JobKind.PUBLIC_RUN else "submission is not graded"
        raise Refused(Why.TOO_MANY, f"Your last {what} yet. Wait for it, then try again.")
    if (session.scalar(count.where(Job.enqueued_at > now() - timedelta(hours=1))) or 0) >= PER_HOUR:
        raise Refused(Why.TOO_MANY, f"That was the {PER_HOUR}th time within an hour. Go on in a few minutes.")


def _store(
    session: Session, item: AttemptItem, kind: SubmissionKind, key: str, files: Mapping[str, bytes]
) -> Submission:
    number = 1 + (session.scalar(select(func.max(Submission.number)).where(Submission.item_id == item.id)) or 0)
    submission = Submission(item=item, number=number, kind=kind, key=key, digest=_blob(session, files))
    session.add(submission)
    public = kind is SubmissionKind.PUBLIC_RUN
    handed_in = SECOND if item.attempt.assessment else THIRD
    session.add(
        Job(
            kind=JobKind.PUBLIC_RUN if public else JobKind.GRADE,
            submission=submission,
            priority=FIRST if public else handed_in,
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
