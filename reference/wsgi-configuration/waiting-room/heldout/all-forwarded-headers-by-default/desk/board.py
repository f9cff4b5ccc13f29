"""The board on the wall, which shows the numbers that are called."""

from sqlalchemy.dialects.sqlite import insert

from desk.models import Announcement, db


def announce(number: int) -> None:
    """Shows ``number``, unless it was shown before. It is stored when this returns: a worker may end at any time."""
    db.session.execute(insert(Announcement).values(number=number).on_conflict_do_nothing())
    db.session.commit()


def shown() -> list[int]:
    """The numbers that were shown, in the order in which they were called."""
    return list(db.session.scalars(db.select(Announcement.number).order_by(Announcement.id)))
