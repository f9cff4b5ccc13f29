"""What the theatre keeps, and what goes along with what."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

prop_use = Table(
    "prop_use",
    Base.metadata,
    Column("scene_id", ForeignKey("scene.id"), primary_key=True),
    Column("prop_id", ForeignKey("prop.id"), primary_key=True, index=True),
)


class Person(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    # No cascade: when a person goes, the session empties the keys of the productions.
    directs: Mapped[list["Production"]] = relationship(back_populates="director", order_by="Production.id")
    castings: Mapped[list["Casting"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Casting.production_id"
    )

    def to_reference(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name}

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.to_reference(),
            "directs": [production.id for production in self.directs],
            "castings": [
                {"production": casting.production_id, "part": casting.part, "fee": casting.fee}
                for casting in self.castings
            ],
        }


class Production(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    season: Mapped[int] = mapped_column(index=True)
    director_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    director: Mapped[Person | None] = relationship(back_populates="directs")
    scenes: Mapped[list["Scene"]] = relationship(
        back_populates="production", cascade="all, delete-orphan", order_by="Scene.id"
    )
    cast: Mapped[list["Casting"]] = relationship(
        back_populates="production", cascade="all, delete-orphan", order_by="Casting.person_id"
    )

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "season": self.season,
            "director": self.director.to_reference() if self.director else None,
            "scenes": [scene.to_dict() for scene in self.scenes],
            "cast": [casting.to_dict() for casting in self.cast],
        }


class Casting(db.Model):
    """That a person plays in a production: its key is the pair."""

    production_id: Mapped[int] = mapped_column(ForeignKey("production.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    part: Mapped[str]
    fee: Mapped[int]
    production: Mapped[Production] = relationship(back_populates="cast")
    person: Mapped[Person] = relationship(back_populates="castings")

    def to_dict(self) -> dict[str, Any]:
        return {"person": self.person.to_reference(), "part": self.part, "fee": self.fee}


class Scene(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    production_id: Mapped[int] = mapped_column(ForeignKey("production.id"), index=True)
    production: Mapped[Production] = relationship(back_populates="scenes")
    props: Mapped[list["Prop"]] = relationship(secondary=prop_use, back_populates="scenes", order_by="Prop.name")

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "props": [prop.name for prop in self.props]}


class Prop(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    scenes: Mapped[list[Scene]] = relationship(secondary=prop_use, back_populates="props")
