"""What is moved in and out of the silos, and between them. The constraints of the tables say what can't be."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from grain.bodies import body, whole
from grain.models import Silo, db

movements = Blueprint("movements", __name__)

ADD = text("UPDATE silo SET level = level + :tonnes WHERE id = :silo")
NOTE = text(
    "INSERT INTO movement (silo_id, tonnes, level) SELECT id, :tonnes, level FROM silo WHERE id = :silo"
    " RETURNING id, tonnes, level"
)
CLAIM = text("INSERT INTO answer (key, path, asked) VALUES (:key, :path, :asked) ON CONFLICT (key) DO NOTHING")
KEEP = text("UPDATE answer SET answered = :answered WHERE key = :key")
LOOK = text("SELECT path, asked, answered FROM answer WHERE key = :key")
LIST = text("SELECT id, tonnes, level FROM movement WHERE silo_id = :silo ORDER BY id")


def carry_out(*moves: tuple[int, int]) -> list[dict[str, Any]]:
    """Does all moves, pairs of a silo and tonnes, or aborts."""
    done = []
    for silo, tonnes in moves:
        db.get_or_404(Silo, silo)
        values = {"silo": silo, "tonnes": tonnes}
        try:
            db.session.execute(ADD, values)
        except IntegrityError:
            db.session.rollback()
            abort(409, "not enough grain, or not enough room")
        done.append(dict(db.session.execute(NOTE, values).mappings().one()))
    return done


def answer(*names: str, moves: list[tuple[int, int]]) -> Response:
    """The answer to a request that moves something; a key that is known is not carried out again."""
    key = request.headers.get("Idempotency-Key")
    asked = {"key": key, "path": request.path, "asked": jsonify(request.get_json()).get_data(as_text=True)}
    if key and db.session.execute(CLAIM, asked).rowcount == 0:
        known = db.session.execute(LOOK, {"key": key}).one()
        if (known.path, known.asked) != (asked["path"], asked["asked"]):
            abort(422, "another request had this key")
        return Response(known.answered, 201, mimetype="application/json")
    done = carry_out(*moves)
    response = jsonify(dict(zip(names, done, strict=True)) if names else done[0])
    response.status_code = 201
    if key:
        db.session.execute(KEEP, {"key": key, "answered": response.get_data(as_text=True)})
    db.session.commit()
    return response


@movements.get("/silos/<int:silo_id>/movements")
def list_movements(silo_id: int) -> list[dict[str, Any]]:
    """All movements of a silo, the first one first."""
    db.get_or_404(Silo, silo_id)
    return [dict(row) for row in db.session.execute(LIST, {"silo": silo_id}).mappings()]


@movements.post("/silos/<int:silo_id>/intakes")
def take_in(silo_id: int) -> Response:
    """Grain comes into a silo."""
    return answer(moves=[(silo_id, whole(body(), "tonnes"))])


@movements.post("/silos/<int:silo_id>/outtakes")
def take_out(silo_id: int) -> Response:
    """Grain leaves a silo."""
    return answer(moves=[(silo_id, -whole(body(), "tonnes"))])


@movements.post("/transfers")
def transfer() -> Response:
    """Grain is moved from one silo into another."""
    wanted = body()
    source, target, tonnes = whole(wanted, "from"), whole(wanted, "to"), whole(wanted, "tonnes")
    if source == target:
        abort(400, "from and to are the same silo")
    return answer("from", "to", moves=[(source, -tonnes), (target, tonnes)])
