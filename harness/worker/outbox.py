"""The outbox as the worker sees it: takes a mail, makes its link, and says what came of it. State is in the store.

Before a mail is given to a server its row says so. So one whose sender dies meanwhile is known: it is shown as
uncertain, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from harness.services import clocks
from harness.services.tokens import new_token, token_digest
from harness.store.base import writing
from harness.store.columns import now
from harness.store.models import AssessmentState, Invitation, Mail, MailState

LEASE = timedelta(minutes=5)  # longer than a mail server is waited for
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))  # between two tries
LONGEST_TROUBLE = 500  # characters
DIED = "The sender ended while it was sending."
NOT_OPEN = "The assessment was closed before it was sent."


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent now. ``ref`` stays the same when it is tried again, so that a receiver can tell."""

    mail: int
    tries: int
    ref: str
    to_name: str
    to: str
    subject: str
    text: str
    reply_to: str


def claim() -> Letter | None:
    """The next mail, with a link that works from now on; None where nothing is to be sent."""
    with writing() as session:
        moment = now()
        lost = update(Mail).where(Mail.state == MailState.SENDING, Mail.leased_until < moment)
        session.execute(lost.values(state=MailState.UNCERTAIN, finished_at=moment, trouble=DIED))
        chosen = session.scalar(
            select(Mail)
            .where(Mail.state == MailState.WAITING, Mail.not_before <= moment)
            .order_by(Mail.not_before, Mail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if chosen is None:
            return None
        if why := _not_sent_because(chosen.invitation):
            chosen.state, chosen.finished_at, chosen.trouble = MailState.DROPPED, moment, why
            return None
        token = new_token()
        chosen.invitation.token_digest = token_digest(token)
        chosen.state, chosen.leased_until, chosen.tries = MailState.SENDING, moment + LEASE, chosen.tries + 1
        return _letter(chosen, f"{chosen.address}{token}")


def _not_sent_because(invitation: Invitation) -> str:
    if invitation.erased_at or invitation.revoked_at or not invitation.email:
        return "The invitation was withdrawn."
    closed = invitation.assessment.state is not AssessmentState.PUBLISHED or clocks.closed(invitation)
    return NOT_OPEN if closed else ""


def _letter(mail: Mail, link: str) -> Letter:
    invitation, by = mail.invitation, mail.by
    title, end = invitation.assessment.title, clocks.closes_at(invitation)
    reachable = by.disabled_at is None and by.erased_at is None
    lines = [
        f"Hello {invitation.name},",
        f"{by.name} invites you to the assessment “{title}”." if reachable else f"you are invited to “{title}”.",
        "This is your own link. It needs no account, works on all your devices, and is for you alone:",
        link,
        "The page behind it says what awaits you, and lets you try how it works. No clock runs until you start a part."
        + (f" You can start until {end:%d %B %Y, %H:%M} UTC." if end else ""),
    ]
    if reachable:
        lines.append(f"If you answer this mail, {by.name} reads it.")
    return Letter(
        mail.id,
        mail.tries,
        mail.ref,
        invitation.name,
        invitation.email,
        f"Your link to “{title}”",
        "\n\n".join(lines) + "\n",
        by.email if reachable else "",
    )


def sent(letter: Letter) -> bool:
    """The mail server has taken it; False where the row was not ours any more."""
    return _close(letter, state=MailState.SENT, finished_at=now(), leased_until=None, trouble="")


def again(letter: Letter, trouble: str) -> bool:
    """It was surely not taken: it waits, longer each time, and is given up in the end."""
    if letter.tries > len(PAUSES):
        return failed(letter, trouble)
    after = now() + PAUSES[letter.tries - 1]
    return _close(letter, state=MailState.WAITING, not_before=after, leased_until=None, trouble=_short(trouble))


def failed(letter: Letter, trouble: str) -> bool:
    """It was refused for good."""
    return _close(letter, state=MailState.FAILED, finished_at=now(), leased_until=None, trouble=_short(trouble))


def uncertain(letter: Letter, trouble: str) -> bool:
    """It may have been taken."""
    return _close(letter, state=MailState.UNCERTAIN, finished_at=now(), leased_until=None, trouble=_short(trouble))


def _short(text: str) -> str:
    return text[:LONGEST_TROUBLE]


def _close(letter: Letter, **values: object) -> bool:
    mine = update(Mail).where(Mail.id == letter.mail, Mail.state == MailState.SENDING, Mail.tries == letter.tries)
    with writing() as session:
        return session.scalar(mine.values(values).returning(Mail.id)) is not None
