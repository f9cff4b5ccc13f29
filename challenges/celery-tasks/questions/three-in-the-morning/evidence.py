"""The wall clock in Berlin when a crontab is due: pairs (observed, claimed)."""

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import crontab


def wall_clock():
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    celery = Celery("shop", broker="memory://")
    now = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    for _ in range(24):
        instant = now.astimezone(UTC)
        schedule = crontab(hour=3, minute=0, app=celery, nowfun=lambda instant=instant: instant)
        entry = ScheduleEntry("cleanup", "tasks.cleanup", instant - timedelta(minutes=1), schedule=schedule, app=celery)
        if entry.is_due().is_due:
            return now.strftime("%H:%M")
        now += timedelta(hours=1)


def five():
    return wall_clock(), "05:00"


def three():
    return wall_clock(), "03:00"


def four():
    return wall_clock(), "04:00"


def one():
    return wall_clock(), "01:00"


def two():
    return wall_clock(), "02:00"


def six():
    return wall_clock(), "06:00"
