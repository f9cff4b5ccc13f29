"""The register with plain functions. A tag is the name of a stored version, with the format behind it."""

import hashlib
from typing import Annotated, Any
from uuid import uuid4

from flask import Flask, Response, jsonify, make_response, request, url_for
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
Code = Annotated[str, Field(pattern=r"^[a-z0-9]{2,12}$")]
Site = Annotated[str, Field(min_length=1, max_length=60)]
Boxes = Annotated[int, Field(ge=1, le=9)]
Note = Annotated[str, Field(max_length=200)]


class Content(BaseModel):
    model_config = ConfigDict(strict=True)
    site: Site
    boxes: Boxes
    note: Note = ""


class Whole(Content):
    code: Code


class Part(BaseModel):
    model_config = ConfigDict(strict=True)
    site: Site = ""
    boxes: Boxes = 0
    note: Note = ""


class Hive(db.Model):
    code: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    boxes: Mapped[int]
    note: Mapped[str]
    version: Mapped[str] = mapped_column(default=lambda: uuid4().hex)

    def take(self, values: dict[str, Any]) -> None:
        """A new version, but only if a value is another one."""
        if any(getattr(self, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(self, name, value)
            self.version = uuid4().hex
            db.session.commit()

    def shown(self) -> dict[str, Any]:
        return {"code": self.code, "site": self.site, "boxes": self.boxes, "note": self.note}


def refuse(status: int, message: str) -> Response:
    return make_response(jsonify(message=message), status)


def quoted(value: object) -> str:
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def answer(shown: dict[str, Any], version: str) -> Response:
    """Looks at the qualities of both formats itself; without the header all are welcome."""
    accept = request.accept_mimetypes
    as_json, as_csv = (accept["application/json"], accept["text/csv"]) if accept else (1, 0)
    if not as_json and not as_csv:
        return refuse(406, "JSON or CSV")
    if as_json >= as_csv:
        kind, response = "json", jsonify(shown)
    else:
        lines = ["code,site,boxes,note"]
        lines += [",".join(quoted(value) for value in hive.values()) for hive in shown.get("hives", [shown])]
        kind, response = "csv", Response("\r\n".join(lines) + "\r\n", content_type="text/csv; charset=utf-8")
    response.headers["Vary"] = "Accept"
    response.headers["ETag"] = tag = f'"{version}.{kind}"'
    known = [name.strip().removeprefix("W/") for name in request.headers.get("If-None-Match", "").split(",")]
    if tag in known:
        response = Response(status=304, headers={"ETag": tag, "Vary": "Accept"})
    return response


def obstacle(hive: Hive) -> Response | None:
    """What stands against writing: no condition, or one that does not fit."""
    condition = request.headers.get("If-Match")
    if condition is None:
        return refuse(428, "If-Match, please")
    present = {"*", f'"{hive.version}.json"', f'"{hive.version}.csv"'}
    if present.isdisjoint(name.strip() for name in condition.split(",")):
        return refuse(412, "It is not what you saw")
    return None


def read(model: type[BaseModel]) -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    sent = request.get_json()
    return model.model_validate(sent).model_dump(exclude_unset=model is Part)


def made(hive: Hive) -> Response:
    db.session.add(hive)
    db.session.commit()
    response = make_response(hive.shown(), 201)
    response.headers["Location"] = url_for("show", code=hive.code, _external=True)
    return response


def create_app(config: dict[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.update({"SQLALCHEMY_DATABASE_URI": "sqlite:///apiary.db", **(config or {})})
    db.init_app(app)

    @app.route("/health")
    def health():
        return jsonify(status="ok")

    @app.route("/hives")
    def listing():
        hives = db.session.scalars(select(Hive).order_by(Hive.code)).all()
        versions = "".join(f"{hive.code}{hive.version}" for hive in hives)
        return answer({"hives": [hive.shown() for hive in hives]}, hashlib.md5(versions.encode()).hexdigest())

    @app.route("/hives", methods=["POST"])
    def add():
        values = read(Whole)
        if db.session.get(Hive, values["code"]) is not None:
            return refuse(409, "That code is taken")
        return made(Hive(**values))

    @app.route("/hives/<code>")
    def show(code):
        hive = db.get_or_404(Hive, code)
        return answer(hive.shown(), hive.version)

    @app.route("/hives/<code>", methods=["PUT"])
    def store(code):
        hive = db.session.get(Hive, code)
        if hive is None:
            if request.headers.get("If-Match"):
                return refuse(412, "There is nothing to match")
            return made(Hive(code=code, **read(Content)))
        if request.headers.get("If-None-Match") == "*":
            return refuse(412, "It is there")
        if refusal := obstacle(hive):
            return refusal
        hive.take(read(Content))
        return hive.shown()

    @app.route("/hives/<code>", methods=["PATCH"])
    def adjust(code):
        hive = db.get_or_404(Hive, code)
        if refusal := obstacle(hive):
            return refusal
        hive.take(read(Part))
        return hive.shown()

    @app.route("/hives/<code>", methods=["DELETE"])
    def remove(code):
        hive = db.get_or_404(Hive, code)
        if refusal := obstacle(hive):
            return refusal
        db.session.delete(hive)
        db.session.commit()
        return Response(status=204)

    @app.errorhandler(ValidationError)
    def invalid(error):
        return refuse(422, str(error))

    @app.errorhandler(404)
    @app.errorhandler(BadRequest)
    @app.errorhandler(UnsupportedMediaType)
    def failed(error: HTTPException):
        return refuse(error.code or 500, error.name)

    @app.errorhandler(405)
    def wrong_method(error):
        response = refuse(405, "Not with this method")
        response.headers["Allow"] = ", ".join(error.valid_methods)
        return response

    with app.app_context():
        db.create_all()
    return app
