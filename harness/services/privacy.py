"""What the platform keeps about a person: handed over, erased, and forgotten when its time is over.

A person is an account, or somebody who was invited. Erasing leaves that something happened, and nothing by which one
could tell to whom.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, inspect, or_, select, text, update
from sqlalchemy.orm import undefer

from harness.domain.packs import pack, unpack
from harness.services.accounts import keep_one_administrator
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    AlikePair,
    Answer,
    Appeal,
    Assessment,
    AssessmentState,
    Attempt,
    AttemptItem,
    AttemptKind,
    AuditEntry,
    Award,
    Blob,
    Bookmark,
    Comment,
    Decision,
    Enrolment,
    Event,
    EventKind,
    Invitation,
    Job,
    Mail,
    OneTimeLink,
    Override,
    Phrase,
    Remark,
    Result,
    StoredCard,
    Submission,
    Template,
    Upload,
    UploadedFile,
    UploadState,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from harness.store.base import Base

Person = User | Invitation
ERASED = "somebody who was erased"
SECRET = {"password_hash", "sessions", "token_digest", "seed", "content"}  # `content` is what the files beside it are


def find(name: str) -> Person:
    """The account of an e-mail address, or the invited person of an invitation's ref. Raises Refused."""
    user = db.session.scalar(select(User).where(User.email == name.strip().lower(), User.erased_at.is_(None)))
    invitation = db.session.scalar(select(Invitation).where(Invitation.ref == name, Invitation.erased_at.is_(None)))
    if user is None and invitation is None:
        raise Refused(Why.UNKNOWN, f"There is no account of the address {name}, and no invitation of that ref.")
    return user or invitation  # type: ignore[return-value]


def find_ref(ref: str) -> Person:
    """The account or the invited person of this ref, unless they were erased. Raises Refused."""
    user = db.session.scalar(select(User).where(User.ref == ref, User.erased_at.is_(None)))
    invitation = db.session.scalar(select(Invitation).where(Invitation.ref == ref, Invitation.erased_at.is_(None)))
    if user is None and invitation is None:
        raise Refused(Why.UNKNOWN, "There is nobody of that ref.")
    return user or invitation  # type: ignore[return-value]


def counts(person: Person) -> list[tuple[str, int]]:
    """How much is kept: attempts, answers, what was handed in or run, appeals; of an account what it keeps itself."""
    chosen = [one.id for one in _attempts(person)]
    items = select(AttemptItem.id).where(AttemptItem.attempt_id.in_(chosen))
    asked = {
        "Attempts": select(func.count()).select_from(Attempt).where(Attempt.id.in_(chosen)),
        "Answers": select(func.count()).select_from(Answer).where(Answer.item_id.in_(items)),
        "Handed in or run": select(func.count()).select_from(Submission).where(Submission.item_id.in_(items)),
        "Appeals": select(func.count()).select_from(Appeal).where(Appeal.attempt_id.in_(chosen)),
    }
    if isinstance(person, User):
        asked["Bookmarks"] = select(func.count()).select_from(Bookmark).where(Bookmark.user_id == person.id)
        asked["Questions to the graders, and answers"] = (
            select(func.count()).select_from(Remark).where(Remark.author_id == person.id)
        )
    return [(name, db.session.scalar(count) or 0) for name, count in asked.items()]


def hand_over(person: Person, by: int) -> bytes:
    """The export, with a note of who took it."""
    ref = person.ref
    with writing() as session:
        note(session, by, "person.export", ref)
    return export(person)


def export(person: Person) -> bytes:
    """Everything that is kept about a person, as a zip: person.json, and the files that they wrote and handed in."""
    attempts = _attempts(person)
    told: dict[str, Any] = {"person": _row(person), "attempts": []}
    files: dict[str, bytes] = {}
    for attempt in attempts:
        told["attempts"].append(_attempt(attempt, files))
    if isinstance(person, Invitation):
        told["roster"] = _rows(db.session.scalars(select(Enrolment).where(Enrolment.invitation_id == person.id)))
    if isinstance(person, User):
        mine = {
            "bookmarks": Bookmark.user_id,
            "cards": StoredCard.user_id,
            "remarks": Remark.author_id,
            "templates": Template.owner_id,
            "comments": Comment.author_id,
            "comments to use again": Phrase.owner_id,
        }
        for name, column in mine.items():
            told[name] = _rows(db.session.scalars(select(column.class_).where(column == person.id)))
        told["log"] = _rows(db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == person.id)))
    else:
        told["mails"] = _rows(db.session.scalars(select(Mail).where(Mail.invitation_id == person.id)))
    files["person.json"] = json.dumps(told, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return pack(files)


def _attempts(person: Person) -> list[Attempt]:
    whose = Attempt.user_id == person.id if isinstance(person, User) else Attempt.invitation_id == person.id
    return list(db.session.scalars(select(Attempt).where(whose).order_by(Attempt.id)))


def _attempt(attempt: Attempt, files: dict[str, bytes]) -> dict[str, Any]:
    base = f"attempts/{attempt.ref}"
    events = db.session.scalars(select(Event).where(Event.attempt_id == attempt.id).order_by(Event.id)).all()
    for event in events:
        if event.kind is EventKind.SAVED and (kept := db.session.get(Blob, event.data.get("blob", ""))):
            files |= {f"{base}/editor/{event.id}/{path}": data for path, data in unpack(kept.content).items()}
    return _row(attempt) | {
        "assessment": attempt.assessment.title if attempt.assessment else None,
        "parts": _rows(attempt.parts),
        "items": [_item(item, f"{base}/{item.position}", files) for item in attempt.items],
        "events": _rows(events),
        "decisions": _rows(db.session.scalars(select(Decision).where(Decision.invitation_id == attempt.invitation_id))),
        "appeals": _rows(db.session.scalars(select(Appeal).where(Appeal.attempt_id == attempt.id))),
    }


def _item(item: AttemptItem, base: str, files: dict[str, bytes]) -> dict[str, Any]:
    files |= {f"{base}/draft/{one.path}": one.content.encode("utf-8", "surrogatepass") for one in item.draft}
    handed_in = []
    for one in item.submissions:
        files |= {f"{base}/{one.number}/{path}": data for path, data in unpack(one.blob.content).items()}
        results = select(Result).where(Result.submission_id == one.id).options(undefer(Result.content))
        handed_in.append(
            _row(one)
            | {
                "results": [_row(result) for result in db.session.scalars(results)],
                "overrides": _rows(db.session.scalars(select(Override).where(Override.submission_id == one.id))),
                "alike": _alike(one.id),
                "points": _rows(db.session.scalars(select(Award).where(Award.submission_id == one.id))),
                "comments": _rows(db.session.scalars(select(Comment).where(Comment.submission_id == one.id))),
            }
        )
    return _row(item) | {
        "item": item.frozen.item,
        "answer": _row(item.answer) if item.answer else None,
        "overrides": _rows(db.session.scalars(select(Override).where(Override.item_id == item.id))),
        "submissions": handed_in,
    }


def _alike(submission_id: int) -> list[dict[str, Any]]:
    """How much of a submission's own code is in somebody else's; whose that is, is about them."""
    sides = ((AlikePair.one_id, AlikePair.one_share), (AlikePair.other_id, AlikePair.other_share))
    return [
        {"share": share}
        for whose, column in sides
        for share in db.session.scalars(select(column).where(whose == submission_id).order_by(AlikePair.id))
    ]


def _rows(rows: Iterable[Base]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows]


def _row(row: Base) -> dict[str, Any]:
    """A row's columns, but for secrets and for what stands beside it as a file."""
    columns = inspect(type(row)).column_attrs
    return {one.key: _plain(getattr(row, one.key)) for one in columns if one.key not in SECRET}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def erase(person: Person, by: int | None = None) -> None:
    """Removes all that is known of a person. What remains is that they were invited, or had an account.

    Raises Refused for the last administrator.
    """
    with writing() as session:
        _erase(session, person, by)
    forget_pages()


def _erase(session: Session, person: Person, by: int | None) -> None:
    for attempt in _attempts(person):
        _drop(session, attempt)
    _drop_unused_blobs(session)
    if isinstance(person, User):
        _erase_account(session, person)
    else:
        for of_invitation in (Decision, Mail):
            session.execute(delete(of_invitation).where(of_invitation.invitation_id == person.id))
        _erase_from_uploads(session, person)
        person.name, person.email, person.token_digest = ERASED, "", token_digest(new_token())
        person.opened_at = person.opened_at and now()
        person.revoked_at = person.revoked_at or now()
    person.erased_at = now()
    note(session, by, "person.erase", person.ref)


def _erase_from_uploads(session: Session, invitation: Invitation) -> None:
    """The roster's line, the name of the file, and uploads that nobody has stored yet: the person may stand in them."""
    session.execute(delete(Enrolment).where(Enrolment.invitation_id == invitation.id))
    session.execute(delete(UploadedFile).where(UploadedFile.invitation_id == invitation.id))
    left = (Upload.assessment_id == invitation.assessment_id) & (Upload.state == UploadState.LOOKED_AT)
    session.execute(delete(Upload).where(left))


def _drop(session: Session, attempt: Attempt) -> None:
    items = select(AttemptItem.id).where(AttemptItem.attempt_id == attempt.id)
    submissions = select(Submission.id).where(Submission.item_id.in_(items))
    session.execute(delete(Override).where(or_(Override.item_id.in_(items), Override.submission_id.in_(submissions))))
    session.execute(delete(Comment).where(Comment.submission_id.in_(submissions)))
    session.execute(delete(Appeal).where(Appeal.attempt_id == attempt.id))
    session.execute(delete(Result).where(Result.submission_id.in_(submissions)))
    session.execute(delete(Job).where(Job.submission_id.in_(submissions)))
    session.execute(delete(Submission).where(Submission.item_id.in_(items)))
    session.execute(delete(Attempt).where(Attempt.id == attempt.id))  # the rest goes with it
    session.expire_all()


def _drop_unused_blobs(session: Session) -> None:
    """Files that no submission and no timeline has any more; what somebody else handed in as well stays."""
    saved = session.scalars(select(Event.data).where(Event.kind == EventKind.SAVED))
    used = {data.get("blob") for data in saved} | set(session.scalars(select(Submission.digest)))
    for digest in set(session.scalars(select(Blob.digest))) - used:
        session.execute(delete(Blob).where(Blob.digest == digest))


def _erase_account(session: Session, user: User) -> None:
    keep_one_administrator(session, user)
    email, gone = user.email, f"erased-{user.ref}@erased.invalid"
    for table in (Bookmark, StoredCard, OneTimeLink):
        session.execute(delete(table).where(table.user_id == user.id))
    session.execute(update(Remark).where(Remark.author_id == user.id).values(text="(erased)"))
    session.execute(delete(Phrase).where(Phrase.owner_id == user.id, ~Phrase.shared))
    session.execute(delete(Template).where(Template.owner_id == user.id, ~Template.shared))
    session.execute(update(Phrase).where(Phrase.owner_id == user.id).values(owner_id=None))
    session.execute(update(AuditEntry).where(AuditEntry.subject == email).values(subject=gone))
    user.email, user.name, user.password_hash = gone, ERASED, None
    user.sessions, user.disabled_at = secrets.token_hex(16), now()


def forget_pages() -> None:
    """Has SQLite write what is deleted out of its journal, too; other databases do so in their own time."""
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        with db.engine.connect() as connection:
            connection.execute(text("COMMIT"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.execute(text("BEGIN"))


def erase_old(keep: timedelta) -> int:
    """Erases invited people whose assessment was over longer ago than that; gives their number.

    An invitation is over when its attempt is finished, or, where it is not, when its assessment has closed.
    """
    before = now() - keep
    closed = or_(Assessment.state == AssessmentState.CLOSED, Assessment.closes_at < before)
    chosen = (
        select(Invitation)
        .join(Assessment)
        .outerjoin(Attempt, (Attempt.invitation_id == Invitation.id) & (Attempt.kind == AttemptKind.ASSESSMENT))
        .where(
            Invitation.erased_at.is_(None),
            Invitation.created_at < before,
            or_(Invitation.closes_at.is_(None), Invitation.closes_at < before),
            or_(Attempt.finished_at < before, (Attempt.finished_at.is_(None)) & closed),
        )
    )
    with writing() as session:
        old = list(dict.fromkeys(session.scalars(chosen)))
        for one in old:
            _erase(session, one, None)
    if old:
        forget_pages()
    return len(old)
