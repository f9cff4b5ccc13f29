"""A class's submissions for one task, before they are stored: read, matched to people, and looked at.

Nothing of it counts yet. What is uploaded waits in the store, packed, until somebody stores it (``storing``), throws it
away, or leaves it for a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from harness.domain.errors import IntakeError
from harness.domain.packs import pack
from harness.intake import Class, Handed, Person, read_archives, read_class
from harness.reports.inert import inert_line
from harness.services import clocks
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.invitees import LONGEST_NAME as LONGEST_INVITED
from harness.services.invitees import MOST_SAID
from harness.services.lines import one_line
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    AssessmentItem,
    AssessmentState,
    Attempt,
    AttemptItem,
    AttemptKind,
    Counts,
    Enrolment,
    Invitation,
    ItemKind,
    Part,
    Submission,
    SubmissionKind,
    Upload,
    UploadedFile,
    UploadState,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT_FOR = timedelta(days=7)  # what was looked at and not stored
LONGEST_NAME = 380
REF = "invitation"  # among what is kept of a roster's line, where the line is an invitation
UNKNOWN = "There is no such upload."


class Fate(StrEnum):
    """What becomes of an uploaded file when the upload is stored."""

    NEW = "new"
    KNOWN = "there already"
    TWICE = "twice"
    UNMATCHED = "unmatched"
    REFUSED = "refused"
    BUSY = "at work"


TAKEN = (Fate.NEW, Fate.KNOWN)


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was read: ``content`` are its files, packed, or nothing where it is ``refused``."""

    name: str
    refused: str = ""
    content: bytes = b""
    digest: str = ""
    size: int = 0
    notes: tuple[str, ...] = ()


def read(sent: Sequence[tuple[str, bytes]], people: Sequence[Person]) -> list[Found]:
    """What was sent: one zip of a class, or several people's archives. Raises Refused where none of it can be taken."""
    if not sent:
        raise Refused(Why.INVALID, "Choose the zip of your class, or several archives.")
    known = Class(people)
    try:
        if len(sent) == 1 and len(known.whose(sent[0][0])) != 1:
            name, data = sent[0]
            if not name.lower().endswith(".zip"):
                raise Refused(
                    Why.INVALID, f"{inert_line(name)} is no .zip, and by its name it is nobody's of the roster."
                )
            return [_packed(one) for one in read_class(data, lambda top: len(known.whose(top)) == 1)]
        return [_packed(one) for one in read_archives(sent)]
    except IntakeError as error:
        raise Refused(Why.INVALID, str(error)) from error


def _packed(one: Handed) -> Found:
    if one.submission is None:
        return Found(one.name, refused=one.refused)
    size = sum(map(len, one.submission.files.values()))
    return Found(one.name, "", pack(one.submission.files), one.submission.digest, size, one.submission.notes)


def look_at(assessment_id: int, digest: str, people: Sequence[Person], found: Iterable[Found], by: int) -> Upload:
    """Keeps what was read, matched to people, to be looked at. Raises Refused."""
    known = Class(people)
    need_names(people)
    with writing() as session:
        assessment = session.get_one(Assessment, assessment_id)
        need_task(assessment, digest)
        made = Upload(assessment_id=assessment.id, digest=digest, by_id=by, people=[asdict(one) for one in people])
        seen: Counter[str] = Counter()
        for one in found:
            fitting = known.whose(one.name)
            seen[one.name] += 1
            again = f" [{seen[one.name]}]" if seen[one.name] > 1 else ""
            made.files.append(
                UploadedFile(
                    name=inert_line(one.name)[:LONGEST_NAME] + again,
                    person=fitting[0].line if len(fitting) == 1 else None,
                    fits=len(fitting),
                    refused=inert_line(one.refused),
                    notes=list(one.notes),
                    digest=one.digest,
                    content=one.content or None,
                    size=one.size,
                )
            )
        session.add(made)
        session.flush()
        note(
            session, by, "upload.look-at", assessment.title, ref=assessment.ref, upload=made.ref, files=len(made.files)
        )
    return made


def need_names(people: Sequence[Person]) -> None:
    """Raises Refused for names that nobody can be invited by."""
    wrong = []
    for one in people:
        try:
            one_line(one.name, LONGEST_INVITED, f"Line {one.line}: a name")
        except Refused as refusal:
            wrong.append(str(refusal))
    if wrong:
        raise Refused(Why.INVALID, "\n".join(wrong[:MOST_SAID]))


def need_task(assessment: Assessment, digest: str) -> AssessmentItem:
    """The task of a published assessment; it may be closed. Raises Refused."""
    if assessment.state is AssessmentState.DRAFT:
        raise Refused(Why.NOT_NOW, "Submissions can be uploaded to a published assessment only.")
    found = next((one for one in assessment.items if one.digest == digest), None)
    if found is None or found.frozen.kind is not ItemKind.TASK:
        raise Refused(Why.UNKNOWN, "The assessment has no such task.")
    if found.cell:
        raise Refused(Why.NOT_NOW, "Each person draws their tasks here: submissions of one task can't be uploaded.")
    return found


def roster_of(assessment: Assessment) -> list[Person]:
    """Those who are invited already, as a roster: for an upload that brings none."""
    chosen = select(Invitation.ref, Invitation.name, Invitation.email, Enrolment.number, Enrolment.kept)
    chosen = chosen.outerjoin(Enrolment, Enrolment.invitation_id == Invitation.id)
    chosen = chosen.where(Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None))
    rows = db.session.execute(chosen.order_by(Invitation.id))
    return [
        Person(line, name, number or "", email, kept={**(kept or {}), REF: ref})
        for line, (ref, name, email, number, kept) in enumerate(rows, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """A roster's people as the assessment knows them: by the line of the roster."""

    invitations: Mapping[int, Invitation]
    contradicted: Mapping[int, str]  # why a line can't be one of those who are invited

    @classmethod
    def of(cls, assessment_id: int, people: Sequence[Person]) -> Known:
        """In one query, whatever their number: by the id of an earlier roster, else by the address."""
        chosen = select(Invitation, Enrolment.number).outerjoin(Enrolment, Enrolment.invitation_id == Invitation.id)
        chosen = chosen.where(Invitation.assessment_id == assessment_id, Invitation.erased_at.is_(None))
        by_ref, by_number, by_email, number_of = {}, {}, {}, {}
        for one, number in db.session.execute(chosen.order_by(Invitation.id)):
            by_ref[one.ref] = one
            if number:
                by_number[number.casefold()] = one
                number_of[one.id] = number
            if one.email and not (one.revoked_at and one.email in by_email):
                by_email[one.email] = one
        found, contradicted = {}, {}
        for person in people:
            if REF in person.kept:
                found[person.line] = by_ref.get(person.kept[REF])
                continue
            mine, other = by_number.get(person.id.casefold()), by_email.get(person.email.lower())
            if mine and other and mine is not other:
                contradicted[person.line] = "the id and the address belong to two people who are invited already"
            elif other and person.id and number_of.get(other.id, person.id).casefold() != person.id.casefold():
                contradicted[person.line] = f"the address belongs to somebody with the id {number_of[other.id]}"
            elif mine or other:
                found[person.line] = mine or other
        return cls({line: one for line, one in found.items() if one}, contradicted)


@dataclass(frozen=True, slots=True)
class Row:
    """One uploaded file, whose it is, what becomes of it, and why."""

    file: UploadedFile
    person: Person | None
    fate: Fate
    why: str = ""


@dataclass(frozen=True)
class Preview:
    """An upload as it would be stored now. ``missing`` are the people of the roster without a file."""

    upload: Upload
    people: Sequence[Person]
    known: Known
    attempts: Mapping[int, Attempt]  # by invitation
    digests: Mapping[int, Sequence[str]]  # what was handed in for this task before, by invitation

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(_rows(self))

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        counted = Counter(row.fate for row in self.rows)
        return {fate: counted[fate] for fate in Fate if counted[fate]}

    @cached_property
    def missing(self) -> tuple[Person, ...]:
        there = {row.person.line for row in self.rows if row.person}
        return tuple(one for one in self.people if one.line not in there)

    def of(self, *fates: Fate) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.fate in fates)


def people_of(upload: Upload) -> list[Person]:
    return [Person(**one) for one in upload.people]


def preview(upload: Upload) -> Preview:
    """What storing it would do; in a few queries, whatever the number of its files."""
    people = people_of(upload)
    known = Known.of(upload.assessment_id, people)
    invitations = [one.id for one in known.invitations.values()]
    attempts = select(Attempt).where(Attempt.invitation_id.in_(invitations), Attempt.kind == AttemptKind.ASSESSMENT)
    begun = db.session.scalars(attempts.options(selectinload(Attempt.parts)))
    handed_in = (
        select(Attempt.invitation_id, Submission.digest)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == AttemptItem.id)
        .where(
            Attempt.invitation_id.in_(invitations),
            Attempt.kind == AttemptKind.ASSESSMENT,
            AttemptItem.digest == upload.digest,
            Submission.kind != SubmissionKind.PUBLIC_RUN,
        )
        .order_by(Submission.number)
    )
    digests: dict[int, list[str]] = {}
    for number, digest in db.session.execute(handed_in):
        digests.setdefault(number or 0, []).append(digest)
    return Preview(upload, people, known, {one.invitation_id or 0: one for one in begun}, digests)


def _rows(made: Preview) -> Iterable[Row]:
    by_line = {one.line: one for one in made.people}
    wanted = Counter(one.person for one in made.upload.files if one.person is not None and not one.refused)
    for file in made.upload.files:
        person = by_line.get(file.person) if file.person is not None else None
        if file.refused:
            yield Row(file, person, Fate.REFUSED, file.refused)
        elif person is None:
            yield Row(file, None, Fate.UNMATCHED, _unmatched(file))
        elif wanted[person.line] > 1:
            yield Row(
                file, person, Fate.TWICE, f"{wanted[person.line]} files are this person's; leave the one that counts."
            )
        else:
            yield _row(file, person, made)


def _unmatched(file: UploadedFile) -> str:
    if file.chosen:
        return "Left out by you."
    return f"Its name fits {file.fits} people of the roster." if file.fits else "Its name fits nobody of the roster."


def _row(file: UploadedFile, person: Person, made: Preview) -> Row:
    if why := made.known.contradicted.get(person.line):
        return Row(file, person, Fate.UNMATCHED, f"{why[:1].upper()}{why[1:]}.")
    invitation = made.known.invitations.get(person.line)
    attempt = made.attempts.get(invitation.id) if invitation else None
    clock = clocks.clock(attempt, Part.TASKS) if attempt else None
    if clock is not None and not clocks.over(clock):
        return Row(
            file, person, Fate.BUSY, "This person works on the tasks right now. Upload it when their time is over."
        )
    before = made.digests.get(invitation.id, []) if invitation else []
    if file.digest in (before if made.upload.assessment.counts is Counts.BEST else before[-1:]):
        return Row(file, person, Fate.KNOWN, "These very files were handed in already.")
    return Row(file, person, Fate.NEW)


def assign(upload_id: int, whose: Mapping[int, str], by: int) -> None:
    """Says whose files are, by their ids: as somebody wrote it, or nothing for nobody's. Raises Refused."""
    with writing() as session:
        upload = standing(session, upload_id)
        people = people_of(upload)
        wrong = []
        for file in upload.files:
            if file.id not in whose or file.refused:
                continue
            try:
                person = _meant(whose[file.id], people)
            except Refused as refusal:
                wrong.append(f"{file.name}: {refusal}")
                continue
            line = person.line if person else None
            if line != file.person:
                file.person, file.chosen = line, True
        if wrong:
            raise Refused(Why.INVALID, "\n".join(wrong[:MOST_SAID]))
        note(session, by, "upload.assign", upload.assessment.title, upload=upload.ref)


def _meant(text: str, people: Sequence[Person]) -> Person | None:
    """The person of the roster whom somebody wrote down, by label, id, address or name; None for nothing."""
    text = " ".join(text.split()).casefold()
    if not text:
        return None
    for way in ("label", "id", "email", "name"):
        fitting = [one for one in people if " ".join(getattr(one, way).split()).casefold() == text]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Refused(Why.INVALID, "several people of the roster are called so. Write the id or the address.")
    raise Refused(Why.INVALID, "nobody of the roster is called so.")


def throw_away(upload_id: int, by: int) -> None:
    """Forgets an upload that is not stored. Raises Refused."""
    with writing() as session:
        upload = standing(session, upload_id)
        note(session, by, "upload.throw-away", upload.assessment.title, upload=upload.ref)
        session.delete(upload)


def standing(session: Session, upload_id: int) -> Upload:
    """The upload, read behind the lock, while it is not stored. Raises Refused."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    if upload.state is UploadState.STORED:
        raise Refused(Why.NOT_NOW, "This upload is stored already.")
    return upload


def readable(assessment: Assessment, ref: str) -> Upload:
    """One of its uploads. Raises Refused."""
    chosen = select(Upload).where(Upload.ref == ref, Upload.assessment_id == assessment.id)
    found = db.session.scalar(chosen.options(selectinload(Upload.files)))
    if found is None:
        raise Refused(Why.UNKNOWN, UNKNOWN)
    return found


def newest(assessment: Assessment) -> Sequence[Upload]:
    """Its last uploads, the newest first."""
    chosen = select(Upload).where(Upload.assessment_id == assessment.id).order_by(Upload.id.desc()).limit(20)
    return db.session.scalars(chosen).all()


def forget_old() -> int:
    """Forgets what was looked at and left, and the names of files that were not stored; gives how many uploads."""
    before = now() - KEPT_FOR
    left = (Upload.created_at < before) & (Upload.state == UploadState.LOOKED_AT)
    over = select(Upload.id).where(Upload.created_at < before, Upload.state == UploadState.STORED)
    if not db.session.scalar(select(Upload.id).where(Upload.created_at < before).limit(1)):
        return 0
    with writing() as session:
        session.execute(
            delete(UploadedFile).where(UploadedFile.upload_id.in_(over), UploadedFile.submission_id.is_(None))
        )
        gone = session.execute(delete(Upload).where(left).returning(Upload.id)).all()
    return len(gone)
