"""The routes."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import func, select

from .models import Casting, Person, Production, Prop, Scene, db, prop_use

api = Blueprint("api", __name__)


def known(model: type[Any], key: int) -> Any:
    """The object that a body refers to by its id."""
    return db.session.get(model, key) or abort(422, f"There is no {model.__name__.lower()} {key}")


def props_named(names: Iterable[str]) -> list[Prop]:
    """The props of these names."""
    return [db.session.merge(Prop(name=name)) for name in names]


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/people")
def add_person() -> tuple[dict[str, Any], int]:
    person = Person(name=request.json["name"])
    db.session.add(person)
    db.session.commit()
    return person.to_dict(), 201


@api.get("/people/<int:person_id>")
def show_person(person_id: int) -> dict[str, Any]:
    return db.get_or_404(Person, person_id).to_dict()


@api.delete("/people/<int:person_id>")
def delete_person(person_id: int) -> tuple[str, int]:
    db.session.delete(db.get_or_404(Person, person_id))
    db.session.commit()
    return "", 204


@api.post("/productions")
def add_production() -> tuple[dict[str, Any], int]:
    body = request.json
    production = Production(title=body["title"], season=body["season"])
    if body["director"] is not None:
        production.director = known(Person, body["director"])
    db.session.add(production)
    for each in body["scenes"]:
        production.scenes.append(Scene(title=each["title"], props=props_named(each["props"])))
    db.session.commit()
    return production.to_dict(), 201


@api.get("/productions/<int:production_id>")
def show_production(production_id: int) -> dict[str, Any]:
    return db.get_or_404(Production, production_id).to_dict()


@api.delete("/productions/<int:production_id>")
def delete_production(production_id: int) -> tuple[str, int]:
    db.session.delete(db.get_or_404(Production, production_id))
    db.session.commit()
    return "", 204


@api.delete("/seasons/<int:season>")
def delete_season(season: int) -> tuple[str, int]:
    for production in db.session.scalars(select(Production).where(Production.season == season)):
        db.session.delete(production)
    db.session.commit()
    return "", 204


@api.put("/productions/<int:production_id>/scenes")
def put_scenes(production_id: int) -> dict[str, Any]:
    production = db.get_or_404(Production, production_id)
    production.scenes = [known(Scene, scene_id) for scene_id in request.json["scenes"]]
    db.session.commit()
    return production.to_dict()


@api.put("/scenes/<int:scene_id>/props")
def put_props(scene_id: int) -> dict[str, Any]:
    scene = db.get_or_404(Scene, scene_id)
    scene.props = props_named(request.json["props"])
    db.session.commit()
    return scene.to_dict()


@api.post("/productions/<int:production_id>/cast")
def add_casting(production_id: int) -> tuple[dict[str, Any], int]:
    production = db.get_or_404(Production, production_id)
    body = request.json
    person = known(Person, body["person"])
    if db.session.get(Casting, (production.id, person.id)):
        abort(409, "This person is in the cast")
    casting = Casting(production=production, person=person, part=body["part"], fee=body["fee"])
    db.session.add(casting)
    db.session.commit()
    return casting.to_dict(), 201


@api.put("/productions/<int:production_id>/cast")
def put_cast(production_id: int) -> dict[str, Any]:
    production = db.get_or_404(Production, production_id)
    wanted = {each["person"]: each for each in request.json["cast"]}
    if len(wanted) < len(request.json["cast"]):
        abort(409, "Somebody is in this cast twice")
    people = [known(Person, person_id) for person_id in wanted]
    present = {casting.person_id: casting for casting in production.cast}
    cast = []
    for person in people:
        casting = present.get(person.id) or Casting(person=person)
        casting.part, casting.fee = wanted[person.id]["part"], wanted[person.id]["fee"]
        cast.append(casting)
    production.cast = cast
    db.session.commit()
    return production.to_dict()


@api.get("/props")
def list_props() -> dict[str, Any]:
    statement = (
        select(Prop.name, func.count(prop_use.c.scene_id))
        .outerjoin(prop_use, prop_use.c.prop_id == Prop.id)
        .group_by(Prop.id)
        .order_by(Prop.name)
    )
    return {"props": [{"name": name, "scenes": scenes} for name, scenes in db.session.execute(statement)]}


@api.delete("/props/<name>")
def delete_prop(name: str) -> tuple[str, int]:
    db.session.delete(db.one_or_404(select(Prop).where(Prop.name == name)))
    db.session.commit()
    return "", 204


@api.get("/counts")
def counts() -> dict[str, int]:
    tables = {
        "people": Person,
        "productions": Production,
        "scenes": Scene,
        "castings": Casting,
        "props": Prop,
        "prop_uses": prop_use,
    }
    return {name: db.session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}
