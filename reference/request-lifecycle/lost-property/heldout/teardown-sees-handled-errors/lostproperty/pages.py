"""What the office does."""

from flask import Blueprint, Response, abort, current_app, g, request

pages = Blueprint("pages", __name__)


def is_text(value: object) -> bool:
    """Whether it is a text that is not empty."""
    return isinstance(value, str) and value != ""


@pages.post("/items")
def hand_in():
    document = request.get_json()
    if not isinstance(document, dict):
        abort(400, "an object is needed")
    ship, things = document.get("ship"), document.get("things")
    if not is_text(ship) or not isinstance(things, list) or not things:
        abort(400, "a ship and a list of things are needed")
    if not all(is_text(thing) for thing in things):
        abort(400, "a thing is a text")
    items = []
    for thing in things:
        added = g.connection.execute("INSERT INTO items (ship, thing) VALUES (?, ?)", (ship, thing))
        items.append({"id": added.lastrowid, "ship": ship, "thing": thing})
    current_app.extensions["printer"].print(f"receipt {g.request_id}")
    return {"items": items}, 201


@pages.get("/items")
def all_items():
    return [dict(row) for row in g.connection.execute("SELECT id, ship, thing FROM items ORDER BY id")]


def find(item_id: int) -> dict:
    row = g.connection.execute("SELECT id, ship, thing FROM items WHERE id = ?", (item_id,)).fetchone()
    if row is None:
        abort(404, "there is no such item")
    return dict(row)


# The largest id that SQLite knows.
ITEM_ID = f"<int(max={2**63 - 1}):item_id>"


@pages.get(f"/items/{ITEM_ID}")
def one_item(item_id):
    return find(item_id)


@pages.post(f"/items/{ITEM_ID}/label")
def print_label(item_id):
    item = find(item_id)
    current_app.extensions["printer"].print(f"{item['id']} {item['thing']}")
    return "", 204


@pages.get("/items.csv")
def export():
    ship = request.args.get("ship")
    if not ship:
        abort(400, "a ship is needed")
    rows = g.connection.execute("SELECT id, thing FROM items WHERE ship = ? ORDER BY id", (ship,)).fetchall()
    if not rows:
        abort(404, "nothing was found on that ship")
    lines = ["id,thing", *(f"{row['id']},{row['thing']}" for row in rows), f"end,{g.request_id}"]
    response = Response("".join(f"{line}\n" for line in lines), mimetype="text/csv")
    response.headers["X-Items"] = str(len(rows))
    return response
