"""Comments to use again: one's own, and those that others share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.services import phrases
from harness.services.errors import Refused, Why
from harness.web.grading_pages import grading
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@grading.get("/comments")
def library() -> str:
    return library_page()


def library_page(text: str = "", about: str = "", wrong: str = "") -> str:
    """The page; ``text`` is what was not taken, ``about`` whose it is: a ref, or empty for a new one."""
    me = account()
    found = [(one, phrases.may_change(one, me)) for one in phrases.usable(me)]
    return render_template("grading/library.html", found=found, me=me, text=text, about=about, wrong=wrong)


@grading.post("/comments")
def keep() -> Response | tuple[str, int]:
    text = request.form.get("text", "")
    try:
        phrases.keep(account(), text, shared="shared" in request.form)
    except Refused as refusal:
        return library_page(text, wrong=str(refusal)), 422
    flash("Kept: it can be chosen wherever you comment.", "done")
    return redirect(url_for("grading.library"))


@grading.post("/comments/<ref>")
def change_phrase(ref: str) -> Response | tuple[str, int]:
    me, text = account(), request.form.get("text", "")
    try:
        phrases.change(ref, me, text, shared="shared" in request.form)
    except Refused as refusal:
        if refusal.why is not Why.INVALID:
            raise
        return library_page(text, ref, str(refusal)), 422
    flash("Changed. Comments that were made of it stay as they are.", "done")
    return redirect(url_for("grading.library"))


@grading.post("/comments/<ref>/remove")
def remove_phrase(ref: str) -> Response:
    phrases.remove(ref, account())
    flash("Removed. Comments that were made of it stay.", "done")
    return redirect(url_for("grading.library"))
