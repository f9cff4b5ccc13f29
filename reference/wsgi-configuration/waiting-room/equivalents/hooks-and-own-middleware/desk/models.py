from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Counter(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Announcement(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def create_tables():
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        if connection.scalar(select(Counter.last)) is None:
            connection.execute(insert(Counter).values(id=1, last=0))
