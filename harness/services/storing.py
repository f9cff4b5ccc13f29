"""Storing a class's submissions: everybody's invitation, attempt and submission, and a place in the queue, in one deed.

What is there already is found again, so that the same upload twice changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from harness.services import attempts, clocks, uploading
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.handing_in import BULK
from harness.services.invitees import LONGEST_NAME
from harness.services.lines import one_line
from harness.services.tokens import new_token, token_digest
from harness.services.uploading import Fate, Preview
from harness.store.base import db, writing
from harness.store.columns import new_ref, now
from harness.store.models import (
    UNFINISHED,
    Attempt,
    AttemptItem,
    AttemptKind,
    AttemptPart,
    Blob,
    Enrolment,
    Event,
    EventKind,
    Invitation,
    Job,
    JobKind,
    Part,
    Result,
    Submission,
    SubmissionKind,
    Upload,
    UploadedFile,
    UploadState,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from harness.intake import Person


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing an upload did: how many people are new, and how many submissions."""

    people: int
    submissions: int


def store(upload_id: int, by: int, *, everyone: bool = True) -> Stored:
    """Stores what is matched. With ``everyone`` all others of the roster are invited as well, without a submission.

    A second time changes nothing. Raises Refused.
    """
    with writing() as session:
        upload = session.get(Upload, upload_id)
        if upload is None:
            raise Refused(Why.UNKNOWN, uploading.UNKNOWN)
        if upload.state is UploadState.STORED:
            return Stored(0, 0)
        uploading.need_task(upload.assessment, upload.digest)
        seen = uploading.preview(upload)
        rows = seen.of(*uploading.TAKEN)
        if not rows:
            raise Refused(Why.INVALID, "None of these files can be stored: not one is matched to a person.")
        wanted = list(seen.people) if everyone else [row.person for row in rows if row.person]
        _shuffle(wanted)
        invited, new = _invite(session, seen, wanted)
        fresh = {row.person.line: row.file for row in seen.of(Fate.NEW) if row.person}
        submissions = _hand_in(session, seen, {line: invited[line] for line in fresh}, fresh)
        for row in rows:
            assert row.person is not None
            row.file.invitation_id = invited[row.person.line].id
            row.file.submission_id = submissions.get(row.person.line)
            row.file.new = row.fate is Fate.NEW
        _link_known(session, upload, [row.file for row in seen.of(Fate.KNOWN)])
        for file in upload.files:
            file.content = None
        upload.state, upload.stored_at, upload.people = UploadState.STORED, now(), []
        told = {"people": new, "submissions": len(fresh)}
        note(session, by, "upload.store", upload.assessment.title, ref=upload.assessment.ref, upload=upload.ref, **told)
    return Stored(new, len(fresh))


def _shuffle(found: list[Any]) -> None:
    """Who is stored first is anyone: by the order of the roster one could tell whose a hidden name is."""
    secrets.SystemRandom().shuffle(found)


def _invite(session: Session, seen: Preview, people: Sequence[Person]) -> tuple[Mapping[int, Invitation], int]:
    """Everybody's invitation, by the line of the roster, and how many of them were made now."""
    upload = seen.upload
    invited = {one.line: seen.known.invitations[one.line] for one in people if one.line in seen.known.invitations}
    made: dict[int, Invitation] = {}
    for person in people:
        if person.line in invited or person.line in made or person.line in seen.known.contradicted:
            continue
        made[person.line] = Invitation(
            assessment_id=upload.assessment_id,
            name=one_line(person.name, LONGEST_NAME, f"Line {person.line}: a name"),
            email=person.email.lower(),
            token_digest=token_digest(new_token()),
            key=made_by(upload),
        )
    session.add_all(made.values())
    session.flush()
    everyone = {**invited, **made}
    numbers = select(Enrolment).where(Enrolment.invitation_id.in_([one.id for one in everyone.values()]))
    enrolled = {one.invitation_id: one for one in session.scalars(numbers)}
    for person in people:
        if person.line in everyone:
            _enrol(session, upload, person, everyone[person.line], enrolled)
    return everyone, len(made)


def _enrol(
    session: Session, upload: Upload, person: Person, invitation: Invitation, enrolled: Mapping[int, Enrolment]
) -> None:
    """Keeps how the roster calls the person; what an earlier one said stays where this one says nothing."""
    kept = {name: value for name, value in person.kept.items() if name != uploading.REF}
    kept |= {"email": person.email} if person.email else {}
    known = enrolled.get(invitation.id)
    if known is None:
        session.add(
            Enrolment(
                invitation_id=invitation.id, assessment_id=upload.assessment_id, number=person.id or None, kept=kept
            )
        )
    elif (known.number or "", known.kept) != (person.id, kept):
        known.number, known.kept = person.id or known.number, {**known.kept, **kept}


def made_by(upload: Upload) -> str:
    """Names an upload in the invitations that it made."""
    return f"upload {upload.ref}"


def _hand_in(
    session: Session, seen: Preview, invited: Mapping[int, Invitation], files: Mapping[int, UploadedFile]
) -> Mapping[int, int]:
    """Attempts, submissions and jobs for these files, by the line of the roster; gives the submissions' ids."""
    upload, moment = seen.upload, now()
    contents: dict[str, bytes] = {}
    begun = {line: seen.attempts.get(one.id) or _begin(session, upload, one, contents) for line, one in invited.items()}
    for attempt in begun.values():
        _end_tasks(attempt, moment)
    session.flush()
    items = _items(session, upload, [one.id for one in begun.values()])
    last = _last_numbers(session, [one.id for one in items.values()])
    _keep_blobs(session, upload, files.values())
    made = {}
    lines = list(files)
    _shuffle(lines)
    for line in lines:
        file = files[line]
        item = items[begun[line].id]
        number = last.get(item.id, 0) + 1
        key = f"upload {file.digest[:40]} {number}"
        submission = Submission(item=item, number=number, kind=SubmissionKind.UPLOADED, key=key, digest=file.digest)
        session.add(Job(kind=JobKind.GRADE, submission=submission, priority=BULK))
        told = {"number": number, "uploaded": True}
        session.add(Event(attempt_id=item.attempt_id, item_id=item.id, kind=EventKind.SUBMITTED, data=told))
        made[line] = submission
    session.flush()
    return {line: one.id for line, one in made.items()}


def _begin(session: Session, upload: Upload, invitation: Invitation, contents: dict[str, bytes]) -> Attempt:
    """The person's attempt, with the assessment's items; no part of it has begun. ``contents`` as ``deal`` takes it."""
    made = Attempt(
        kind=AttemptKind.ASSESSMENT,
        assessment=upload.assessment,
        invitation=invitation,
        seed=new_ref(),
        parts=[],
        items=[],
    )
    session.add(made)
    attempts.deal(made, upload.assessment, contents)
    return made


def _end_tasks(attempt: Attempt, moment: datetime) -> None:
    """The tasks of somebody whose work came by an upload are over: they can't begin them any more."""
    if clocks.clock(attempt, Part.TASKS) is None:
        attempt.parts.append(AttemptPart(part=Part.TASKS, started_at=moment, ended_at=moment))
    ended = {one.part for one in attempt.parts if clocks.over(one)}
    if attempt.finished_at is None and set(clocks.offered(attempt.assessment)) <= ended:  # type: ignore[arg-type]
        attempt.finished_at = moment


def _items(session: Session, upload: Upload, attempt_ids: Collection[int]) -> Mapping[int, AttemptItem]:
    """The task of each of these attempts, by the attempt."""
    chosen = select(AttemptItem).where(AttemptItem.attempt_id.in_(attempt_ids), AttemptItem.digest == upload.digest)
    return {one.attempt_id: one for one in session.scalars(chosen)}


def _last_numbers(session: Session, item_ids: Collection[int]) -> Mapping[int, int]:
    last = func.max(Submission.number).label("last")
    numbers = select(Submission.item_id, last).where(Submission.item_id.in_(item_ids))
    return {row.item_id: row.last for row in session.execute(numbers.group_by(Submission.item_id))}


def _keep_blobs(session: Session, upload: Upload, files: Collection[UploadedFile]) -> None:
    """The contents under their digests, each once."""
    wanted = {one.digest for one in files}
    there = set(session.scalars(select(Blob.digest).where(Blob.digest.in_(wanted))))
    chosen = select(UploadedFile.digest, UploadedFile.content).where(
        UploadedFile.upload_id == upload.id, UploadedFile.digest.in_(wanted - there)
    )
    for digest, content in session.execute(chosen):
        if content is not None and digest not in there:
            session.add(Blob(digest=digest, content=content, size=len(content)))
            there.add(digest)
    session.flush()


def _link_known(session: Session, upload: Upload, files: Sequence[UploadedFile]) -> None:
    """Leads from files that were handed in before to what they are."""
    chosen = (
        select(Attempt.invitation_id, Submission.digest, Submission.id)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == AttemptItem.id)
        .where(Attempt.invitation_id.in_([one.invitation_id for one in files]), AttemptItem.digest == upload.digest)
        .order_by(Submission.number)
    )
    known = {(invitation, digest): number for invitation, digest, number in session.execute(chosen)}
    for one in files:
        one.submission_id = known.get((one.invitation_id, one.digest))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the grading of an upload's submissions is; ``ours`` could not be judged, by a fault of ours."""

    whole: int
    graded: int
    going_on: int
    ours: int

    @property
    def percent(self) -> int:
        return 100 * (self.whole - self.going_on) // self.whole if self.whole else 100


def progress(upload: Upload) -> Progress:
    """Counted now, in three queries."""
    mine = select(UploadedFile.submission_id).where(
        UploadedFile.upload_id == upload.id, UploadedFile.submission_id.is_not(None)
    )
    whole = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    waiting = select(Job.submission_id).where(
        Job.submission_id.in_(mine), Job.kind == JobKind.GRADE, Job.state.in_(UNFINISHED)
    )
    going_on = db.session.scalar(select(func.count(waiting.subquery().c.submission_id.distinct()))) or 0
    judged = select(func.count(Result.submission_id.distinct())).where(
        Result.submission_id.in_(mine), Result.submission_id.not_in(waiting)
    )
    graded = db.session.scalar(judged) or 0
    return Progress(whole, graded, going_on, whole - graded - going_on)


def links(upload_id: int, by: int) -> list[tuple[Invitation, str]]:
    """New links for those whom an upload invited and who have not opened one: each is shown once. Raises Refused."""
    with writing() as session:
        upload = session.get_one(Upload, upload_id)
        chosen = select(Invitation).where(
            Invitation.assessment_id == upload.assessment_id,
            Invitation.key == made_by(upload),
            Invitation.opened_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.erased_at.is_(None),
        )
        made = []
        for one in sorted(session.scalars(chosen), key=lambda one: (one.name.casefold(), one.id)):
            token = new_token()
            one.token_digest = token_digest(token)
            made.append((one, token))
        if not made:
            raise Refused(Why.NOT_NOW, "Nobody whom this upload invited is without a link that was opened.")
        note(session, by, "invitation.new-link", upload.assessment.title, invitations=[one.ref for one, _ in made])
    return made
