"""The first page after the login: what is worth doing next."""

from __future__ import annotations

from flask import Blueprint, render_template

from harness.services import appeals, assessments, queueing, remarks
from harness.services.explaining import KNOWING
from harness.store.models import Role
from harness.web.person import account

home = Blueprint("home", __name__)


@home.get("/")
def index() -> str:
    me = account()
    staff = me.role is not Role.CANDIDATE
    return render_template(
        "home.html",
        me=me,
        assessments=assessments.all_of(me)[:5] if staff else [],
        open_remarks=remarks.count_open() if me.role in KNOWING else 0,
        open_appeals=appeals.open_for(me) if staff else 0,
        queue=queueing.figures() if me.role is Role.ADMINISTRATOR else None,
    )
