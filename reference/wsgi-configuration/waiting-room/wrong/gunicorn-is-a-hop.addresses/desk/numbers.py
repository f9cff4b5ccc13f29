"""Drawing numbers, and calling them."""

from flask import Blueprint, current_app, url_for

from desk.models import Announcement, Number, db

blueprint = Blueprint("numbers", __name__)


def described(number: int) -> dict[str, object]:
    return {"number": number, "link": url_for("numbers.show", number=number, _external=True)}


@blueprint.post("/numbers")
def draw():
    drawn = Number()
    db.session.add(drawn)
    db.session.commit()
    return described(drawn.id), 201


@blueprint.get("/numbers/<int:number>")
def show(number):
    return described(db.get_or_404(Number, number).id)


@blueprint.post("/numbers/<int:number>/call")
def call(number):
    current_app.extensions["board"].announce(number)
    return {"number": number}, 202


@blueprint.get("/announcements")
def announcements():
    shown = db.session.scalars(db.select(Announcement.number).order_by(Announcement.id))
    return {"numbers": list(shown)}
