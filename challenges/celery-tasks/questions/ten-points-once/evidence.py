"""The points after two calls, one of them delivered twice, in step with each other: pairs (observed, claimed)."""

import itertools
import tempfile
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint, create_engine, insert, select, update
from sqlalchemy.exc import IntegrityError

TASKS = ["first", "first", "second"]


def points(version, unique=None):
    """Runs the three deliveries step by step in turn; each `yield` is a moment when another one goes on."""
    with tempfile.TemporaryDirectory() as folder:
        metadata = MetaData()
        constraints = [UniqueConstraint(unique)] if unique else []
        awards = Table("awards", metadata, Column("order_id", Integer), Column("task_id", String), *constraints)
        customers = Table("customers", metadata, Column("id", Integer), Column("points", Integer))
        engine = create_engine(f"sqlite:///{Path(folder, 'shop.db')}")
        metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(customers).values(id=1, points=0))
        cache = {}

        def add_points(connection, task_id):
            connection.execute(insert(awards).values(order_id=7, task_id=task_id))
            connection.execute(update(customers).values(points=customers.c.points + 10))

        def run(task_id):
            if version == "look":
                with engine.connect() as connection:
                    done = connection.execute(select(awards).where(awards.c.order_id == 7)).first()
            elif version == "cache":
                done = cache.get("award-7")
            else:
                done = None
            yield
            if done:
                return
            cache["award-7"] = True
            try:
                with engine.begin() as connection:
                    add_points(connection, task_id)
            except IntegrityError:
                return

        runs = [run(task_id) for task_id in TASKS]
        for step in itertools.zip_longest(*runs):
            assert step is not None
        with engine.connect() as connection:
            total = connection.execute(select(customers.c.points)).scalar()
        engine.dispose()
        return total


def unique_order():
    return points("insert", unique="order_id"), 10


def look_first():
    return points("look"), 10


def cache_mark():
    return points("cache"), 10


def unique_task():
    return points("insert", unique="task_id"), 10


def row_lock():
    return points("insert"), 10


def atomic_update():
    return points("insert"), 10
