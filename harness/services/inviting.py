"""Invitations: who may take a published assessment, by which link, and with how much more time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.services.accounts import normal_email
from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.extending import extra_time, standing
from harness.services.lines import one_line
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, AssessmentState, Invitation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_INVITED = 500  # by one deed
MOST_SAID = 10  # lines that do not fit, in one refusal
LONGEST_NAME = 100
LONGEST_KEY = 64
SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to be invited. ``line`` is where a list has them, for what is to be said about it."""

    name: str
    email: str = ""
    extra_percent: int = 0
    line: int = 0


def read_list(text: str) -> list[Invitee]:
    """One person a line: name, e-mail, more time in percent; the last two may lack. Raises Refused.

    A heading and empty lines are passed over; semicolons and tabs separate as well as commas.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((one for one in SEPARATORS if one in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator, skipinitialspace=True)
    people, wrong = [], []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].lower() == "name":
                continue
            name, email, extra = [*cells, "", "", ""][:3]
            extra = extra.removesuffix("%").strip() or "0"
            if any(cells[3:]) or not extra.isdecimal() or len(extra) > 4:
                wrong.append(f"Line {reader.line_num}: write name, e-mail, and more time in percent, such as 25.")
            else:
                people.append(Invitee(name, email, int(extra), reader.line_num))
    except csv.Error as error:
        wrong.append(f"Line {reader.line_num}: this can't be read as a table.")
        raise Refused(Why.INVALID, _said(wrong)) from error
    if wrong:
        raise Refused(Why.INVALID, _said(wrong))
    return people


def invite(
    assessment_id: int, people: Sequence[Invitee], by: int, key: str | None = None
) -> list[tuple[Invitation, str]]:
    """Invites people; gives each one's invitation and token, which is shown once and stored nowhere. Raises Refused.

    ``key`` names the click: a second one by the same name invites nobody.
    """
    if not 1 <= len(people) <= MOST_INVITED:
        raise Refused(Why.INVALID, f"Invite 1 to {MOST_INVITED} people at once.")
    checked = _checked(people)
    with writing() as session:
        found = session.get_one(Assessment, assessment_id)
        if found.state is not AssessmentState.PUBLISHED:
            raise Refused(Why.NOT_NOW, "People can be invited to a published assessment only.")
        _need_new(session, found, checked, key)
        made = []
        for one in checked:
            token = new_token()
            invitation = Invitation(
                name=one.name,
                email=one.email,
                extra_percent=one.extra_percent,
                token_digest=token_digest(token),
                key=key and key[:LONGEST_KEY],
            )
            found.invitations.append(invitation)
            made.append((invitation, token))
        session.flush()
        note(session, by, "invitation.create", found.title, ref=found.ref, invitations=[one.ref for one, _ in made])
    return made


def _checked(people: Sequence[Invitee]) -> list[Invitee]:
    checked, wrong = [], []
    seen: dict[str, int] = {}
    for number, one in enumerate(people, start=1):
        line = one.line or number
        try:
            fitting = _fitting(one)
            if fitting.email in seen:
                raise Refused(Why.INVALID, f"{fitting.email} stands in line {seen[fitting.email]} already.")
        except Refused as refusal:
            wrong.append(f"Line {line}: {refusal}")
            continue
        if fitting.email:
            seen[fitting.email] = line
        checked.append(replace(fitting, line=line))
    if wrong:
        raise Refused(Why.INVALID, _said(wrong))
    return checked


def _fitting(one: Invitee) -> Invitee:
    name = one_line(one.name, LONGEST_NAME, "A name")
    return Invitee(name, normal_email(one.email) if one.email.strip() else "", extra_time(one.extra_percent))


def _need_new(session: Session, found: Assessment, people: Sequence[Invitee], key: str | None) -> None:
    mine = select(Invitation).where(Invitation.assessment_id == found.id)
    if key and session.scalar(mine.where(Invitation.key == key[:LONGEST_KEY]).limit(1)):
        raise Refused(
            Why.CONFLICT, "These people are invited already, and their links were shown then. Who lost one gets a new."
        )
    active = mine.where(Invitation.email != "", Invitation.revoked_at.is_(None), Invitation.erased_at.is_(None))
    known = {one.email for one in session.scalars(active)}
    if wrong := [f"Line {one.line}: {one.email} is invited already." for one in people if one.email in known]:
        raise Refused(Why.INVALID, _said(wrong))


def _said(wrong: Sequence[str]) -> str:
    """What does not fit, a line each; so many and no more."""
    more = [f"… and {len(wrong) - MOST_SAID} more lines that do not fit."] if len(wrong) > MOST_SAID else []
    return "\n".join([*wrong[:MOST_SAID], *more])


def invitation_of(assessment: Assessment, ref: str) -> Invitation:
    """One of its invitations. Raises Refused."""
    found = db.session.scalar(
        select(Invitation).where(
            Invitation.ref == ref, Invitation.assessment_id == assessment.id, Invitation.erased_at.is_(None)
        )
    )
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such invitation.")
    return found


def revoke(invitation_id: int, by: int) -> None:
    """The link works no more, also for who has begun; what they did stays. Raises Refused."""
    with writing() as session:
        found = standing(session, invitation_id)
        found.revoked_at = found.revoked_at or now()
        note(session, by, "invitation.revoke", found.assessment.title, invitation=found.ref)


def new_link(invitation_id: int, by: int) -> str:
    """A new token for the same person; the old link ends. Raises Refused."""
    token = new_token()
    with writing() as session:
        found = standing(session, invitation_id)
        found.token_digest, found.revoked_at = token_digest(token), None
        note(session, by, "invitation.new-link", found.assessment.title, invitation=found.ref)
    return token
