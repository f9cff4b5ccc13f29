"""The lost property office in one module. Ids, journal and lamp are a WSGI middleware, with no hook at all."""

import re
import secrets
from contextlib import closing, suppress
from functools import cached_property

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, NotFound, ServiceUnavailable

from lostproperty.database import Database
from lostproperty.equipment import Jammed, Lamp, LampError, OutOfPaper, Printer, equipment

STAFF = {"/health", "/journal", "/printer", "/equipment"}
SELECT = "SELECT id, ship, thing FROM items"


class OfficeRequest(Request):
    @cached_property
    def own_id(self):
        return self.environ["office.id"]


class Counter:
    """Stands around the app: gives ids, lights the lamp, and writes the journal when the app has answered."""

    def __init__(self, app):
        self.app, self.inner = app, app.wsgi_app

    def __call__(self, environ, start_response):
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        own_id = sent if re.fullmatch("[-0-9a-zA-Z]{8,64}", sent) else secrets.token_hex(12)
        environ["office.id"] = own_id
        staff = environ["PATH_INFO"] in STAFF
        lamp = self.app.extensions["lamp"]

        def start(status, headers, exc_info=None):
            if not staff:
                self.app.extensions["journal"].append(
                    {
                        "request_id": own_id,
                        "method": environ["REQUEST_METHOD"],
                        "path": environ["PATH_INFO"],
                        "status": int(status.split()[0]),
                        "failure": environ.get("office.failure"),
                    }
                )
            return start_response(status, [*headers, ("X-Request-Id", own_id)], exc_info)

        lit = not staff and not self.app.config["CLOSED"]
        if lit:
            lamp.on()
        try:
            return self.inner(environ, start)
        finally:
            if lit:
                with suppress(LampError):
                    lamp.off()


def failed(error):
    if isinstance(error, OutOfPaper):
        error = ServiceUnavailable("the printer has no paper")
    elif not isinstance(error, HTTPException):
        request.environ["office.failure"] = type(error).__name__
        error = InternalServerError()
    response = error.get_response()
    response.content_type = "application/json"
    body = {"error": error.description, "status": error.code, "request_id": request.own_id}
    response.data = current_app.json.dumps(body)
    return response


def refuse():
    if current_app.config["CLOSED"] and request.path not in STAFF:
        raise ServiceUnavailable("the office is closed")


def query(sql, *values):
    with closing(current_app.extensions["database"].open()) as connection:
        return [dict(row) for row in connection.execute(sql, values)]


def hand_in():
    document = request.get_json()
    match document:
        case {"ship": str(ship), "things": [_, *_] as things} if ship:
            pass
        case _:
            raise BadRequest("a ship and a list of things are needed")
    if not all(isinstance(thing, str) and thing for thing in things):
        raise BadRequest("a thing is a text")
    with closing(current_app.extensions["database"].open()) as connection, connection:
        ids = [
            connection.execute("INSERT INTO items (ship, thing) VALUES (?, ?)", (ship, thing)).lastrowid
            for thing in things
        ]
        current_app.extensions["printer"].print(f"receipt {request.own_id}")
    pairs = zip(ids, things, strict=True)
    return {"items": [{"id": number, "ship": ship, "thing": thing} for number, thing in pairs]}, 201


def all_items():
    return query(f"{SELECT} ORDER BY id")


def one_item(number):
    for item in query(f"{SELECT} WHERE id = ?", number):
        return item
    raise NotFound("there is no such item")


def print_label(number):
    item = one_item(number)
    current_app.extensions["printer"].print(f"{number} {item['thing']}")
    return "", 204


def export():
    items = query(f"{SELECT} WHERE ship = ? ORDER BY id", request.args["ship"])
    if not items:
        raise NotFound("nothing was found on that ship")
    lines = ["id,thing", *(f"{item['id']},{item['thing']}" for item in items), f"end,{request.own_id}", ""]
    return "\n".join(lines), {"Content-Type": "text/csv", "X-Items": len(items)}


def create_app(config=None):
    app = Flask(__name__)
    app.request_class = OfficeRequest
    app.config.from_mapping({"DATABASE": "sqlite:///lostproperty.db", "CLOSED": False, **(config or {})})
    app.extensions.update(database=Database(app.config["DATABASE"]), printer=Printer(), lamp=Lamp(), journal=[])
    app.before_request(refuse)
    for kind in (Exception, HTTPException, Jammed, OutOfPaper):
        app.register_error_handler(kind, failed)
    app.register_blueprint(equipment)
    app.add_url_rule("/items", view_func=hand_in, methods=["POST"])
    app.add_url_rule("/items", view_func=all_items)
    app.add_url_rule("/items/<int:number>", view_func=one_item)
    app.add_url_rule("/items/<int:number>/label", view_func=print_label, methods=["POST"])
    app.add_url_rule("/items.csv", view_func=export)
    app.wsgi_app = Counter(app)
    return app
