"""What the theatre keeps. Keys, links and relationships are missing."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Person(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Production(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    season: Mapped[int]


class Scene(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Prop(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
