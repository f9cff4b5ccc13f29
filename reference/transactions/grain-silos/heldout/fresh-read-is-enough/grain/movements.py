"""What is moved in and out of the silos, and between them."""

from typing import Any

from flask import Blueprint, abort
from sqlalchemy import select

from grain.bodies import body, whole
from grain.models import Movement, Silo, db
from grain.repeats import Reply, once_per_key

movements = Blueprint("movements", __name__)


def move(silo: Silo, tonnes: int) -> Movement:
    """Moves tonnes into a silo, or out of it where ``tonnes`` is negative; 409 where that can't be.

    It is the caller's to commit.
    """
    db.session.refresh(silo)  # what it holds right now
    level = silo.level + tonnes
    if level < 0:
        abort(409, "the silo does not hold so much")
    if level > silo.capacity:
        abort(409, "the silo has no room for so much")
    silo.level = level
    movement = Movement(silo_id=silo.id, tonnes=tonnes, level=level)
    db.session.add(movement)
    db.session.flush()
    return movement


def shown(movement: Movement) -> dict[str, Any]:
    """A movement as answers show it."""
    return {"id": movement.id, "tonnes": movement.tonnes, "level": movement.level}


@movements.get("/silos/<int:silo_id>/movements")
def list_movements(silo_id: int) -> list[dict[str, Any]]:
    """All movements of a silo, the first one first."""
    db.get_or_404(Silo, silo_id)
    found = db.session.scalars(select(Movement).where(Movement.silo_id == silo_id).order_by(Movement.id))
    return [shown(movement) for movement in found]


@movements.post("/silos/<int:silo_id>/intakes")
@once_per_key
def take_in(silo_id: int) -> Reply:
    """Grain comes into a silo."""
    tonnes = whole(body(), "tonnes")
    return shown(move(db.get_or_404(Silo, silo_id), tonnes)), 201


@movements.post("/silos/<int:silo_id>/outtakes")
@once_per_key
def take_out(silo_id: int) -> Reply:
    """Grain leaves a silo."""
    tonnes = whole(body(), "tonnes")
    return shown(move(db.get_or_404(Silo, silo_id), -tonnes)), 201


@movements.post("/transfers")
@once_per_key
def transfer() -> Reply:
    """Grain is moved from one silo into another."""
    wanted = body()
    source_id, target_id, tonnes = whole(wanted, "from"), whole(wanted, "to"), whole(wanted, "tonnes")
    if source_id == target_id:
        abort(400, "from and to are the same silo")
    source, target = db.get_or_404(Silo, source_id), db.get_or_404(Silo, target_id)
    left, came = move(source, -tonnes), move(target, tonnes)
    return {"from": shown(left), "to": shown(came)}, 201
