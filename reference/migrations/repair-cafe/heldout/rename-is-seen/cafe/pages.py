"""The routes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from cafe.models import Repair, Skill, Volunteer, db

pages = Blueprint("pages", __name__)


def volunteer_json(volunteer: Volunteer) -> dict[str, Any]:
    return {
        "id": volunteer.id,
        "name": volunteer.name,
        "phone": volunteer.phone,
        "skills": [skill.name for skill in volunteer.skills],
    }


def repair_json(repair: Repair) -> dict[str, Any]:
    return {
        "id": repair.id,
        "volunteer": repair.volunteer_id,
        "item": repair.item,
        "minutes": repair.minutes,
        "status": repair.status,
        "remark": repair.remark,
        "notes": [note.text for note in repair.notes],
    }


@pages.get("/volunteers")
def list_volunteers() -> list[dict[str, Any]]:
    return [volunteer_json(volunteer) for volunteer in db.session.scalars(db.select(Volunteer).order_by(Volunteer.id))]


@pages.post("/volunteers")
def add_volunteer() -> tuple[dict[str, Any], int]:
    sent = request.get_json()
    volunteer = Volunteer(name=sent["name"], phone=sent["phone"], skills=[Skill(name=name) for name in sent["skills"]])
    db.session.add(volunteer)
    db.session.commit()
    return volunteer_json(volunteer), 201


@pages.get("/repairs")
def list_repairs() -> list[dict[str, Any]]:
    return [repair_json(repair) for repair in db.session.scalars(db.select(Repair).order_by(Repair.id))]


@pages.post("/repairs")
def add_repair() -> tuple[dict[str, Any], int]:
    sent = request.get_json()
    repair = Repair(
        volunteer_id=sent["volunteer"], item=sent["item"], minutes=sent["minutes"], status="waiting", remark=None
    )
    db.session.add(repair)
    db.session.commit()
    return repair_json(repair), 201


@pages.put("/repairs/<int:repair_id>")
def end_repair(repair_id: int) -> dict[str, Any]:
    repair = db.get_or_404(Repair, repair_id)
    sent = request.get_json()
    repair.status, repair.remark = sent["status"], sent["remark"]
    db.session.commit()
    return repair_json(repair)
