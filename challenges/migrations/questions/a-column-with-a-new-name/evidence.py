"""Plays each plan with writes and reads of all the code that runs: what goes wrong first, None for nothing."""

import itertools

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

customer = sa.table("customer", sa.column("id"), sa.column("name"), sa.column("full_name"))
OLD, NEW, BOTH = ("name",), ("full_name",), ("name", "full_name")


def add(op):
    op.add_column("customer", sa.Column("full_name", sa.String(80)))


def copy(op):
    op.execute(sa.update(customer).values(full_name=customer.c.name))


def drop(op):
    with op.batch_alter_table("customer") as batch_op:
        batch_op.drop_column("name")


def rename(op):
    with op.batch_alter_table("customer") as batch_op:
        batch_op.alter_column("name", new_column_name="full_name")


class Wrong(Exception):
    pass


def played(*plan):
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    truth, values = {}, map(str, itertools.count())
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE customer (id INTEGER PRIMARY KEY, name VARCHAR(80))"))

    def work(*running):
        """Each release that runs inserts a row and changes the first one; after each write all of them read."""
        for writes, _ in running:
            for key in (len(truth) + 1, 1):
                value = next(values)
                row = dict.fromkeys(writes, value)
                with engine.begin() as connection:
                    if key in truth:
                        connection.execute(sa.update(customer).where(customer.c.id == key).values(row))
                    else:
                        connection.execute(sa.insert(customer).values(row | {"id": key}))
                    truth[key] = value
                    for _, reads in running:
                        if truth != dict(connection.execute(sa.select(customer.c.id, customer.c[reads])).all()):
                            raise Wrong

    code = (OLD, "name")
    try:
        work(code)
        for migrations, writes, reads in plan:
            for migration in migrations:
                with engine.begin() as connection:
                    migration(Operations(MigrationContext.configure(connection)))
                work(code)
            work(code, (writes, reads))
            work((writes, reads), code)
            code = (writes, reads)
            work(code)
    except (Wrong, sa.exc.OperationalError) as error:
        return type(error)
    return None


def renamed():
    return played(([rename], NEW, "full_name"), ([], NEW, "full_name")), None


def two_releases():
    return played(([add, copy], NEW, "full_name"), ([drop], NEW, "full_name")), None


def new_too_early():
    return played(([add], BOTH, "full_name"), ([copy], NEW, "full_name"), ([drop], NEW, "full_name")), None


def old_forgotten():
    return played(([add], BOTH, "name"), ([copy], NEW, "full_name"), ([drop], NEW, "full_name")), None


def copy_too_early():
    return played(
        ([add, copy], BOTH, "name"), ([], BOTH, "full_name"), ([], NEW, "full_name"), ([drop], NEW, "full_name")
    ), None


def four_releases():
    return played(
        ([add], BOTH, "name"), ([copy], BOTH, "full_name"), ([], NEW, "full_name"), ([drop], NEW, "full_name")
    ), None
