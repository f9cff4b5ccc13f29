"""The routes."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import func, select

from .models import Casting, Person, Production, Prop, Scene, db, prop_use

api = Blueprint("api", __name__)

LARGEST_ID = 2**63 - 1  # SQLite takes no larger number


def find(model: type[Any], id: int, status: int = 404) -> Any:
    """The row with this id; the request ends with ``status`` where there is none."""
    row = db.session.get(model, id) if abs(id) <= LARGEST_ID else None
    if row is None:
        abort(status)
    return row


def find_props(names: Collection[str]) -> dict[str, Prop]:
    """The props of these names, by name; those that are new are made."""
    props = {prop.name: prop for prop in db.session.scalars(select(Prop).where(Prop.name.in_(names)))}
    for name in names:
        if name not in props:
            props[name] = Prop(name=name)
            db.session.add(props[name])
    return props


def show_person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "directs": [production.id for production in person.directs],
        "castings": [
            {"production": casting.production_id, "part": casting.part, "fee": casting.fee}
            for casting in person.castings
        ],
    }


def show_name(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name}


def show_scene(scene: Scene) -> dict[str, Any]:
    return {"id": scene.id, "title": scene.title, "props": [prop.name for prop in scene.props]}


def show_casting(casting: Casting) -> dict[str, Any]:
    return {"person": show_name(casting.person), "part": casting.part, "fee": casting.fee}


def show_production(production: Production) -> dict[str, Any]:
    return {
        "id": production.id,
        "title": production.title,
        "season": production.season,
        "director": show_name(production.director) if production.director else None,
        "scenes": [show_scene(scene) for scene in production.scenes],
        "cast": [show_casting(casting) for casting in production.cast],
    }


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/people")
def add_person() -> tuple[dict[str, Any], int]:
    person = Person(name=request.get_json()["name"])
    db.session.add(person)
    db.session.commit()
    return show_person(person), 201


@api.get("/people/<int:id>")
def get_person(id: int) -> dict[str, Any]:
    return show_person(find(Person, id))


@api.delete("/people/<int:id>")
def delete_person(id: int) -> tuple[str, int]:
    db.session.delete(find(Person, id))
    db.session.commit()
    return "", 204


@api.post("/productions")
def add_production() -> tuple[dict[str, Any], int]:
    body = request.get_json()
    director = None if body["director"] is None else find(Person, body["director"], 422)
    props = find_props({name for scene in body["scenes"] for name in scene["props"]})
    scenes = [Scene(title=scene["title"], props=[props[name] for name in scene["props"]]) for scene in body["scenes"]]
    production = Production(title=body["title"], season=body["season"], director=director, scenes=scenes)
    db.session.add(production)
    db.session.commit()
    return show_production(production), 201


@api.get("/productions/<int:id>")
def get_production(id: int) -> dict[str, Any]:
    return show_production(find(Production, id))


@api.delete("/productions/<int:id>")
def delete_production(id: int) -> tuple[str, int]:
    db.session.delete(find(Production, id))
    db.session.commit()
    return "", 204


@api.delete("/seasons/<int(signed=True):season>")
def delete_season(season: int) -> tuple[str, int]:
    for production in db.session.scalars(select(Production).where(Production.season == season)).all():
        db.session.delete(production)
    db.session.commit()
    return "", 204


@api.put("/productions/<int:id>/scenes")
def put_scenes(id: int) -> dict[str, Any]:
    production = find(Production, id)
    scenes = [find(Scene, scene_id, 422) for scene_id in request.get_json()["scenes"]]
    for scene in production.scenes:
        if scene not in scenes:
            db.session.delete(scene)
    for scene in scenes:
        scene.production = production
    db.session.commit()
    return show_production(production)


@api.put("/scenes/<int:id>/props")
def put_props(id: int) -> dict[str, Any]:
    scene = find(Scene, id)
    scene.props = list(find_props(request.get_json()["props"]).values())
    db.session.commit()
    return show_scene(scene)


@api.post("/productions/<int:id>/cast")
def add_casting(id: int) -> tuple[dict[str, Any], int]:
    production = find(Production, id)
    body = request.get_json()
    person = find(Person, body["person"], 422)
    if any(casting.person_id == person.id for casting in production.cast):
        abort(409)
    casting = Casting(production=production, person=person, part=body["part"], fee=body["fee"])
    db.session.add(casting)
    db.session.commit()
    return show_casting(casting), 201


@api.put("/productions/<int:id>/cast")
def put_cast(id: int) -> dict[str, Any]:
    production = find(Production, id)
    rows = request.get_json()["cast"]
    people = [find(Person, row["person"], 422) for row in rows]
    if len(set(people)) < len(people):
        abort(409)
    present = {casting.person_id: casting for casting in production.cast}
    for casting in list(production.cast):
        if casting.person not in people:
            db.session.delete(casting)
    for person, row in zip(people, rows, strict=True):
        casting = present.get(person.id) or Casting(production=production, person=person)
        casting.part = row["part"]
        casting.fee = row["fee"]
        db.session.add(casting)
    db.session.commit()
    return show_production(production)


@api.get("/props")
def get_props() -> dict[str, Any]:
    uses = (
        select(Prop.name, func.count(prop_use.c.scene_id))
        .outerjoin(prop_use, prop_use.c.prop_id == Prop.id)
        .group_by(Prop.id)
        .order_by(Prop.name)
    )
    return {"props": [{"name": name, "scenes": scenes} for name, scenes in db.session.execute(uses)]}


@api.delete("/props/<name>")
def delete_prop(name: str) -> tuple[str, int]:
    prop = db.first_or_404(select(Prop).where(Prop.name == name))
    db.session.delete(prop)
    db.session.commit()
    return "", 204


@api.get("/counts")
def get_counts() -> dict[str, int]:
    tables = {
        "people": Person,
        "productions": Production,
        "scenes": Scene,
        "castings": Casting,
        "props": Prop,
        "prop_uses": prop_use,
    }
    return {name: db.session.scalar(select(func.count()).select_from(table)) for name, table in tables.items()}
