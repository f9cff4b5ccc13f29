"""A flea market in one module: statements by hand with bound values, markup by hand with escaped ones."""

import re
from pathlib import Path

from flask import Flask, Response, abort, current_app, jsonify, request, send_file
from flask_sqlalchemy import SQLAlchemy
from markupsafe import Markup, escape
from sqlalchemy import bindparam, text

db = SQLAlchemy()

TABLE = """
CREATE TABLE IF NOT EXISTS offer (
    id INTEGER PRIMARY KEY, title TEXT, seller TEXT, cents INTEGER,
    category TEXT, text TEXT, link TEXT, phone TEXT, public INTEGER
)
"""
LIST = "SELECT id, title, seller, cents FROM offer WHERE public"
SORTS = {
    (name, order): f"ORDER BY {name} {order}, id" for name in ("title", "seller", "cents") for order in ("asc", "desc")
}
SORTS |= {("", "asc"): "ORDER BY id", ("", "desc"): "ORDER BY id DESC"}
LINK = re.compile(r"https?://", re.IGNORECASE)
PAGE = Markup('<!doctype html>\n<html lang="en"><head><title>Flea market</title></head><body>{}</body></html>')


def rows(statement, **values):
    return [dict(row) for row in db.session.execute(text(statement), values).mappings()]


def public_offer(offer_id):
    found = rows("SELECT * FROM offer WHERE public AND id = :id", id=offer_id)
    return found[0] if found else abort(404)


def add():
    fields = {"category": "", "text": "", "link": "", "phone": "", "public": True, **request.json}
    names = ("title", "seller", "cents", "category", "text", "link", "phone", "public")
    statement = text(f"INSERT INTO offer ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})")
    result = db.session.execute(statement, {name: fields[name] for name in names})
    db.session.commit()
    return {"id": result.lastrowid}, 201


def search():
    sort = request.args.get("sort")
    if sort == "":
        abort(400)
    ending = SORTS.get((sort or "", request.args.get("order", "asc")))
    if ending is None:
        abort(400)
    pattern = re.sub(r"([%_!])", r"!\1", request.args.get("q", ""))
    return rows(f"{LIST} AND title LIKE '%' || :pattern || '%' ESCAPE '!' {ending}", pattern=pattern)


def by_sellers():
    statement = text(f"{LIST} AND seller IN :names ORDER BY id").bindparams(bindparam("names", expanding=True))
    found = db.session.execute(statement, {"names": request.args.getlist("seller")})
    return jsonify([dict(row) for row in found.mappings()])


def more(offer_id):
    seller = public_offer(offer_id)["seller"]
    return rows(f"{LIST} AND seller = :seller AND id <> :id ORDER BY id", seller=seller, id=offer_id)


def change_title(offer_id):
    title = request.get_json()["title"]
    result = db.session.execute(
        text("UPDATE offer SET title = :title WHERE id = :id"), {"title": title, "id": offer_id}
    )
    db.session.commit()
    return {"id": offer_id, "title": title} if result.rowcount else abort(404)


def page(offer_id):
    offer = public_offer(offer_id)
    body = Markup('<h1>{title}</h1><div id="offer" data-category="{category}"></div><b id="seller">{seller}</b>')
    body = body.format_map(offer)
    body += Markup('<div id="text">{}</div>').format(escape(offer["text"]).replace("\n", Markup("<br />")))
    if LINK.match(offer["link"]):
        body += Markup("<a id='link' rel='nofollow' href='{0}'>{0}</a>").format(offer["link"])
    elif offer["link"]:
        body += Markup("<code id='link'>{}</code>").format(offer["link"])
    return PAGE.format(body)


def hello():
    return PAGE.format(
        Markup("<div id='greeting'>Hello, <em>{}</em>!</div>").format(request.args.get("name") or "neighbour")
    )


def add_leaflet():
    data = request.json
    if data["name"] in ("", ".", "..") or {"/", "\0"} & set(data["name"]):
        abort(400)
    folder = app_folder("DRAFT_FOLDER" if data.get("draft") else "LEAFLET_FOLDER")
    (folder / data["name"]).write_text(data["text"], encoding="utf-8")
    return Response(status=201)


def leaflet():
    folder = app_folder("LEAFLET_FOLDER").resolve()
    path = (folder / request.args.get("name", "")).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True)


def app_folder(key):
    return Path(current_app.config[key])


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(
        SQLALCHEMY_DATABASE_URI="sqlite:///market.db", LEAFLET_FOLDER="/tmp/leaflets", DRAFT_FOLDER="/tmp/drafts"
    )
    app.config.update(config or {})
    db.init_app(app)
    for rule, view, method in (
        ("/offers", add, "POST"),
        ("/offers", search, "GET"),
        ("/offers/by", by_sellers, "GET"),
        ("/offers/<int:offer_id>/more", more, "GET"),
        ("/offers/<int:offer_id>/title", change_title, "PUT"),
        ("/offers/<int:offer_id>/page", page, "GET"),
        ("/hello", hello, "GET"),
        ("/leaflets", add_leaflet, "POST"),
        ("/leaflets", leaflet, "GET"),
    ):
        app.add_url_rule(rule, view_func=view, methods=[method])
    for key in ("LEAFLET_FOLDER", "DRAFT_FOLDER"):
        Path(app.config[key]).mkdir(parents=True, exist_ok=True)
    with app.app_context():
        db.session.execute(text(TABLE))
        db.session.commit()
    return app
