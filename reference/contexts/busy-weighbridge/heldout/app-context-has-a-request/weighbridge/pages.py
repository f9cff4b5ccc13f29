"""The addresses."""

from typing import Any

from flask import Blueprint, abort, current_app, request, session

from weighbridge import reports, tickets
from weighbridge.database import get_connection
from weighbridge.scales import NoWeight

pages = Blueprint("pages", __name__)


def operator() -> str:
    """Who sends this request."""
    return request.headers.get("X-Operator") or reports.UNATTENDED


@pages.app_errorhandler(NoWeight)
def no_weight(error: NoWeight) -> tuple[dict[str, str], int]:
    """The lorry has left again, or the scale is broken."""
    return {"error": "the scale has not reported a weight"}, 504


@pages.get("/health")
def health() -> dict[str, Any]:
    """Whether the app answers, and how many connections are open."""
    return {"status": "ok", "connections": current_app.extensions["connections"].count}


@pages.get("/scales")
def waiting() -> dict[str, int]:
    """How many weighings wait at each scale."""
    return current_app.extensions["scales"].waiting()


@pages.post("/scales/<scale>/weights")
def report_weight(scale: str) -> tuple[str, int]:
    """A scale reports a weight."""
    current_app.extensions["scales"].report(scale, request.get_json()["kilograms"])
    return "", 204


@pages.post("/weighings")
def weigh() -> tuple[dict[str, Any], int] | tuple[dict[str, Any], int, dict[str, str]]:
    """Weighs a lorry and writes a ticket."""
    wanted = request.get_json()
    if not wanted.get("scale") or not wanted.get("plate"):
        return {"error": "scale and plate are needed"}, 400
    remarks = []
    if tickets.is_new(wanted["plate"]):
        remarks.append("first visit")
    kilograms = current_app.extensions["scales"].weigh(wanted["scale"])
    if kilograms > current_app.config["HEAVY_ABOVE"]:
        remarks.append("heavy")
    if kilograms > current_app.config["REFUSED_ABOVE"]:
        return {"error": "too heavy for this yard", "remarks": remarks}, 409
    ticket_id = tickets.add(wanted["scale"], wanted["plate"], kilograms, operator())
    get_connection().commit()
    session["last_ticket"] = ticket_id
    return {**tickets.find(ticket_id), "remarks": remarks}, 201, {"X-Ticket": str(ticket_id)}


@pages.get("/weighings")
def list_tickets() -> list[dict[str, Any]]:
    """All tickets."""
    return tickets.everything()


@pages.get("/weighings/last")
def last_ticket() -> dict[str, Any]:
    """The ticket that was written last for this browser."""
    if "last_ticket" not in session:
        abort(404)
    return tickets.find(session["last_ticket"]) or abort(404)


@pages.post("/reports")
def ask_for_report() -> tuple[dict[str, int], int]:
    """Has a report made in the background."""
    report_id = reports.ask(operator())
    reports.make_in_background(report_id)
    return {"id": report_id}, 202


@pages.get("/reports")
def list_reports() -> list[dict[str, Any]]:
    """All reports."""
    return reports.everything()


@pages.get("/reports/<int:report_id>")
def show_report(report_id: int) -> dict[str, Any]:
    """One report."""
    return reports.find(report_id) or abort(404)
