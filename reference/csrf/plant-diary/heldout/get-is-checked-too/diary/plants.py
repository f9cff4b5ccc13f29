"""The diary itself: its page, and the JSON routes that the page's script uses."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary.members import current_member
from diary.models import Plant, db

plants = Blueprint("plants", __name__)


def own_plant(plant_id: int) -> Plant:
    """A plant of the member who is logged in; 404 for any other."""
    member = current_member()
    plant = db.session.get(Plant, plant_id)
    if plant is None or plant.member_id != member.id:
        abort(404)
    return plant


def as_json(plant: Plant) -> dict[str, Any]:
    """What the JSON routes say of a plant."""
    return {"id": plant.id, "name": plant.name, "watered": plant.watered}


@plants.get("/")
def show() -> ResponseReturnValue:
    """The page of the diary."""
    return render_template("diary.html", member=current_member())


@plants.post("/plants")
def add() -> ResponseReturnValue:
    """Adds a plant."""
    db.session.add(Plant(member_id=current_member().id, name=request.form["name"]))
    db.session.commit()
    return redirect(url_for("plants.show"))


@plants.route("/plants/<int:plant_id>/delete", methods=["GET", "POST"])
def delete(plant_id: int) -> ResponseReturnValue:
    """Deletes a plant."""
    db.session.delete(own_plant(plant_id))
    db.session.commit()
    return redirect(url_for("plants.show"))


@plants.get("/api/diary")
def read_diary() -> ResponseReturnValue:
    """The whole diary of the member who is logged in."""
    member = current_member()
    return {"member": member.name, "email": member.email, "plants": [as_json(plant) for plant in member.plants]}


@plants.post("/api/plants/<int:plant_id>/watered")
def set_watered(plant_id: int) -> ResponseReturnValue:
    """Notes whether a plant has had its water."""
    plant = own_plant(plant_id)
    plant.watered = bool(request.get_json(force=True)["watered"])
    db.session.commit()
    return as_json(plant)
