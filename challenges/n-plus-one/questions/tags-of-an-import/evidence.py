"""How many SELECT statements the import sends: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Table, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship


def statements():
    db = SQLAlchemy()
    tagged = Table(
        "tagged",
        db.metadata,
        Column("recipe_id", ForeignKey("recipe.id"), primary_key=True),
        Column("tag_id", ForeignKey("tag.id"), primary_key=True),
    )

    class Tag(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    class Recipe(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        tags: Mapped[list[Tag]] = relationship(secondary=tagged)

    def import_recipes(rows):
        for row in rows:
            tags = [db.session.scalar(select(Tag).where(Tag.name == name)) for name in row["tags"]]
            db.session.add(Recipe(title=row["title"], tags=tags))
        db.session.commit()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    sent = []
    with app.app_context():
        db.create_all()
        db.session.add_all(Tag(name=f"tag {n}") for n in range(20))
        db.session.commit()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        import_recipes(
            {"title": f"recipe {n}", "tags": [f"tag {(n * 3 + k) % 20}" for k in range(5)]} for n in range(200)
        )
        return sum(statement.startswith("SELECT") for statement in sent)


def one_per_name():
    return statements(), 1000


def one_per_tag():
    return statements(), 20


def one_per_row():
    return statements(), 200


def one_in_all():
    return statements(), 1


def with_collections():
    return statements(), 1200


def with_refresh():
    return statements(), 1020
