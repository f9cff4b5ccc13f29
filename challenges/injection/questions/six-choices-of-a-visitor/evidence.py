"""Whether the statement holds text of the visitor's outside of quoted names and literals: pairs of yes or no."""

import re

from sqlalchemy import JSON, column, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ATTACKS = ["> 0 OR 1=1 OR 1=", "x' OR 1=1 --", 'x" OR 1=1 --', "x) OR 1=1 --", "x] OR 1=1 --", "x OR 1=1"]
QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*" """.strip())


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    year: Mapped[int]
    data: Mapped[dict] = mapped_column(JSON)


def becomes_sql(query):
    engine = create_engine("sqlite://")
    statements = [str(query(raw).compile(engine)) for raw in ATTACKS]
    return any("OR 1=1" in QUOTED.sub("", statement) for statement in statements)


def label():
    return becomes_sql(lambda raw: select(Book.title.label(raw))), True


def order():
    return becomes_sql(lambda raw: select(Book.title).order_by(column(raw))), True


def collation():
    return becomes_sql(lambda raw: select(Book.title).order_by(Book.title.collate(raw))), True


def operator():
    return becomes_sql(lambda raw: select(Book.title).where(Book.year.op(raw)(1900))), True


def default():
    return becomes_sql(lambda raw: select(func.coalesce(Book.title, raw))), True


def path():
    return becomes_sql(lambda raw: select(Book.title).where(Book.data[raw].as_string() == "yes")), True
