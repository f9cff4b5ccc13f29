"""Each order, played with real INSERTs of both codes: whether every migration and every INSERT succeeds."""

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def one(op):
    op.add_column("post", sa.Column("slug", sa.String(80)))


def two(op):
    op.execute("UPDATE post SET slug = lower(title) WHERE slug IS NULL")


def three(op):
    with op.batch_alter_table("post") as batch_op:
        batch_op.alter_column("slug", existing_type=sa.String(80), nullable=False)


OLD = "INSERT INTO post (title) VALUES ('Old')"
NEW = "INSERT INTO post (title, slug) VALUES ('New', 'new')"


def deployed(before, after):
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)

    def run(work):
        with engine.begin() as connection:
            if callable(work):
                work(Operations(MigrationContext.configure(connection)))
            else:
                connection.execute(sa.text(work))

    run("CREATE TABLE post (id INTEGER PRIMARY KEY, title VARCHAR(80))")
    try:
        for work in (OLD, *before, OLD, NEW, OLD, NEW, *after, NEW):
            run(work)
    except (sa.exc.OperationalError, sa.exc.IntegrityError) as error:
        return type(error)
    return True


def all_before():
    return deployed([one, two, three], []), True


def fill_before():
    return deployed([one, two], [three]), True


def all_after():
    return deployed([], [one, two, three]), True


def column_before():
    return deployed([one], [two, three]), True


def tight_before():
    return deployed([one, three], [two]), True


def tight_first():
    return deployed([one], [three, two]), True
