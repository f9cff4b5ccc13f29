"""Whether each day of a year lists exactly the visits of that day in Berlin."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert, select
from sqlalchemy.orm import Mapped, mapped_column

BERLIN = ZoneInfo("Europe/Berlin")
# the days of the change with their neighbours, ends of months, ordinary days
DAYS = [date(2026, 3, n) for n in (28, 29, 30, 31)] + [date(2026, 10, n) for n in (24, 25, 26, 31)]
DAYS += [date(2026, 1, 1), date(2026, 7, 14), date(2026, 12, 31)]


def right(end_of):
    db = SQLAlchemy()

    class Visit(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        at: Mapped[datetime]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    app.logger.disabled = True
    first = datetime(2025, 12, 30, 0, 30, tzinfo=UTC)
    times = [first + timedelta(hours=n) for n in range(24 * 370)]
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Visit), [{"at": moment.replace(tzinfo=None)} for moment in times])
        db.session.commit()

    @app.get("/visits/<day>")
    def visits(day):
        day = date.fromisoformat(day)
        start = datetime.combine(day, time(), BERLIN)
        end = end_of(day, start)
        lower, upper = (t.astimezone(UTC).replace(tzinfo=None) for t in (start, end))
        query = select(Visit.id).where(Visit.at >= lower, Visit.at < upper)
        return db.session.scalars(query.order_by(Visit.id)).all()

    client = app.test_client()
    return [
        day
        for day in DAYS
        if client.get(f"/visits/{day}").json
        == [n for n, moment in enumerate(times, start=1) if moment.astimezone(BERLIN).date() == day]
    ]


def next_midnight():
    return right(lambda day, start: datetime.combine(day + timedelta(days=1), time(), BERLIN)), DAYS


def in_utc():
    return right(lambda day, start: start.astimezone(UTC) + timedelta(days=1)), DAYS


def timestamp():
    return right(lambda day, start: datetime.fromtimestamp(start.timestamp() + 24 * 3600, BERLIN)), DAYS


def utc_midnight():
    return right(lambda day, start: datetime.combine(day + timedelta(days=1), time(), UTC)), DAYS


def fixed_offset():
    return right(
        lambda day, start: datetime.combine(day + timedelta(days=1), time(), timezone(start.utcoffset()))
    ), DAYS


def replace():
    return right(lambda day, start: start.replace(day=start.day + 1)), DAYS
