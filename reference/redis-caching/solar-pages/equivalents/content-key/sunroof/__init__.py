"""Sunroof in one module. A page is found by what goes into its simulation: the numbers themselves are the key."""

import hashlib
import json
import threading
import time
from datetime import date
from secrets import token_hex

from flask import Flask, abort, current_app, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import LockError, RedisError
from redis.retry import Retry
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from . import simulation

REST = 1.5  # seconds in which a Redis that has failed is left alone


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Member(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str]
    key: Mapped[str]


class Reading(db.Model):
    member_id: Mapped[int] = mapped_column(db.ForeignKey(Member.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kwh: Mapped[int]


class Shelf:
    """Redis, with a breaker."""

    def __init__(self, url, prefix, timeout):
        self.redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
        self.prefix, self.timeout = prefix, timeout
        self.closed_until = 0.0
        self.guard = threading.Lock()

    def failed(self):
        with self.guard:
            self.closed_until = time.monotonic() + REST

    @property
    def usable(self):
        with self.guard:
            return time.monotonic() >= self.closed_until

    def look(self, name):
        text = self.redis.hget(name, "page")
        return text and json.loads(text)

    def page(self, kind, ingredients, make):
        if not self.usable:
            return make()
        digest = hashlib.sha256(json.dumps(ingredients).encode()).hexdigest()
        name = f"{self.prefix}{kind}/{digest}"
        lock = self.redis.lock(f"{name}/busy", timeout=7, sleep=0.02)
        try:
            if page := self.look(name):
                return page
            lock.acquire()
            page = self.look(name)
        except RedisError:
            self.failed()
            return make()
        try:
            if page is None:
                page = make()
                self.keep(name, page)
            return page
        finally:
            self.let_go(lock)

    def keep(self, name, page):
        try:
            with self.redis.pipeline() as pipe:
                pipe.hset(name, "page", json.dumps(page))
                pipe.expire(name, self.timeout)
                pipe.execute()
        except RedisError:
            self.failed()

    def let_go(self, lock):
        try:
            if self.usable:
                lock.release()
        except LockError:
            pass
        except RedisError:
            self.failed()


def me():
    found = db.session.execute(db.select(Member).filter_by(key=request.headers.get("X-Member-Key"))).scalar()
    return found or abort(401)


def forecast():
    member = me()
    kwhs = db.session.scalars(db.select(Reading.kwh).filter_by(member_id=member.id).order_by(Reading.day)).all()
    page = current_app.shelf.page("forecast", [member.id, *kwhs], lambda: simulation.forecast(kwhs))
    return jsonify(name=member.name, **page)


def ranking():
    me()
    members = db.select(Member).order_by(Member.id)
    if "region" in request.args:
        members = members.filter_by(region=request.args["region"])
    totals = dict(
        db.session.execute(db.select(Reading.member_id, db.func.sum(Reading.kwh)).group_by(Reading.member_id)).all()
    )
    rows = [[member.id, member.name, totals.get(member.id, 0)] for member in db.session.scalars(members)]
    asked = [request.args.get("region"), rows]
    page = current_app.shelf.page("ranking", asked, lambda: simulation.ranking([(row[1], row[2]) for row in rows]))
    return jsonify(page)


def join():
    member = Member(**{field: request.json[field] for field in ("name", "region")}, key=token_hex(20))
    db.session.add(member)
    db.session.commit()
    return jsonify(id=member.id, name=member.name, region=member.region, key=member.key), 201


def report(day):
    db.session.merge(Reading(member_id=me().id, day=date.fromisoformat(day), kwh=request.json["kwh"]))
    db.session.commit()
    return "", 204


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SQLALCHEMY_DATABASE_URI="sqlite:///sunroof.db",
        CACHE_REDIS_URL="redis://127.0.0.1:6379/0",
        CACHE_KEY_PREFIX="sunroof:",
        CACHE_DEFAULT_TIMEOUT=300,
    )
    app.config.update(config or {})
    db.init_app(app)
    app.shelf = Shelf(*(app.config[f"CACHE_{name}"] for name in ("REDIS_URL", "KEY_PREFIX", "DEFAULT_TIMEOUT")))
    app.add_url_rule("/health", view_func=lambda: jsonify(status="ok"), endpoint="health")
    app.add_url_rule("/members", view_func=join, methods=["POST"])
    app.add_url_rule("/readings/<day>", view_func=report, methods=["PUT"])
    app.add_url_rule("/forecast", view_func=forecast)
    app.add_url_rule("/ranking", view_func=ranking)
    app.register_error_handler(simulation.SimulationFailed, lambda error: (jsonify(error=str(error)), 503))
    with app.app_context():
        db.create_all()
    return app
