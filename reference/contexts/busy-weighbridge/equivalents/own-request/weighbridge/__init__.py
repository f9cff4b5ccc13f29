"""The weighbridge, with its own request class, a connection behind a proxy, and a pool of threads for each app."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from secrets import token_hex

import click
from flask import Flask, abort, current_app, g, request
from flask.views import MethodView
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy

from weighbridge.connections import Connections
from weighbridge.requests import WeighbridgeRequest
from weighbridge.scales import NoWeight, Scales

COOKIE = "yard_browser"
TICKET = "SELECT id, scale, plate, kilograms, operator FROM ticket"


def open_once():
    if not hasattr(g, "db"):
        g.db = current_app.extensions["connections"].open()
    return g.db


db = LocalProxy(open_once)


def all_rows(sql, *values):
    return [dict(row) for row in db.execute(sql, values).fetchall()]


def one_row(sql, *values):
    found = all_rows(sql, *values)
    return found[0] if found else abort(404)


class Weighings(MethodView):
    def get(self):
        return all_rows(f"{TICKET} ORDER BY id")

    def post(self):
        scale, plate = request.json.get("scale"), request.json.get("plate")
        if not scale or not plate:
            return {"error": "incomplete"}, 400
        if not all_rows("SELECT 1 FROM ticket WHERE plate = ? LIMIT 1", plate):
            request.remarks.append("first visit")
        try:
            kilograms = current_app.extensions["scales"].weigh(scale)
        except NoWeight:
            abort(504)
        if kilograms > current_app.config["HEAVY_ABOVE"]:
            request.remarks.append("heavy")
        if kilograms > current_app.config["REFUSED_ABOVE"]:
            return {"error": "too heavy", "remarks": request.remarks}, 409
        browser = request.cookies.get(COOKIE) or token_hex(16)
        with db:
            number = db.execute(
                "INSERT INTO ticket (scale, plate, kilograms, operator, browser) VALUES (?, ?, ?, ?, ?)",
                (scale, plate, kilograms, request.operator, browser),
            ).lastrowid
        request.ticket = number
        answer = current_app.make_response({**one_row(f"{TICKET} WHERE id = ?", number), "remarks": request.remarks})
        answer.set_cookie(COOKIE, browser, httponly=True, samesite="Lax")
        return answer, 201


def last():
    return one_row(f"{TICKET} WHERE browser = ? ORDER BY id DESC LIMIT 1", request.cookies.get(COOKIE, ""))


class Reports(MethodView):
    def get(self):
        return all_rows("SELECT * FROM report ORDER BY id")

    def post(self):
        number = new_report(request.operator, str(request.user_agent))
        app = current_app._get_current_object()

        def work():
            app.extensions["scales"].wait_until_quiet()
            with app.app_context():
                finish_report(number)

        app.extensions["pool"].submit(work)
        return {"id": number}, 202


def report(number):
    return one_row("SELECT * FROM report WHERE id = ?", number)


def new_report(operator, agent):
    with db:
        return db.execute(
            "INSERT INTO report (state, operator, agent) VALUES ('running', ?, ?)", (operator, agent)
        ).lastrowid


def finish_report(number):
    weights = [ticket["kilograms"] for ticket in all_rows("SELECT kilograms FROM ticket")]
    amount = sum(weights) * current_app.config["PRICE"] // 1000
    with db:
        db.execute(
            "UPDATE report SET state = 'done', tickets = ?, kilograms = ?, amount = ? WHERE id = ?",
            (len(weights), sum(weights), amount, number),
        )


def health():
    return {"status": "ok", "connections": current_app.extensions["connections"].count}


def waiting():
    return current_app.extensions["scales"].waiting()


def weight(scale):
    current_app.extensions["scales"].report(scale, request.json["kilograms"])
    return "", 204


def as_json(error):
    return {"error": error.description}, error.code


def name_ticket(response):
    if request.ticket is not None:
        response.headers["X-Ticket"] = str(request.ticket)
    return response


def close(error):
    if hasattr(g, "db"):
        g.db.close()


class Weighbridge(Flask):
    request_class = WeighbridgeRequest


def create_app(config=None):
    app = Weighbridge(__name__)
    app.config |= {"SECRET_KEY": None, "DATABASE": "sqlite:///weighbridge.db"}
    app.config |= {"PRICE": 1200, "HEAVY_ABOVE": 40_000, "REFUSED_ABOVE": 60_000, **(config or {})}
    app.extensions["scales"] = Scales()
    app.extensions["connections"] = Connections(app.config["DATABASE"])
    app.extensions["pool"] = ThreadPoolExecutor(max_workers=4)
    app.teardown_appcontext(close)
    app.after_request(name_ticket)
    app.register_error_handler(HTTPException, as_json)
    app.add_url_rule("/health", view_func=health)
    app.add_url_rule("/scales", view_func=waiting)
    app.add_url_rule("/scales/<scale>/weights", view_func=weight, methods=["POST"])
    app.add_url_rule("/weighings", view_func=Weighings.as_view("weighings"))
    app.add_url_rule("/weighings/last", view_func=last)
    app.add_url_rule("/reports", view_func=Reports.as_view("reports"))
    app.add_url_rule("/reports/<int:number>", view_func=report)
    with closing(app.extensions["connections"].open()) as connection, app.open_resource("tables.sql", "r") as tables:
        connection.executescript(tables.read())

    @app.cli.command("report")
    @click.option("--operator", default="unattended", show_default=True)
    def make_report(operator):
        """Makes a report."""
        number = new_report(operator, "console")
        finish_report(number)
        click.echo(number)

    return app
