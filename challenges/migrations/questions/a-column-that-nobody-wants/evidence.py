"""Plays each plan with the models of all the code that runs: pairs of (None or the exception, None)."""

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


def code(with_fax):
    class Base(DeclarativeBase):
        pass

    class Customer(Base):
        __tablename__ = "customer"
        id: Mapped[int] = mapped_column(primary_key=True)
        if with_fax:
            fax: Mapped[str | None]

    def work(engine):
        with Session(engine) as session:
            session.add(Customer(fax="1") if with_fax else Customer())
            session.commit()
            session.scalars(sa.select(Customer)).all()

    return work


WITH, WITHOUT = code(True), code(False)


def nullable(op):
    with op.batch_alter_table("customer") as batch_op:
        batch_op.alter_column("fax", existing_type=sa.String(20), nullable=True)


def drop(op):
    with op.batch_alter_table("customer") as batch_op:
        batch_op.drop_column("fax")


def played(*plan):
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE customer (id INTEGER PRIMARY KEY, fax VARCHAR(20) NOT NULL)"))
    running = WITH
    try:
        running(engine)
        for migration, new in plan:
            if migration:
                with engine.begin() as connection:
                    migration(Operations(MigrationContext.configure(connection)))
            for work in (running, new, running, new):
                work(engine)
            running = new
    except sa.exc.DBAPIError as error:
        return type(error)
    return None


def drop_first():
    return played((drop, WITHOUT)), None


def code_first():
    return played((None, WITHOUT), (drop, WITHOUT)), None


def nullable_late():
    return played((None, WITHOUT), (nullable, WITHOUT), (drop, WITHOUT)), None


def nullable_first():
    return played((nullable, WITHOUT), (drop, WITHOUT)), None


def code_last():
    return played((nullable, WITH), (drop, WITHOUT)), None


def drop_then_code():
    return played((drop, WITH), (None, WITHOUT)), None
