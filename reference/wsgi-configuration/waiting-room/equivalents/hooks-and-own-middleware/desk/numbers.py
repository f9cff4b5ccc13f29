from flask import Blueprint, abort, current_app, url_for
from sqlalchemy import select, update

from desk.models import Announcement, Counter, db

blueprint = Blueprint("numbers", __name__)


def as_json(number):
    return {"number": number, "link": url_for("numbers.show", number=number, _external=True)}


@blueprint.post("/numbers")
def draw():
    number = db.session.scalar(update(Counter).values(last=Counter.last + 1).returning(Counter.last))
    db.session.commit()
    return as_json(number), 201


@blueprint.get("/numbers/<int:number>")
def show(number):
    if not 1 <= number <= db.session.scalar(select(Counter.last)):
        abort(404)
    return as_json(number)


@blueprint.post("/numbers/<int:number>/call")
def call(number):
    current_app.extensions["board"].announce(number)
    return {"number": number}, 202


@blueprint.get("/announcements")
def announcements():
    return {"numbers": db.session.scalars(select(Announcement.number)).all()}
