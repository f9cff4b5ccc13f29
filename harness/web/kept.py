"""What is kept about a person, as administrators hand it over or erase it: of an account, or of somebody invited."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for

from harness.services import privacy
from harness.services.errors import Refused, Why
from harness.store.models import Invitation
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

kept = Blueprint("kept", __name__, url_prefix="/people/data")


@kept.get("/<ref>")
def show(ref: str) -> str:
    return page(ref)


def page(ref: str, wrong: str = "") -> str:
    person = privacy.find_ref(ref)
    return render_template(
        "people/kept.html",
        person=person,
        assessment=person.assessment if isinstance(person, Invitation) else None,
        counts=privacy.counts(person),
        wrong=wrong,
    )


@kept.post("/<ref>/export")
def export(ref: str) -> Response:
    """A zip with all of it. By POST, since it is noted who took it."""
    data = privacy.hand_over(privacy.find_ref(ref), account().id)
    return send_file(io.BytesIO(data), "application/zip", as_attachment=True, download_name=f"assay-{ref}.zip")


@kept.post("/<ref>/erase")
def erase(ref: str) -> Response | tuple[str, int]:
    person = privacy.find_ref(ref)
    back = url_for("people.index")
    if isinstance(person, Invitation):
        back = url_for("assessments.show", ref=person.assessment.ref)
    try:
        if request.form.get("name", "").strip() != person.name:
            raise Refused(Why.INVALID, "That is not the name. Nothing was erased.")
        privacy.erase(person, account().id)
    except Refused as refusal:
        return page(ref, str(refusal)), 422
    flash("Erased. Backups that were made before still have it: delete those too when their time is over.", "done")
    return redirect(back)
