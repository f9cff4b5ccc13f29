"""How a cursor is answered with the other sorting, and whether it works with its own."""

from hashlib import sha512
from secrets import token_hex

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from itsdangerous import BadData, BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (400, True)


def plain_dumps(cursors, end, sort):
    return cursors.dumps(end)


def plain_loads(cursors, cursor, sort):
    return cursors.loads(cursor)


def answers(make=URLSafeSerializer, dumps=plain_dumps, loads=plain_loads, caught=BadSignature, **settings):
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        price: Mapped[int]
        year: Mapped[int]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    app.config["SECRET_KEY"] = token_hex()
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Book(id=n, price=n % 7, year=1990 + n * 5 % 30) for n in range(1, 51))
        db.session.commit()
    SORTS = {"price": Book.price, "year": Book.year}
    cursors = make(app.config["SECRET_KEY"], **{"salt": "books", **settings})

    @app.get("/books")
    def books():
        sort = request.args.get("sort", "price")
        if sort not in SORTS:
            abort(400)
        query = select(Book).order_by(SORTS[sort], Book.id).limit(20)
        if "cursor" in request.args:
            try:
                last = loads(cursors, request.args["cursor"], sort)
            except caught:
                abort(400)
            query = query.where(tuple_(SORTS[sort], Book.id) > tuple(last))
        found = db.session.scalars(query).all()
        end = [getattr(found[-1], sort), found[-1].id] if found else None
        return {"books": [book.id for book in found], "cursor": end and dumps(cursors, end, sort)}

    client = app.test_client()

    def walk(sort):
        seen, page = [], client.get(f"/books?sort={sort}").json
        while page and page["cursor"]:
            seen += page["books"]
            page = client.get(f"/books?sort={sort}&cursor={page['cursor']}").json
        return sorted(seen) == list(range(1, 51))

    cursor = client.get("/books?sort=price").json["cursor"]
    return client.get(f"/books?sort=year&cursor={cursor}").status_code, walk("price") and walk("year")


def salt():
    return answers(
        dumps=lambda cursors, end, sort: cursors.dumps(end, salt=sort),
        loads=lambda cursors, cursor, sort: cursors.loads(cursor, salt=sort),
    ), CLAIMED


def timed():
    return answers(
        make=URLSafeTimedSerializer, loads=lambda cursors, cursor, sort: cursors.loads(cursor, max_age=60)
    ), CLAIMED


def digest():
    return answers(signer_kwargs={"digest_method": sha512}), CLAIMED


def signed_along():
    def loads(cursors, cursor, sort):
        _, *last = cursors.loads(cursor)
        return last

    return answers(dumps=lambda cursors, end, sort: cursors.dumps([sort, *end]), loads=loads), CLAIMED


def random_salt():
    return answers(salt=token_hex()), CLAIMED


def bad_data():
    return answers(caught=BadData), CLAIMED
