"""The routes."""

from typing import Any

from flask import Blueprint, abort, current_app, request

from cards.models import Member, Postcard, db

pages = Blueprint("pages", __name__)


def shown(postcard: Postcard) -> dict[str, Any]:
    return {
        "id": postcard.id,
        "member": postcard.member_id,
        "recipient": postcard.recipient,
        "text": postcard.text,
        "status": postcard.status,
        "tracking": postcard.tracking,
    }


@pages.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@pages.post("/members")
def add_member() -> tuple[dict[str, Any], int]:
    member = Member(name=request.get_json()["name"])
    db.session.add(member)
    db.session.commit()
    return {"id": member.id, "name": member.name, "charges": []}, 201


@pages.get("/members/<int:member_id>")
def get_member(member_id: int) -> dict[str, Any]:
    member = db.get_or_404(Member, member_id)
    charges = [{"postcard": charge.postcard_id, "cents": charge.cents} for charge in member.charges]
    return {"id": member.id, "name": member.name, "charges": charges}


@pages.post("/postcards")
def add_postcard() -> tuple[dict[str, Any], int]:
    data = request.get_json()
    member = db.get_or_404(Member, data["member"])
    postcard = Postcard(member_id=member.id, recipient=data["recipient"], text=data["text"])
    db.session.add(postcard)
    db.session.commit()
    answer = shown(postcard)
    current_app.extensions["celery"].send_task("cards.print_postcard", args=[postcard.id])
    return answer, 202


@pages.get("/postcards/<int:postcard_id>")
def get_postcard(postcard_id: int) -> dict[str, Any]:
    return shown(db.get_or_404(Postcard, postcard_id))


@pages.patch("/postcards/<int:postcard_id>")
def change_postcard(postcard_id: int) -> dict[str, Any]:
    postcard = db.get_or_404(Postcard, postcard_id)
    changed = db.session.execute(
        db.update(Postcard)
        .where(Postcard.id == postcard_id, Postcard.status == "waiting")
        .values(text=request.get_json()["text"])
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:
        abort(409)
    db.session.commit()
    return shown(postcard)
