"""Requests and the command: they take what they need from outside and hand it on as values."""

import click
from flask import Blueprint, abort, jsonify, make_response, request, session
from flask.typing import ResponseReturnValue

from weighbridge.office import Office
from weighbridge.scales import NoWeight


def sender() -> str:
    return request.headers.get("X-Operator") or "unattended"


def pages(office: Office, heavy: int, refused: int) -> Blueprint:
    web = Blueprint("web", __name__)

    @web.get("/health")
    def health() -> ResponseReturnValue:
        return {"status": "ok", "connections": office.connections.count}

    @web.get("/scales")
    def waiting() -> ResponseReturnValue:
        return office.scales.waiting()

    @web.post("/scales/<scale>/weights")
    def weight(scale: str) -> ResponseReturnValue:
        office.scales.report(scale, request.json["kilograms"])
        return "", 204

    @web.post("/weighings")
    def weigh() -> ResponseReturnValue:
        operator, body = sender(), request.json
        scale, plate = body.get("scale"), body.get("plate")
        if not (scale and plate):
            abort(400)
        remarks = [] if office.knows(plate) else ["first visit"]
        try:
            kilograms = office.scales.weigh(scale)
        except NoWeight:
            abort(504)
        if kilograms > heavy:
            remarks.append("heavy")
        if kilograms > refused:
            return {"error": "refused", "remarks": remarks}, 409
        ticket = office.write_ticket(scale, plate, kilograms, operator)
        session["ticket"] = ticket["id"]
        response = make_response(ticket | {"remarks": remarks}, 201)
        response.headers["X-Ticket"] = ticket["id"]
        return response

    @web.get("/weighings")
    def tickets() -> ResponseReturnValue:
        return jsonify(office.rows("ticket"))

    @web.get("/weighings/last")
    def last() -> ResponseReturnValue:
        return office.row("ticket", session.get("ticket", 0)) or abort(404)

    @web.post("/reports")
    def ask() -> ResponseReturnValue:
        report_id = office.ask_for_report(sender(), request.headers.get("User-Agent", ""))
        office.make_report_later(report_id)
        return {"id": report_id}, 202

    @web.get("/reports")
    def reports() -> ResponseReturnValue:
        return jsonify(office.rows("report"))

    @web.get("/reports/<int:report_id>")
    def report(report_id: int) -> ResponseReturnValue:
        return office.row("report", report_id) or abort(404)

    return web


def command(office: Office) -> click.Command:
    @click.command("report")
    @click.option("--operator", default="unattended")
    def report(operator: str) -> None:
        report_id = office.ask_for_report(operator, "console")
        office.make_report(report_id)
        click.echo(report_id)

    return report
