"""Dogs one by one, their stays, and photos of them."""

from typing import Any

from flask import Blueprint, abort, current_app, g, render_template

from kennel.bodies import DogBody, PriceBody, StayBody, load
from kennel.limits import limiter
from kennel.models import Dog, PhotoRequest, Stay, db
from kennel.people import is_keeper, keeper_required, login_required

dogs = Blueprint("dogs", __name__)


def own_dog(dog_id: int) -> Dog:
    """A dog that the account has to do with."""
    dog = db.session.get(Dog, dog_id)
    if dog is None or not (is_keeper() or dog.owner_id == g.account.id):
        abort(404, description=f"There is no dog {dog_id}.")
    return dog


def own_stay(dog_id: int, stay_id: int) -> Stay:
    """A stay of such a dog."""
    for stay in own_dog(dog_id).stays:
        if stay.id == stay_id:
            return stay
    abort(404)


def update(row: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Saves what a schema let through; gives the row as the API shows it."""
    for field, value in data.items():
        setattr(row, field, value)
    db.session.add(row)
    db.session.commit()
    return row.as_json()


@dogs.post("/dogs")
@login_required
def add_dog() -> tuple[dict[str, Any], int]:
    """Adds a dog of one's own."""
    return update(Dog(owner_id=g.account.id), load(DogBody)), 201


@dogs.get("/dogs/<int:dog_id>")
@login_required
def show_dog(dog_id: int) -> dict[str, Any]:
    """One dog."""
    return own_dog(dog_id).as_json()


@dogs.get("/dogs/<int:dog_id>/page")
@login_required
def dog_page(dog_id: int) -> str:
    """One dog and its stays, as a page."""
    return render_template("dog.html", dog=own_dog(dog_id), keeper=is_keeper())


@dogs.patch("/dogs/<int:dog_id>")
@login_required
def change_dog(dog_id: int) -> dict[str, Any]:
    """Changes what is known of a dog."""
    data = load(DogBody, partial=True)
    return update(own_dog(dog_id), data)


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
    data = load(StayBody)
    return update(Stay(dog=own_dog(dog_id)), data), 201


@dogs.get("/dogs/<int:dog_id>/stays/<int:stay_id>")
@login_required
def show_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """One stay of a dog."""
    return own_stay(dog_id, stay_id).as_json()


@dogs.patch("/dogs/<int:dog_id>/stays/<int:stay_id>")
@login_required
def change_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """Changes a stay."""
    data = load(StayBody, partial=True)
    return update(own_stay(dog_id, stay_id), data)


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
    return update(stay, load(PriceBody) | {"status": "confirmed"})


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
@limiter.limit(
    lambda: f"{current_app.config['PHOTOS_PER_HOUR']}/hour", deduct_when=lambda answer: answer.status_code == 201
)
def ask_for_photo(dog_id: int) -> tuple[dict[str, Any], int]:
    """Asks a keeper for a photo of a dog."""
    dog = own_dog(dog_id)
    photo_request = PhotoRequest(dog_id=dog.id)
    db.session.add(photo_request)
    db.session.commit()
    return {"id": photo_request.id, "dog_id": dog.id}, 201
