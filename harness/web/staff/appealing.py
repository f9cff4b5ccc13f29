"""Appeals, for those who answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.domain.records import from_json
from harness.reports.inert import inert
from harness.services import appeals as deeds
from harness.services import reporting, results
from harness.services.errors import Refused
from harness.web.person import account
from harness.web.staff import appeals

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response

    from harness.store.models import Appeal


@appeals.get("/")
def index() -> str:
    found = deeds.to_answer(account())
    return render_template("reporting/appeals.html", appeals=[(one, deeds.about(one)) for one in found])


@appeals.get("/<ref>")
def one(ref: str) -> str:
    return page(deeds.readable(ref, account()))


@appeals.post("/<ref>")
def answer(ref: str) -> Response | tuple[str, int]:
    me = account()
    appeal = deeds.readable(ref, me)
    accepted = request.form.get("decision") == "accept"
    try:
        deeds.answer(appeal.id, me, accepted=accepted, text=request.form.get("text", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
        return page(deeds.readable(ref, me)), 422
    flash("Answered. The candidate reads it in the report." + (" The score has changed." if accepted else ""), "done")
    return redirect(url_for("appeals.index"))


def page(appeal: Appeal) -> str:
    return render_template("reporting/appeal.html", appeal=appeal, about=deeds.about(appeal), **subject(appeal))


def subject(appeal: Appeal) -> dict[str, Any]:
    """What it is about, with all that a person needs to decide."""
    if appeal.item is not None:
        lines = reporting.for_staff(appeal.attempt).questions
        return {"line": next(one for one in lines if one.item.id == appeal.item_id), "verdict": None}
    result = results.newest_result(appeal.submission_id or 0)
    verdicts = from_json(result.content).verdicts if result else ()
    verdict = next((one for one in verdicts if one.check == appeal.check), None)
    texts = {name: inert(getattr(verdict, name)) for name in ("message", "traceback", "output")} if verdict else {}
    return {"line": None, "verdict": verdict, "texts": texts}
