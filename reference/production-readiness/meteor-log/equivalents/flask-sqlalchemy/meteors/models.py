from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Sighting(db.Model):
    __tablename__ = "sightings"
    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str]

    def as_dict(self):
        return {"id": self.id, "place": self.place}
