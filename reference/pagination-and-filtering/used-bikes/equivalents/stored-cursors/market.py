"""A market for used bikes in one file: cursors are rows of a table, and pages are cut from a sorted list in Python."""

import functools
import secrets
from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, json, request
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.exceptions import BadRequest, Conflict, NotFound
from werkzeug.urls import iri_to_uri


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
FIELDS = ("ref", "brand", "year", "price", "electric", "listed_at")


class Offer(db.Model):
    number: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(200), unique=True)
    details: Mapped[dict] = mapped_column(JSON)


class Bookmark(db.Model):
    token: Mapped[str] = mapped_column(primary_key=True)
    sort: Mapped[str]
    way: Mapped[str]
    value: Mapped[str]
    ref: Mapped[str]


@functools.total_ordering
class Key:
    """Where an offer stands in a sorting."""

    def __init__(self, value, ref, descending):
        self.value, self.ref, self.descending = value, ref, descending

    def __eq__(self, other):
        return (self.value, self.ref) == (other.value, other.ref)

    def __lt__(self, other):
        if self.value == other.value:
            return self.ref < other.ref
        return (self.value > other.value) if self.descending else (self.value < other.value)


def single(name, default=None):
    return request.args.get(name, default)


def whole_number(text):
    if text.removeprefix("-").isdecimal() and int(text) > 0:
        return int(text)
    raise BadRequest(f"{text} is no limit")


def day(text):
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise BadRequest(f"{text} is no day") from None


def wanted():
    """Tests that an offer has to pass."""
    tests = []
    if brands := request.args.getlist("brand"):
        tests.append(lambda offer: offer["brand"] in brands)
    if (electric := single("electric")) is not None:
        if electric not in {"true", "false"}:
            raise BadRequest("electric is true or false")
        tests.append(lambda offer: offer["electric"] is (electric == "true"))
    if (first := single("listed_from")) is not None:
        opening = day(first).isoformat()
        tests.append(lambda offer: offer["listed_at"] >= opening)
    if (last := single("listed_until")) is not None:
        closing = (day(last) + timedelta(days=1)).isoformat()
        tests.append(lambda offer: offer["listed_at"] < closing)
    return lambda offer: all(test(offer) for test in tests)


class Bikes(MethodView):
    init_every_request = False
    known = frozenset({"brand", "electric", "listed_from", "listed_until", "sort", "limit", "cursor"})

    def get(self):
        for name in request.args:
            if name not in self.known:
                raise BadRequest(f"{name} is unknown")
        sort = single("sort", "-listed_at")
        if sort not in ("price", "-price", "year", "-year", "listed_at", "-listed_at"):
            raise BadRequest(f"{sort} is no sorting")
        field, descending = sort.lstrip("-"), sort[0] == "-"
        limit = min(whole_number(single("limit", "20")), 100)
        fits = wanted()

        def key(offer):
            return Key(offer[field], offer["ref"], descending)

        offers = sorted((row.details for row in db.session.scalars(db.select(Offer))), key=key)
        offers = [offer for offer in offers if fits(offer)]
        start, stop = 0, limit
        if (token := single("cursor")) is not None:
            mark = db.session.get(Bookmark, token)
            if mark is None or mark.sort != sort:
                raise BadRequest("no such cursor here")
            place = Key(json.loads(mark.value), mark.ref, descending)
            if mark.way == "next":
                start = bisect_right(offers, place, key=key)
                stop = start + limit
            else:
                stop = bisect_left(offers, place, key=key)
                start = max(0, stop - limit)
        page = offers[start:stop]
        answer = Response(json.dumps({"bikes": page}), mimetype="application/json")
        if page and start > 0:
            answer.headers.add("Link", self.link("prev", sort, page[0], field))
        if page and stop < len(offers):
            answer.headers.add("Link", self.link("next", sort, page[-1], field))
        db.session.commit()
        return answer

    def link(self, way, sort, offer, field):
        token = secrets.token_urlsafe(24)
        value = json.dumps(offer[field])
        db.session.add(Bookmark(token=token, sort=sort, way=way, value=value, ref=offer["ref"]))
        query = request.args.copy()
        query["cursor"] = token
        pairs = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in query.items(multi=True))
        return f"<{iri_to_uri(request.base_url)}?{pairs}>; rel={way}"

    def post(self):
        offers = []
        for data in request.json["bikes"]:
            offers.append({name: data[name] for name in FIELDS})
            db.session.add(Offer(ref=data["ref"], details=offers[-1]))
        try:
            db.session.commit()
        except IntegrityError:
            raise Conflict from None
        return {"bikes": offers}, 201


def quoted(text):
    return "".join(
        chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"%{byte:02X}" for byte in text.encode()
    )


def remove(ref):
    if not db.session.execute(db.delete(Offer).where(Offer.ref == ref)).rowcount:
        raise NotFound
    db.session.commit()
    return current_app.response_class(status=204)


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///market.db"
    app.config.update(config or {})
    db.init_app(app)
    app.add_url_rule("/bikes", view_func=Bikes.as_view("bikes"))
    app.add_url_rule("/bikes/<ref>", view_func=remove, methods=["DELETE"])
    with app.app_context():
        db.create_all()
    return app
