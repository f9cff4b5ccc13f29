"""What keepers work with."""

from typing import Any

from flask import Blueprint, abort, request
from sqlalchemy import select

from kennel.bodies import read_body
from kennel.models import Account, Stay, db
from kennel.people import keeper_required

office = Blueprint("office", __name__, url_prefix="/office")


@office.get("/arrivals")
@keeper_required
def arrivals() -> list[dict[str, Any]]:
    """The stays that begin on a day."""
    day = request.args.get("day", "")
    stays = db.session.scalars(select(Stay).where(Stay.arrives == day).order_by(Stay.id))
    return [stay.as_json() for stay in stays]


@office.get("/accounts")
@keeper_required
def accounts() -> list[dict[str, Any]]:
    """Everybody."""
    return [account.as_json() for account in db.session.scalars(select(Account).order_by(Account.id))]


@office.patch("/accounts/<int:account_id>")
@keeper_required
def change_role(account_id: int) -> dict[str, Any]:
    """Makes somebody a keeper or a customer."""
    account = db.get_or_404(Account, account_id)
    role = read_body("role")["role"]
    if role not in ("customer", "keeper"):
        abort(422)
    account.role = role
    db.session.commit()
    return account.as_json()
