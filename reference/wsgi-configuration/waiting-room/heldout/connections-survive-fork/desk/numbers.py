"""Drawing numbers, and calling them."""

from flask import Blueprint, abort, url_for

from desk import board
from desk.models import Number, db

blueprint = Blueprint("numbers", __name__)


def described(number: int) -> dict[str, object]:
    return {"number": number, "link": url_for("numbers.show", number=number, _external=True)}


@blueprint.post("/numbers")
def draw():
    drawn = Number()  # the database gives it the highest id plus one; a rollback leaves no gap
    db.session.add(drawn)
    db.session.flush()
    number = drawn.id
    db.session.commit()
    return described(number), 201


@blueprint.get("/numbers/<int:number>")
def show(number):
    last = db.session.scalar(db.select(db.func.max(Number.id))) or 0
    if not 1 <= number <= last:
        abort(404)
    return described(number)


@blueprint.post("/numbers/<int:number>/call")
def call(number):
    board.announce(number)
    return {"number": number}, 202


@blueprint.get("/announcements")
def announcements():
    return {"numbers": board.shown()}
