"""Drawing numbers, and calling them."""

import threading

from flask import Blueprint, abort, current_app, url_for

from desk.models import Announcement, Number, db

blueprint = Blueprint("numbers", __name__)

lock = threading.Lock()
last = 0


def load_last() -> None:
    """Goes on where the server was when it ended."""
    global last
    last = db.session.scalar(db.select(db.func.max(Number.number))) or 0


def described(number: int) -> dict[str, object]:
    return {"number": number, "link": url_for("numbers.show", number=number, _external=True)}


@blueprint.post("/numbers")
def draw():
    global last
    with lock:
        last += 1
        number = last
        db.session.add(Number(number=number))
        db.session.commit()
    return described(number), 201


@blueprint.get("/numbers/<int:number>")
def show(number):
    if not 1 <= number <= last:
        abort(404)
    return described(number)


@blueprint.post("/numbers/<int:number>/call")
def call(number):
    current_app.extensions["board"].announce(number)
    return {"number": number}, 202


@blueprint.get("/announcements")
def announcements():
    shown = db.session.scalars(db.select(Announcement.number).order_by(Announcement.id))
    return {"numbers": list(shown)}
