"""The theatre, with every rule about deletes in the foreign keys: the database carries them out."""

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint, delete, event, func, insert, select, update
from sqlalchemy.exc import IntegrityError
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
    director_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Scene(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    production_id: Mapped[int] = mapped_column(ForeignKey("production.id", ondelete="CASCADE"))


class Prop(db.Model):
    name: Mapped[str] = mapped_column(primary_key=True)


class PropUse(db.Model):
    scene_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"), primary_key=True)
    prop_name: Mapped[str] = mapped_column(ForeignKey("prop.name", ondelete="CASCADE"), primary_key=True)


class Casting(db.Model):
    __table_args__ = (UniqueConstraint("production_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    production_id: Mapped[int] = mapped_column(ForeignKey("production.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    part: Mapped[str]
    fee: Mapped[int]


def create_app(config=None):
    app = Flask(__name__)
    app.config.update({"SQLALCHEMY_DATABASE_URI": "sqlite:///theatre.db", **(config or {})})
    db.init_app(app)
    routes(app)
    with app.app_context():
        event.listen(db.engine, "connect", enforce_foreign_keys)
        db.create_all()
    return app


def enforce_foreign_keys(connection, record):
    connection.execute("PRAGMA foreign_keys = ON")


def run(statement):
    return db.session.execute(statement)


def row_or_404(model, key):
    return db.session.get(model, key) or abort(404)


def person_json(person):
    castings = run(
        select(Casting.production_id, Casting.part, Casting.fee)
        .where(Casting.person_id == person.id)
        .order_by(Casting.production_id)
    )
    directs = select(Production.id).where(Production.director_id == person.id).order_by(Production.id)
    return {
        "id": person.id,
        "name": person.name,
        "directs": list(db.session.scalars(directs)),
        "castings": [{"production": number, "part": part, "fee": fee} for number, part, fee in castings],
    }


def scene_json(scene):
    names = select(PropUse.prop_name).where(PropUse.scene_id == scene.id).order_by(PropUse.prop_name)
    return {"id": scene.id, "title": scene.title, "props": list(db.session.scalars(names))}


def casting_json(casting, person):
    return {"person": {"id": person.id, "name": person.name}, "part": casting.part, "fee": casting.fee}


def production_json(production):
    director = production.director_id and db.session.get(Person, production.director_id)
    scenes = select(Scene).where(Scene.production_id == production.id).order_by(Scene.id)
    cast = select(Casting, Person).join(Person).where(Casting.production_id == production.id).order_by(Person.id)
    return {
        "id": production.id,
        "title": production.title,
        "season": production.season,
        "director": {"id": director.id, "name": director.name} if director else None,
        "scenes": [scene_json(scene) for scene in db.session.scalars(scenes)],
        "cast": [casting_json(casting, person) for casting, person in run(cast)],
    }


def use_props(scene_id, names):
    present = set(db.session.scalars(select(Prop.name)))
    for name in names:
        if name not in present:
            run(insert(Prop).values(name=name))
        run(insert(PropUse).values(scene_id=scene_id, prop_name=name))


def insert_casting(production_id, body):
    """Leaves it to the database to find somebody unknown, or here twice."""
    columns = {"production_id": production_id, "person_id": body["person"], "part": body["part"], "fee": body["fee"]}
    try:
        run(insert(Casting).values(**columns))
    except IntegrityError as error:
        db.session.rollback()
        abort(409 if "UNIQUE" in str(error.orig) else 422)


def routes(app):
    @app.get("/health")
    def health():
        return {"status": "ok"}

    @app.post("/people")
    def people_post():
        person = Person(name=request.json["name"])
        db.session.add(person)
        db.session.commit()
        return person_json(person), 201

    @app.get("/people/<int:key>")
    def people_get(key):
        return person_json(row_or_404(Person, key))

    @app.delete("/people/<int:key>")
    def people_delete(key):
        return deleted(Person, Person.id == key)

    @app.post("/productions")
    def productions_post():
        body = request.json
        production = Production(title=body["title"], season=body["season"], director_id=body["director"])
        db.session.add(production)
        try:
            db.session.flush()
        except IntegrityError:
            abort(422)
        for each in body["scenes"]:
            scene = Scene(title=each["title"], production_id=production.id)
            db.session.add(scene)
            db.session.flush()
            use_props(scene.id, each["props"])
        db.session.commit()
        return production_json(production), 201

    @app.get("/productions/<int:key>")
    def productions_get(key):
        return production_json(row_or_404(Production, key))

    @app.delete("/productions/<int:key>")
    def productions_delete(key):
        return deleted(Production, Production.id == key)

    @app.delete("/seasons/<int:season>")
    def seasons_delete(season):
        run(delete(Production).where(Production.season == season))
        db.session.commit()
        return "", 204

    @app.put("/productions/<int:key>/scenes")
    def scenes_put(key):
        production = row_or_404(Production, key)
        wanted = request.json["scenes"]
        if run(update(Scene).where(Scene.id.in_(wanted)).values(production_id=key)).rowcount < len(wanted):
            db.session.rollback()
            abort(422)
        run(delete(Scene).where(Scene.production_id == key, Scene.id.not_in(wanted)))
        db.session.commit()
        return production_json(production)

    @app.put("/scenes/<int:key>/props")
    def props_put(key):
        scene = row_or_404(Scene, key)
        run(delete(PropUse).where(PropUse.scene_id == key))
        use_props(key, request.json["props"])
        db.session.commit()
        return scene_json(scene)

    @app.post("/productions/<int:key>/cast")
    def cast_post(key):
        row_or_404(Production, key)
        insert_casting(key, request.json)
        db.session.commit()
        person = db.session.get(Person, request.json["person"])
        return {"person": {"id": person.id, "name": person.name}, **{k: request.json[k] for k in ("part", "fee")}}, 201

    @app.put("/productions/<int:key>/cast")
    def cast_put(key):
        production = row_or_404(Production, key)
        run(delete(Casting).where(Casting.production_id == key))
        for each in request.json["cast"]:
            insert_casting(key, each)
        db.session.commit()
        return production_json(production)

    @app.get("/props")
    def props_get():
        rows = run(select(Prop.name, func.count(PropUse.scene_id)).outerjoin(PropUse).group_by(Prop.name))
        return {"props": [{"name": name, "scenes": count} for name, count in sorted(map(tuple, rows))]}

    @app.delete("/props/<name>")
    def props_delete(name):
        return deleted(Prop, Prop.name == name)

    @app.get("/counts")
    def counts():
        models = (Person, Production, Scene, Casting, Prop, PropUse)
        names = ("people", "productions", "scenes", "castings", "props", "prop_uses")
        return {
            name: db.session.scalar(select(func.count()).select_from(model))
            for name, model in zip(names, models, strict=True)
        }


def deleted(model, condition):
    if not run(delete(model).where(condition)).rowcount:
        abort(404)
    db.session.commit()
    return "", 204
