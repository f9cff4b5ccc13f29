"""Dogs one by one, their stays, and photos of them."""

from typing import Any

from flask import Blueprint, current_app, g, render_template
from sqlalchemy import select

from kennel.bodies import fill, read_body
from kennel.limits import limiter
from kennel.models import Dog, PhotoRequest, Stay, db
from kennel.people import is_keeper, keeper_required, within_reach

dogs = Blueprint("dogs", __name__)


DOG = {"name": str, "breed": str}
STAY = {"arrives": str, "nights": int}
NOTES = {"notes": str}


def find_dog(dog_id: int) -> Dog:
    """A dog that the account has to do with; one of somebody else is as good as none."""
    return db.first_or_404(select(Dog).where(Dog.id == dog_id, within_reach()))


def find_stay(dog_id: int, stay_id: int) -> Stay:
    """A stay of such a dog, and of that one only."""
    dog = find_dog(dog_id)
    return db.first_or_404(select(Stay).where(Stay.id == stay_id, Stay.dog_id == dog.id))


@dogs.post("/dogs")
def add_dog() -> tuple[dict[str, Any], int]:
    """Adds a dog of one's own."""
    dog = fill(Dog(owner_id=g.account.id), read_body(DOG, NOTES))
    db.session.add(dog)
    db.session.commit()
    return dog.as_json(), 201


@dogs.get("/dogs/<int:dog_id>")
def show_dog(dog_id: int) -> dict[str, Any]:
    """One dog."""
    return find_dog(dog_id).as_json()


@dogs.get("/dogs/<int:dog_id>/page")
def dog_page(dog_id: int) -> str:
    """One dog and its stays, as a page."""
    return render_template("dog.html", dog=find_dog(dog_id), keeper=is_keeper())


@dogs.patch("/dogs/<int:dog_id>")
def change_dog(dog_id: int) -> dict[str, Any]:
    """Changes what is known of a dog."""
    dog = find_dog(dog_id)
    fill(dog, read_body({}, DOG | NOTES))
    db.session.commit()
    return dog.as_json()


@dogs.delete("/dogs/<int:dog_id>")
def remove_dog(dog_id: int) -> tuple[str, int]:
    """Removes a dog and its stays."""
    db.session.delete(find_dog(dog_id))
    db.session.commit()
    return "", 204


@dogs.get("/dogs/<int:dog_id>/stays")
def stays_of_dog(dog_id: int) -> list[dict[str, Any]]:
    """The stays of a dog."""
    return [stay.as_json() for stay in find_dog(dog_id).stays]


@dogs.post("/dogs/<int:dog_id>/stays")
def request_stay(dog_id: int) -> tuple[dict[str, Any], int]:
    """Asks for a stay."""
    dog = find_dog(dog_id)
    stay = fill(Stay(dog_id=dog.id), read_body(STAY, NOTES))
    db.session.add(stay)
    db.session.commit()
    return stay.as_json(), 201


@dogs.get("/dogs/<int:dog_id>/stays/<int:stay_id>")
def show_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """One stay of a dog."""
    return find_stay(dog_id, stay_id).as_json()


@dogs.patch("/dogs/<int:dog_id>/stays/<int:stay_id>")
def change_stay(dog_id: int, stay_id: int) -> dict[str, Any]:
    """Changes a stay."""
    stay = find_stay(dog_id, stay_id)
    fill(stay, read_body({}, STAY | NOTES))
    db.session.commit()
    return stay.as_json()


@dogs.delete("/dogs/<int:dog_id>/stays/<int:stay_id>")
def cancel_stay(dog_id: int, stay_id: int) -> tuple[str, int]:
    """Cancels a stay."""
    db.session.delete(find_stay(dog_id, stay_id))
    db.session.commit()
    return "", 204


@dogs.put("/stays/<int:stay_id>/price")
@keeper_required
def set_price(stay_id: int) -> dict[str, Any]:
    """Sets the price of a stay, which confirms it."""
    stay = db.get_or_404(Stay, stay_id)
    stay.price, stay.status = read_body({"price": int})["price"], "confirmed"
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
@limiter.limit(lambda: f"{current_app.config['PHOTOS_PER_HOUR']} per hour")
def ask_for_photo(dog_id: int) -> tuple[dict[str, Any], int]:
    """Asks a keeper for a photo of a dog."""
    dog = find_dog(dog_id)
    photo_request = PhotoRequest(dog_id=dog.id)
    db.session.add(photo_request)
    db.session.commit()
    return {"id": photo_request.id, "dog_id": dog.id}, 201
