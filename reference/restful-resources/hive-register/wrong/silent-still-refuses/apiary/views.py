"""The resources."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.views import MethodView
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from .bodies import sent_fields, whole_hive
from .formats import check_write, negotiated
from .models import Hive, db

api = Blueprint("api", __name__)


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


def find(code: str) -> Hive | None:
    return db.session.scalar(select(Hive).where(Hive.code == code))


def created(hive: Hive, taken: int) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Stores a new hive. ``taken`` is the status if another request has stored one of this code before."""
    db.session.add(hive)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        abort(taken, "There is a hive of this code")
    return hive.to_dict(), 201, {"Location": url_for("api.hive", code=hive.code)}


class HivesView(MethodView):
    def get(self) -> Response:
        hives = db.session.scalars(select(Hive).order_by(Hive.code))
        return negotiated({"hives": [hive.to_dict() for hive in hives]})

    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        return created(Hive(**whole_hive("code", "site", "boxes")), taken=409)


class HiveView(MethodView):
    def get(self, code: str) -> Response:
        hive = find(code) or abort(404)
        return negotiated(hive.to_dict())

    def put(self, code: str) -> dict[str, Any] | tuple[dict[str, Any], int, dict[str, str]]:
        hive = find(code)
        if hive is None:
            if "If-Match" in request.headers:
                abort(412, "There is no such hive")
            return created(Hive(code=code, **whole_hive("site", "boxes")), taken=412)
        if request.if_none_match.star_tag:
            abort(412, "The hive is there already")
        check_write(hive.to_dict())
        return self.changed(hive, whole_hive("site", "boxes"))

    def patch(self, code: str) -> dict[str, Any]:
        hive = find(code) or abort(404)
        check_write(hive.to_dict())
        return self.changed(hive, sent_fields("site", "boxes", "note"))

    def delete(self, code: str) -> tuple[str, int]:
        hive = find(code) or abort(404)
        check_write(hive.to_dict())
        db.session.delete(hive)
        db.session.commit()
        return "", 204

    def changed(self, hive: Hive, fields: dict[str, Any]) -> dict[str, Any]:
        for name, value in fields.items():
            setattr(hive, name, value)
        db.session.commit()
        return hive.to_dict()


api.add_url_rule("/hives", view_func=HivesView.as_view("hives"))
api.add_url_rule("/hives/<code>", view_func=HiveView.as_view("hive"))
