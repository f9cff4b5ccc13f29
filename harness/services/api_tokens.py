"""Tokens for programs: made, looked up, revoked. A token is shown once; what it may do its scopes say."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.lines import one_line
from harness.services.tokens import new_token, token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import ApiToken, Invitation, Role, User

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PREFIX = "assay_"  # so that a token that went astray is known for what it is
MOST = 50  # that are neither revoked nor over, of one account
LONGEST_NAME, MOST_DAYS = 100, 366
FOR_ONE_ATTEMPT = timedelta(days=7)
USED_EVERY = timedelta(minutes=1)  # how exactly is kept when one was used last


class Scope(StrEnum):
    """What a token may do, as far as its account may."""

    READ_ASSESSMENTS = "assessments:read"
    WRITE_ASSESSMENTS = "assessments:write"
    INVITE = "invitations:write"
    READ_REPORTS = "reports:read"
    WEBHOOKS = "webhooks:write"
    SUBMIT = "submit"


FOR_ROLE = {
    Role.CANDIDATE: (Scope.SUBMIT,),
    Role.GRADER: (Scope.READ_ASSESSMENTS, Scope.READ_REPORTS, Scope.WEBHOOKS, Scope.SUBMIT),
    Role.INTERVIEWER: tuple(Scope),
    Role.ADMINISTRATOR: tuple(Scope),
}


def scopes_for(user: User) -> Sequence[Scope]:
    """What this account may give to a token."""
    return FOR_ROLE[user.role]


def create(user: User, name: str, scopes: Collection[str], days: int) -> str:
    """Makes a token and gives it, this once. Raises Refused."""
    name = one_line(name, LONGEST_NAME, "A name")
    allowed = [one.value for one in scopes_for(user)]
    chosen = [one for one in allowed if one in scopes]
    if not chosen or len(chosen) != len(set(scopes)):
        raise Refused(Why.INVALID, "Choose what the token may do.")
    if not 1 <= days <= MOST_DAYS:
        raise Refused(Why.INVALID, f"A token lives for 1 to {MOST_DAYS} days.")
    token = PREFIX + new_token()
    with writing() as session:
        if sum(_lives(one) for one in of_user(user.id)) >= MOST:
            raise Refused(Why.TOO_MANY, f"{MOST} tokens are in use. Revoke one first.")
        made = ApiToken(
            user_id=user.id,
            name=name,
            scopes=chosen,
            token_digest=token_digest(token),
            expires_at=now() + timedelta(days=days),
        )
        session.add(made)
        session.flush()
        note(session, user.id, "token.create", made.ref, name=name, scopes=chosen)
    return token


def create_for(invitation: Invitation) -> str:
    """A token by which an invited person's own machine hands in; an earlier one works no more."""
    token = PREFIX + new_token()
    with writing() as session:
        for one in session.scalars(select(ApiToken).where(ApiToken.invitation_id == invitation.id)):
            one.revoked_at = one.revoked_at or now()
        session.add(
            ApiToken(
                invitation_id=invitation.id,
                name="hand in",
                scopes=[Scope.SUBMIT.value],
                token_digest=token_digest(token),
                expires_at=now() + FOR_ONE_ATTEMPT,
            )
        )
    return token


def of_user(user_id: int) -> Sequence[ApiToken]:
    """The account's tokens, the newest first."""
    chosen = select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc())
    return db.session.scalars(chosen).all()


def _lives(one: ApiToken) -> bool:
    return one.revoked_at is None and one.expires_at > now()


def find(token: str) -> ApiToken | None:
    """The token that this is, if it works; it is noted that it was used."""
    found = db.session.scalar(select(ApiToken).where(ApiToken.token_digest == token_digest(token)))
    if found is None or not _lives(found) or _gone(found):
        return None
    if found.used_at is None or now() - found.used_at > USED_EVERY:
        with writing() as session:
            session.get_one(ApiToken, found.id).used_at = now()
    return found


def _gone(one: ApiToken) -> bool:
    """Whether its owner can't come in any more."""
    if one.user is not None:
        return one.user.disabled_at is not None
    return one.invitation is None or bool(one.invitation.revoked_at or one.invitation.erased_at)


def revoke(user_id: int, ref: str) -> None:
    """Ends a token of the account's for good. Raises Refused."""
    with writing() as session:
        found = session.scalar(select(ApiToken).where(ApiToken.ref == ref, ApiToken.user_id == user_id))
        if found is None:
            raise Refused(Why.UNKNOWN, "There is no such token.")
        if found.revoked_at is None:
            found.revoked_at = now()
            note(session, user_id, "token.revoke", ref, name=found.name)
