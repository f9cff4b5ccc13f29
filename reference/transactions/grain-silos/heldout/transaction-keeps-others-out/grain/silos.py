"""The silos themselves."""

from typing import Any

from flask import Blueprint, abort

from grain.bodies import body, text, whole
from grain.models import Silo, db
from grain.writing import writing

silos = Blueprint("silos", __name__)


def shown(silo: Silo) -> dict[str, Any]:
    """A silo as answers show it."""
    return {
        "id": silo.id,
        "name": silo.name,
        "capacity": silo.capacity,
        "level": silo.level,
        "version": silo.version,
    }


@silos.post("/silos")
def add_silo() -> tuple[dict[str, Any], int]:
    """Adds an empty silo."""
    wanted = body()
    silo = Silo(name=text(wanted, "name"), capacity=whole(wanted, "capacity"))
    with writing():
        db.session.add(silo)
        db.session.flush()
        return shown(silo), 201


@silos.get("/silos/<int:silo_id>")
def show_silo(silo_id: int) -> dict[str, Any]:
    """One silo."""
    return shown(db.get_or_404(Silo, silo_id))


@silos.put("/silos/<int:silo_id>")
def change_silo(silo_id: int) -> dict[str, Any]:
    """Changes name and capacity, for who has seen the current version."""
    wanted = body()
    name, capacity, version = text(wanted, "name"), whole(wanted, "capacity"), whole(wanted, "version")
    with writing():
        silo = db.get_or_404(Silo, silo_id)
        if silo.version != version:
            abort(409, "somebody else has changed this silo")
        if silo.level > capacity:
            abort(409, "the silo holds more than that")
        silo.name = name
        silo.capacity = capacity
        silo.version = version + 1
        return shown(silo)
