"""A boarding kennel. Every route names who may use it; a route that names nobody is a mistake in the code."""

import csv
import io
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request, session
from sqlalchemy import ColumnElement, func, insert, or_, select, true
from werkzeug.security import check_password_hash, generate_password_hash

from kennel.cors import OtherOrigins
from kennel.models import Account, Dog, Hour, PhotoRequest, Stay, db

ROUTES: list[tuple[str, str, str, Callable[..., Any]]] = []


def route(who: str, *rules: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds a view for ``anyone``, ``people`` or ``keepers`` under ``"METHOD /path"``."""

    def add(view: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(**values: Any) -> Any:
            number = session.get("number")
            g.who = db.session.get(Account, number) if number else None
            if who != "anyone" and not g.who:
                abort(401)
            if who == "keepers" and g.who.role != "keeper":
                abort(403)
            return view(**values)

        for rule in rules:
            method, path = rule.split()
            ROUTES.append((method, path, rule, guarded))
        return view

    return add


def sent(**kinds: type) -> dict[str, Any]:
    """Fields of the body; those whose names end with an underscore can be left out."""
    body = request.get_json(silent=True, force=True)
    if type(body) is not dict:
        abort(422)
    found = {}
    for field, kind in kinds.items():
        name = field.removesuffix("_")
        if name not in body and field.endswith("_"):
            continue
        if type(body.get(name)) is not kind:
            abort(422)
        found[name] = body[name]
    return found


def reached() -> ColumnElement[bool]:
    return true() if g.who.role == "keeper" else Dog.owner_id == g.who.id


def the_dog(dog: int) -> Dog:
    return db.session.scalar(select(Dog).where(Dog.id == dog).where(reached())) or abort(404)


def the_stay(dog: int, stay: int) -> Stay:
    query = select(Stay).join(Dog).where(Stay.id == stay, Dog.id == dog).where(reached())
    return db.session.scalar(query) or abort(404)


def saved(row: Any, **values: Any) -> dict[str, Any]:
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.commit()
    return row.as_json()


def gone(row: Any) -> tuple[str, int]:
    db.session.delete(row)
    db.session.commit()
    return "", 204


def as_list(query: Any) -> list[dict[str, Any]]:
    return [row.as_json() for row in db.session.scalars(query)]


@route("anyone", "GET /health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@route("anyone", "POST /register")
def register() -> tuple[dict[str, Any], int]:
    body = sent(email=str, name=str, password=str)
    if db.session.query(Account).filter_by(email=body["email"]).count():
        abort(409)
    password_hash = generate_password_hash(body.pop("password"), current_app.config["PASSWORD_HASH_METHOD"])
    role = "customer" if db.session.query(Account).count() else "keeper"
    return saved(Account(role=role, password_hash=password_hash), **body), 201


@route("anyone", "POST /login")
def login() -> dict[str, Any]:
    body = sent(email=str, password=str)
    account = db.session.query(Account).filter_by(email=body["email"]).first()
    if not account or not check_password_hash(account.password_hash, body["password"]):
        abort(401)
    session["number"] = account.id
    return account.as_json()


@route("anyone", "POST /logout")
def logout() -> tuple[str, int]:
    session.pop("number", None)
    return "", 204


@route("people", "GET /me")
def me() -> dict[str, Any]:
    return g.who.as_json()


@route("people", "PATCH /me")
def change_me() -> dict[str, Any]:
    return saved(g.who, **sent(name_=str))


@route("people", "GET /dogs")
def dogs() -> list[dict[str, Any]]:
    query = select(Dog).where(reached()).order_by(Dog.name, Dog.id)
    owner = request.args.get("owner_id")
    return as_list(query.where(Dog.owner_id == int(owner)) if owner else query)


@route("people", "POST /dogs")
def new_dog() -> tuple[dict[str, Any], int]:
    return saved(Dog(owner_id=g.who.id), **sent(name=str, breed=str, notes_=str)), 201


@route("people", "GET /dogs/<int:dog>")
def one_dog(dog: int) -> dict[str, Any]:
    return the_dog(dog).as_json()


@route("people", "GET /dogs/<int:dog>/page")
def page(dog: int) -> str:
    return render_template("dog.html", dog=the_dog(dog), keeper=g.who.role == "keeper")


@route("people", "PATCH /dogs/<int:dog>")
def change_dog(dog: int) -> dict[str, Any]:
    return saved(the_dog(dog), **sent(name_=str, breed_=str, notes_=str))


@route("people", "DELETE /dogs/<int:dog>")
def remove_dog(dog: int) -> tuple[str, int]:
    return gone(the_dog(dog))


@route("people", "GET /dogs/<int:dog>/stays")
def stays_of_dog(dog: int) -> list[dict[str, Any]]:
    return [stay.as_json() for stay in the_dog(dog).stays]


@route("people", "POST /dogs/<int:dog>/stays")
def new_stay(dog: int) -> tuple[dict[str, Any], int]:
    return saved(Stay(dog_id=the_dog(dog).id), **sent(arrives=str, nights=int, notes_=str)), 201


@route("people", "GET /dogs/<int:dog>/stays/<int:stay>")
def one_stay(dog: int, stay: int) -> dict[str, Any]:
    return the_stay(dog, stay).as_json()


@route("people", "PATCH /dogs/<int:dog>/stays/<int:stay>")
def change_stay(dog: int, stay: int) -> dict[str, Any]:
    return saved(the_stay(dog, stay), **sent(arrives_=str, nights_=int, notes_=str))


@route("people", "DELETE /dogs/<int:dog>/stays/<int:stay>")
def cancel(dog: int, stay: int) -> tuple[str, int]:
    return gone(the_stay(dog, stay))


@route("people", "POST /dogs/<int:dog>/photo-requests")
def photo(dog: int) -> Any:
    now, hour = time.time(), db.session.get(Hour, g.who.id)
    found = the_dog(dog)
    if hour is None or now >= hour.began + 3600:
        hour = db.session.merge(Hour(account_id=g.who.id, began=now, asked=0))
    if hour.asked >= current_app.config["PHOTOS_PER_HOUR"]:
        refusal = make_response({"error": "Later, please."}, 429)
        refusal.headers["Retry-After"] = str(max(1, math.ceil(hour.began + 3600 - now)))
        return refusal
    hour.asked += 1
    added = db.session.execute(insert(PhotoRequest).values(dog_id=found.id, account_id=g.who.id))
    db.session.commit()
    return {"id": added.inserted_primary_key[0], "dog_id": found.id}, 201


@route("people", "GET /stays")
def stays() -> list[dict[str, Any]]:
    wanted = {"status": request.args["status"]} if request.args.get("status") else {}
    return as_list(select(Stay).filter_by(**wanted).join(Dog).where(reached()).order_by(Stay.arrives, Stay.id))


@route("people", "GET /stays.csv")
def table() -> Response:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["dog", "arrives", "nights", "price"])
    for stay in db.session.scalars(select(Stay).join(Dog).where(reached()).order_by(Stay.arrives, Stay.id)):
        writer.writerow([stay.dog.name, stay.arrives, stay.nights, stay.price])
    return Response(buffer.getvalue(), mimetype="text/csv")


@route("people", "GET /search")
def search() -> dict[str, Any]:
    text = request.args.get("q", "")
    found = select(Dog).where(reached()).where(or_(Dog.name.contains(text), Dog.notes.contains(text)))
    total = db.session.scalar(select(func.count()).select_from(found.subquery()))
    return {"total": total, "dogs": as_list(found.order_by(Dog.name, Dog.id).limit(10))}


@route("keepers", "PUT /stays/<int:stay>/price")
def confirm(stay: int) -> dict[str, Any]:
    return saved(db.get_or_404(Stay, stay), status="confirmed", **sent(price=int))


@route("keepers", "DELETE /stays/<int:stay>/price")
def withdraw(stay: int) -> tuple[str, int]:
    saved(db.get_or_404(Stay, stay), status="requested", price=None)
    return "", 204


@route("keepers", "GET /arrivals", "GET /office/arrivals")
def arrivals() -> list[dict[str, Any]]:
    return as_list(select(Stay).filter_by(arrives=request.args.get("day")).order_by(Stay.id))


@route("keepers", "GET /office/accounts")
def accounts() -> list[dict[str, Any]]:
    return as_list(select(Account).order_by(Account.id))


@route("keepers", "PATCH /office/accounts/<int:account>")
def change_role(account: int) -> dict[str, Any]:
    found = db.get_or_404(Account, account)
    body = sent(role=str)
    return saved(found, **body) if body["role"] in {"customer", "keeper"} else abort(422)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI="sqlite:///kennel.db", PASSWORD_HASH_METHOD="scrypt", PHOTOS_PER_HOUR=5)
    app.config.update(config or {})
    db.init_app(app)
    for method, path, name, view in ROUTES:
        app.add_url_rule(path, name.replace(".", "-"), view, methods=[method])
    app.wsgi_app = OtherOrigins(app.wsgi_app, app.config.get("FRONTEND_ORIGINS", ()))  # type: ignore[method-assign]
    with app.app_context():
        db.create_all()
    return app
