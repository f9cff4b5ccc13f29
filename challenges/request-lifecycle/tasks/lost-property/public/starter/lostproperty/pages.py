"""What the office does."""

from flask import Blueprint, Response, abort, current_app, g, request

pages = Blueprint("pages", __name__)


@pages.post("/items")
def hand_in():
    document = request.get_json()
    ship, things = document.get("ship"), document.get("things")
    if not isinstance(ship, str) or not ship or not isinstance(things, list) or not things:
        abort(400, "a ship and a list of things are needed")
    items = []
    for thing in things:
        if not isinstance(thing, str) or not thing:
            abort(400, "a thing is a text")
        added = g.connection.execute("INSERT INTO items (ship, thing) VALUES (?, ?)", (ship, thing))
        items.append({"id": added.lastrowid, "ship": ship, "thing": thing})
    return {"items": items}, 201


@pages.get("/items")
def all_items():
    return [dict(row) for row in g.connection.execute("SELECT id, ship, thing FROM items ORDER BY id")]


def find(item_id: int) -> dict:
    row = g.connection.execute("SELECT id, ship, thing FROM items WHERE id = ?", (item_id,)).fetchone()
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
    g.rows = 0

    def lines():
        yield "id,thing\n"
        rows = g.connection.execute(
            "SELECT id, thing FROM items WHERE ship = ? ORDER BY id", (request.args["ship"],)
        ).fetchall()
        if not rows:
            abort(404, "nothing was found on that ship")
        for row in rows:
            g.rows += 1
            yield f"{row['id']},{row['thing']}\n"
        yield f"end,{g.request_id}\n"

    return Response(lines(), mimetype="text/csv")
