"""What the theatre keeps: people, productions with their scenes and casts, and the props that scenes use."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

prop_use = Table(
    "prop_use",
    db.metadata,
    Column("scene_id", ForeignKey("scene.id"), primary_key=True),
    Column("prop_id", ForeignKey("prop.id"), primary_key=True),
)


class Person(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    directs: Mapped[list["Production"]] = relationship(back_populates="director", order_by="Production.id")
    castings: Mapped[list["Casting"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Casting.production_id"
    )


class Production(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    season: Mapped[int]
    director_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    director: Mapped[Person | None] = relationship(back_populates="directs")
    scenes: Mapped[list["Scene"]] = relationship(
        back_populates="production", cascade="all, delete-orphan", order_by="Scene.id"
    )
    cast: Mapped[list["Casting"]] = relationship(
        back_populates="production", cascade="all, delete-orphan", order_by="Casting.person_id"
    )


class Casting(db.Model):
    production_id: Mapped[int] = mapped_column(ForeignKey("production.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    part: Mapped[str]
    fee: Mapped[int]
    production: Mapped[Production] = relationship(back_populates="cast")
    person: Mapped[Person] = relationship(back_populates="castings")


class Scene(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    production_id: Mapped[int] = mapped_column(ForeignKey("production.id"))
    production: Mapped[Production] = relationship(back_populates="scenes")
    props: Mapped[list["Prop"]] = relationship(secondary=prop_use, back_populates="scenes", order_by="Prop.name")


class Prop(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    scenes: Mapped[list[Scene]] = relationship(secondary=prop_use, back_populates="props")
