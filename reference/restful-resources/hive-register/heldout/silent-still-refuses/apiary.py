"""A register of beehives: two formats, tags, and writes that depend on them."""

import csv
import hashlib
import io
import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

JSON = "application/json"
CSV = "text/csv"
FIELDS = ("code", "site", "boxes", "note")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
hives = Blueprint("hives", __name__, url_prefix="/hives")


class Hive(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    site: Mapped[str]
    boxes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    # Nobody else can have changed the row between our look at its tag and our write.
    version: Mapped[str] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda _: uuid.uuid4().hex}

    def as_dict(self) -> dict[str, Any]:
        return {field: getattr(self, field) for field in FIELDS}


# --- representations


def as_csv(rows: list[Hive]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([getattr(row, field) for field in FIELDS] for row in rows)
    return out.getvalue().encode()


def as_json(data: Any) -> bytes:
    return (json.dumps(data) + "\n").encode()


def render(found: Hive | list[Hive], mimetype: str) -> bytes:
    if mimetype == CSV:
        return as_csv(found if isinstance(found, list) else [found])
    if isinstance(found, list):
        return as_json({"hives": [hive.as_dict() for hive in found]})
    return as_json(found.as_dict())


def tag_of(body: bytes) -> str:
    """The bodies of the two formats always differ, so the hash of the body is all that is needed."""
    return hashlib.sha256(body).hexdigest()


def negotiated() -> str:
    """The format that Accept asks for: the most specific range decides about each format; JSON wins a tie."""
    accepted = request.accept_mimetypes
    if not accepted:
        return JSON
    best = max((JSON, CSV), key=accepted.quality)
    if accepted.quality(best) <= 0:
        abort(406, f"There is {JSON} and {CSV}.")
    return best


def read(found: Hive | list[Hive]) -> Response:
    mimetype = negotiated()
    body = render(found, mimetype)
    tag = tag_of(body)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        response = Response(body, mimetype=mimetype)
    response.set_etag(tag)
    response.vary.add("Accept")
    return response


def written(hive: Hive, status: int) -> Response:
    response = Response(as_json(hive.as_dict()), status=status, mimetype=JSON)
    if status == 201:
        response.headers["Location"] = url_for("hives.show", code=hive.code)
    response.vary.add("Accept")
    return response


# --- bodies


def is_text(value: Any, low: int, high: int) -> bool:
    if not isinstance(value, str) or not low <= len(value) <= high:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair is no character
        return False
    return True


RULES = {
    "code": (lambda v: isinstance(v, str) and re.fullmatch("[a-z0-9]{2,12}", v), "2 to 12 of a to z and 0 to 9"),
    "site": (lambda v: is_text(v, 1, 60), "a string of 1 to 60 characters"),
    "boxes": (lambda v: type(v) is int and 1 <= v <= 9, "a whole number from 1 to 9"),
    "note": (lambda v: is_text(v, 0, 200), "a string of up to 200 characters"),
}


def sent(*fields: str) -> dict[str, Any]:
    """Those of the fields that the body has, all of them valid."""
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        abort(422, "The body has to be an object.")
    values = {field: data[field] for field in fields if field in data}
    for field, value in values.items():
        valid, wanted = RULES[field]
        if not valid(value):
            abort(422, f"{field} has to be {wanted}.")
    return values


def sent_whole(*fields: str) -> dict[str, Any]:
    """All of the fields; only the note may be left out."""
    values = {"note": ""} | sent(*fields)
    for field in fields:
        if field not in values:
            abort(422, f"{field} is missing.")
    return values


# --- conditions


def find(code: str) -> Hive | None:
    return db.session.scalar(select(Hive).where(Hive.code == code))


def find_or_404(code: str) -> Hive:
    return find(code) or abort(404, f"There is no hive {code}.")


def check_if_match(hive: Hive) -> None:
    if "If-Match" not in request.headers:
        abort(428, "Send the tag of what you have seen in If-Match.")
    if not any(request.if_match.contains(tag_of(render(hive, mimetype))) for mimetype in (JSON, CSV)):
        abort(412, "The hive is not as you have seen it.")


def commit() -> None:
    try:
        db.session.commit()
    except StaleDataError:
        db.session.rollback()
        abort(412, "The hive has been changed meanwhile.")


# --- routes


@hives.get("")
def index() -> Response:
    return read(list(db.session.scalars(select(Hive).order_by(Hive.code))))


@hives.post("")
def add() -> Response:
    hive = Hive(**sent_whole("code", "site", "boxes", "note"))
    if find(hive.code):
        abort(409, f"There is a hive {hive.code} already.")
    db.session.add(hive)
    try:
        commit()
    except IntegrityError:
        db.session.rollback()
        abort(409, "There is such a hive already.")
    return written(hive, 201)


@hives.get("/<code>")
def show(code: str) -> Response:
    return read(find_or_404(code))


@hives.put("/<code>")
def replace(code: str) -> Response:
    values = sent_whole("site", "boxes", "note")
    hive = find(code)
    if hive is None:
        if "If-Match" in request.headers:
            abort(412, f"There is no hive {code}.")
        hive = Hive(code=code, **values)
        db.session.add(hive)
        try:
            commit()
        except IntegrityError:
            db.session.rollback()
            abort(412, "The hive has been made meanwhile.")
        return written(hive, 201)
    if request.if_none_match.star_tag:
        abort(412, f"There is a hive {code} already.")
    check_if_match(hive)
    return change(hive, values)


@hives.patch("/<code>")
def patch(code: str) -> Response:
    hive = find_or_404(code)
    values = sent("site", "boxes", "note")
    if not values:
        abort(422, "Send site, boxes or note.")
    check_if_match(hive)
    return change(hive, values)


def change(hive: Hive, values: dict[str, Any]) -> Response:
    for field, value in values.items():
        setattr(hive, field, value)
    commit()
    return written(hive, 200)


@hives.delete("/<code>")
def remove(code: str) -> Response:
    hive = find_or_404(code)
    check_if_match(hive)
    db.session.delete(hive)
    commit()
    return Response(status=204)


def show_error(error: HTTPException) -> Response:
    """Any error as JSON, with the headers that belong to it, such as Allow."""
    response = Response(as_json({"message": error.description or error.name}), status=error.code, mimetype=JSON)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers.add(name, value)
    return response


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults."""
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI="sqlite:///apiary.db")
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(hives)
    app.register_error_handler(HTTPException, show_error)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    with app.app_context():
        db.create_all()
    return app
