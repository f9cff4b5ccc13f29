"""What is moved in and out of the silos, and between them."""

from typing import Any

from flask import Blueprint, abort
from sqlalchemy import select, update

from grain.bodies import body, whole
from grain.models import Movement, Silo, db
from grain.repeats import Reply, in_one_transaction

movements = Blueprint("movements", __name__)


def move(silo_id: int, tonnes: int) -> dict[str, Any]:
    """Moves tonnes into a silo, or out of it where ``tonnes`` is negative; 409 where that can't be.

    The UPDATE itself decides, for the level of the moment. Whoever calls this in a view commits nothing.
    """
    level = db.session.scalar(
        update(Silo)
        .where(Silo.id == silo_id, (Silo.level + tonnes).between(0, Silo.capacity))
        .values(level=Silo.level + tonnes)
        .returning(Silo.level)
    )
    if level is None:
        db.get_or_404(Silo, silo_id)
        abort(409, "the silo does not hold so much, or has no room for it")
    movement = Movement(silo_id=silo_id, tonnes=tonnes, level=level)
    db.session.add(movement)
    db.session.flush()
    return shown(movement)


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
@in_one_transaction
def take_in(silo_id: int) -> Reply:
    """Grain comes into a silo."""
    tonnes = whole(body(), "tonnes")
    return move(silo_id, tonnes), 201


@movements.post("/silos/<int:silo_id>/outtakes")
@in_one_transaction
def take_out(silo_id: int) -> Reply:
    """Grain leaves a silo."""
    tonnes = whole(body(), "tonnes")
    return move(silo_id, -tonnes), 201


@movements.post("/transfers")
@in_one_transaction
def transfer() -> Reply:
    """Grain is moved from one silo into another."""
    wanted = body()
    source_id, target_id, tonnes = whole(wanted, "from"), whole(wanted, "to"), whole(wanted, "tonnes")
    if source_id == target_id:
        abort(400, "from and to are the same silo")
    return {"from": move(source_id, -tonnes), "to": move(target_id, tonnes)}, 201
