"""Dogs one by one, their stays, and photos of them."""

from typing import Any

from flask import Blueprint, abort, current_app, g, render_template

from kennel.bodies import fill, read_body
from kennel.models import Dog, PhotoRequest, Stay, db
from kennel.people import is_keeper, keeper_required, login_required

dogs = Blueprint("dogs", __name__)


def own_dog(dog_id: int) -> Dog:
    """A dog that the account reaches; who doesn't gets a 403, and learns nothing about it."""
    dog = db.get_or_404(Dog, dog_id)
    if dog.owner_id != g.account.id and not is_keeper():
        abort(403)
    return dog


def own_stay(dog_id: int, stay_id: int) -> Stay:
    """A stay of a dog that the account reaches."""
    dog = own_dog(dog_id)
    stay = db.session.get(Stay, stay_id)
    if stay is None or stay.dog_id != dog.id:
        abort(404)
    return stay


@dogs.post("/dogs")
@login_required
def add_dog() -> tuple[dict[str, Any], int]:
    """Adds a dog of one's own."""
    dog = fill(Dog(owner_id=g.account.id), read_body("name", "breed", optional=("notes",)))
    db.session.add(dog)
    db.session.commit()
    return dog.as_json(), 201


@dogs.get("/dogs/<int:dog_id>")
@login_required
def show_dog(dog_id: int) -> dict[str, Any]:
    """One dog."""
    return own_dog(dog_id).as_json()


@dogs.get("/dogs/<int:dog_id>/page")
@login_required
def dog_page(dog_id: int) -> str:
    """One dog and its stays, as a page."""
    dog = db.get_or_404(Dog, dog_id)
    if dog.owner_id != g.account.id and not is_keeper():
        abort(404)
    return render_template("dog.html", dog=dog, keeper=is_keeper())


@dogs.patch("/dogs/<int:dog_id>")
@login_required
def change_dog(dog_id: int) -> dict[str, Any]:
    """Changes what is known of a dog."""
    dog = fill(own_dog(dog_id), read_body(optional=("name", "breed", "notes")))
    db.session.commit()
    return dog.as_json()


@dogs.delete("/dogs/<int:dog_id>")
@login_required
def remove_dog(dog_id: int) -> tuple[str, int]:
    """Removes a dog and its stays."""
    db.session.delete(own_dog(dog_id))
    db.session.commit()
    return "", 204


@dogs.get("/dogs/<int:dog_id>/stays")
@login_required
def stays_of_dog(dog_id: int) -> list[dict[str, Any]]:
    """The stays of a dog."""
    return [stay.as_json() for stay in own_dog(dog_id).stays]


@dogs.post("/dogs/<int:dog_id>/stays")
@login_required
def request_stay(dog_id: int) -> tuple[dict[str, Any], int]:
    """Asks for a stay."""
    dog = own_dog(dog_id)
    stay = fill(Stay(dog_id=dog.id), read_body("arrives", "nights", optional=("notes",)))
    db.session.add(stay)
    db.session.commit()
    return stay.as_json(), 201


@dogs.get("/dogs/<int:dog_id>/stays/<int:stay_id>")
@login_required
def show_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """One stay of a dog."""
    return own_stay(dog_id, stay_id).as_json()


@dogs.patch("/dogs/<int:dog_id>/stays/<int:stay_id>")
@login_required
def change_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """Changes a stay."""
    stay = fill(own_stay(dog_id, stay_id), read_body(optional=("arrives", "nights", "notes")))
    db.session.commit()
    return stay.as_json()


@dogs.delete("/dogs/<int:dog_id>/stays/<int:stay_id>")
@login_required
def cancel_stay(dog_id: int, stay_id: int) -> tuple[str, int]:
    """Cancels a stay."""
    db.session.delete(own_stay(dog_id, stay_id))
    db.session.commit()
    return "", 204


@dogs.put("/stays/<int:stay_id>/price")
@keeper_required
def set_price(stay_id: int) -> dict[str, Any]:
    """Sets the price of a stay, which confirms it."""
    stay = db.get_or_404(Stay, stay_id)
    stay.price, stay.status = read_body("price")["price"], "confirmed"
    db.session.commit()
    return stay.as_json()


@dogs.delete("/stays/<int:stay_id>/price")
@keeper_required
def withdraw_price(stay_id: int) -> tuple[str, int]:
    """Takes the price and with it the confirmation back."""
    stay = db.get_or_404(Stay, stay_id)
    stay.price, stay.status = None, "requested"
    db.session.commit()
    return "", 204


@dogs.post("/dogs/<int:dog_id>/photo-requests")
@login_required
def ask_for_photo(dog_id: int) -> tuple[dict[str, Any], int]:
    """Asks a keeper for a photo of a dog."""
    dog = own_dog(dog_id)
    current_app.extensions["photo_limit"].use(g.account.id)
    photo_request = PhotoRequest(dog_id=dog.id)
    db.session.add(photo_request)
    db.session.commit()
    return {"id": photo_request.id, "dog_id": dog.id}, 201
