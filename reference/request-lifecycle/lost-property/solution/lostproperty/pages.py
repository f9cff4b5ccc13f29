"""What the office does."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, g, request, stream_with_context

from lostproperty.database import Connection

pages = Blueprint("pages", __name__)


def connection() -> Connection:
    """The connection of this request, opened when it is first needed and closed by a teardown function."""
    if "connection" not in g:
        g.connection = current_app.extensions["database"].open()
    return g.connection


@pages.post("/items")
def hand_in():
    document = request.get_json()
    if not isinstance(document, dict):
        abort(400, "an object is needed")
    ship, things = document.get("ship"), document.get("things")
    if not isinstance(ship, str) or not ship or not isinstance(things, list) or not things:
        abort(400, "a ship and a list of things are needed")
    items = []
    for thing in things:
        if not isinstance(thing, str) or not thing:
            abort(400, "a thing is a text")
        added = connection().execute("INSERT INTO items (ship, thing) VALUES (?, ?)", (ship, thing))
        items.append({"id": added.lastrowid, "ship": ship, "thing": thing})
    current_app.extensions["printer"].print(f"receipt {g.request_id}")
    connection().commit()
    return {"items": items}, 201


@pages.get("/items")
def all_items():
    return [dict(row) for row in connection().execute("SELECT id, ship, thing FROM items ORDER BY id")]


def find(item_id: int) -> dict:
    row = connection().execute("SELECT id, ship, thing FROM items WHERE id = ?", (item_id,)).fetchone()
    if row is None:
        abort(404, "there is no such item")
    return dict(row)


@pages.get("/items/<int:item_id>")
def one_item(item_id):
    return find(item_id)


@pages.post("/items/<int:item_id>/label")
def print_label(item_id):
    item = find(item_id)
    current_app.extensions["printer"].print(f"{item['id']} {item['thing']}")
    return "", 204


@pages.get("/items.csv")
def export():
    ship = request.args["ship"]
    (count,) = connection().execute("SELECT count(*) FROM items WHERE ship = ?", (ship,)).fetchone()
    if count == 0:
        abort(404, "nothing was found on that ship")

    def lines() -> Iterator[str]:
        yield "id,thing\n"
        for row in connection().execute("SELECT id, thing FROM items WHERE ship = ? ORDER BY id", (ship,)):
            yield f"{row['id']},{row['thing']}\n"
        yield f"end,{g.request_id}\n"

    return Response(stream_with_context(lines()), mimetype="text/csv", headers={"X-Items": str(count)})
