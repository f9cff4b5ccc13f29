"""The statement that each call writes for PostgreSQL: pairs of (statement or exception, statement that is wanted)."""

import io

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

CLAIMED = "ALTER TABLE item DROP CONSTRAINT ck_item_positive;"


def dropped(name):
    metadata = sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"})
    written = io.StringIO()
    options = {"as_sql": True, "output_buffer": written, "target_metadata": metadata}
    op = Operations(MigrationContext.configure(dialect_name="postgresql", opts=options))
    try:
        op.drop_constraint(name(op), "item", type_="check")
    except (sa.exc.SQLAlchemyError, ValueError) as error:
        return type(error)
    return written.getvalue().strip()


def full():
    return dropped(lambda op: "ck_item_positive"), CLAIMED


def finished():
    return dropped(lambda op: op.f("ck_item_positive")), CLAIMED


def finished_short():
    return dropped(lambda op: op.f("positive")), CLAIMED


def with_table():
    return dropped(lambda op: "item_positive"), CLAIMED


def short():
    return dropped(lambda op: "positive"), CLAIMED


def nameless():
    return dropped(lambda op: None), CLAIMED
