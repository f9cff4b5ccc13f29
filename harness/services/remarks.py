"""Questions to the graders under an item of practice, and their answers.

They may give an item away. So whoever has not answered it yet reads only what they wrote themselves, and what was
answered to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased, joinedload, selectinload

from harness.services.audit import note
from harness.services.errors import Refused, Why
from harness.services.explaining import KNOWING, may_know
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    FrozenItem,
    Remark,
    User,
)

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

SHORTEST, LONGEST = 10, 2_000  # characters
MOST_A_DAY = 20  # of one person
_PEOPLE = (joinedload(Remark.author), selectinload(Remark.replies).joinedload(Remark.author))  # who is shown beside it


def under(item: FrozenItem, user: User) -> Sequence[Remark]:
    """What this person may read of what was asked about the item, the oldest first."""
    chosen = select(Remark).where(Remark.item == item.item, Remark.parent_id.is_(None)).order_by(Remark.id)
    if not may_know(user, item):
        chosen = chosen.where(Remark.author_id == user.id)
    return db.session.scalars(chosen.options(*_PEOPLE)).all()


def asked_by(user_id: int, most: int = 50) -> Sequence[Remark]:
    """What the person asked, the newest first."""
    chosen = select(Remark).where(Remark.author_id == user_id, Remark.parent_id.is_(None))
    return db.session.scalars(chosen.options(*_PEOPLE).order_by(Remark.id.desc()).limit(most)).all()


def news_for(user_id: int) -> int:
    """How many of the person's questions have an answer that they have not read."""
    chosen = select(func.count()).select_from(Remark).where(Remark.author_id == user_id, Remark.news)
    return db.session.scalar(chosen) or 0


def mark_read(user_id: int, item: str | None = None) -> None:
    """The person has all answers before them, or those about one item."""
    new = update(Remark).where(Remark.author_id == user_id, Remark.news)
    with writing() as session:
        session.execute((new if item is None else new.where(Remark.item == item)).values(news=False))


def _open() -> Select[Remark]:
    reply = aliased(Remark)
    answered = select(reply.id).where(reply.parent_id == Remark.id).exists()
    return select(Remark).where(Remark.parent_id.is_(None), ~answered)


def open_remarks(most: int = 100) -> Sequence[Remark]:
    """What nobody has answered yet, the oldest first."""
    return db.session.scalars(_open().options(*_PEOPLE).order_by(Remark.id).limit(most)).all()


def count_open() -> int:
    return db.session.scalar(select(func.count()).select_from(_open().subquery())) or 0


def ask(user_id: int, item: FrozenItem, text: str) -> Remark:
    """Puts a question to the graders; the same again, as a second click sends it, changes nothing. Raises Refused."""
    text = _checked(text)
    with writing() as session:
        same = select(Remark).where(
            Remark.author_id == user_id, Remark.item == item.item, Remark.parent_id.is_(None), Remark.text == text
        )
        made = session.scalar(same)
        if made is None:
            _need_room(session, user_id)
            made = Remark(item=item.item, author_id=user_id, text=text)
            session.add(made)
            session.flush()
    return made


def reply(user_id: int, ref: str, text: str) -> Remark:
    """A grader's answer. Raises Refused."""
    text = _checked(text)
    with writing() as session:
        asked = _question(session, ref)
        made = next((one for one in asked.replies if one.author_id == user_id and one.text == text), None)
        if made is None:
            made = Remark(item=asked.item, author_id=user_id, parent_id=asked.id, text=text)
            asked.news = asked.author_id != user_id
            session.add(made)
            session.flush()
            note(session, user_id, "remark.reply", asked.item, remark=asked.ref)
    return made


def remove(user: User, ref: str) -> str:
    """Takes a question away: graders any, everyone their own until it is answered. Gives the item's name."""
    with writing() as session:
        asked = _question(session, ref)
        mine = asked.author_id == user.id and not asked.replies
        if not mine and user.role not in KNOWING:
            raise Refused(Why.UNKNOWN, "There is no such question to take away.")
        item = asked.item
        for one in [*asked.replies, asked]:
            session.delete(one)
        note(session, user.id, "remark.remove", item, remark=ref)
    return item


def _question(session: Session, ref: str) -> Remark:
    found = session.scalar(select(Remark).where(Remark.ref == ref, Remark.parent_id.is_(None)))
    if found is None:
        raise Refused(Why.UNKNOWN, "There is no such question.")
    return found


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refused(Why.INVALID, f"Write {SHORTEST} to {LONGEST:,} characters.")
    return text


def _need_room(session: Session, user_id: int) -> None:
    today = select(func.count()).select_from(Remark)
    today = today.where(Remark.author_id == user_id, Remark.created_at > now() - timedelta(days=1))
    if (session.scalar(today) or 0) >= MOST_A_DAY:
        raise Refused(Why.TOO_MANY, f"You have asked {MOST_A_DAY} times within a day. Go on tomorrow.")
