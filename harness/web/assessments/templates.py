"""Templates: what an assessment can be begun with. Some come with the platform, others people saved from theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.services import assessments as deeds
from harness.services import plans
from harness.services.errors import Refused
from harness.store.models import Role
from harness.web.assessments import assessments
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@assessments.get("/templates")
def templates() -> str:
    me = account()
    return render_template(
        "assessments/templates.html",
        shipped=plans.shipped(),
        saved=[(one, plans.Plan.read(one.plan)) for one in plans.saved(me)],
        me=me,
        shares=me.role is Role.ADMINISTRATOR,
    )


@assessments.post("/<ref>/template")
def save_template(ref: str) -> Response:
    """Keeps what this assessment was made by."""
    me = account()
    found = deeds.own(ref, me)
    try:
        made = plans.save(found.id, request.form.get("title", ""), me)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("assessments.show", ref=ref))
    flash(f"“{made.title}” is saved as a template.", "done")
    return redirect(url_for("assessments.templates"))


@assessments.post("/templates/<template_ref>")
def change_template(template_ref: str) -> Response:
    me = account()
    found = plans.own(template_ref, me)
    title = found.title
    try:
        match request.form.get("do"):
            case "share":
                plans.share(found.id, me, shared=True)
                flash(f"Everybody who makes assessments can use “{title}”.", "done")
            case "keep":
                plans.share(found.id, me, shared=False)
                flash(f"“{title}” is its owner's alone.", "done")
            case "remove":
                plans.remove(found.id, me)
                flash(f"The template “{title}” is gone. What was begun with it stays.", "done")
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("assessments.templates"))
