"""Questions to the graders: those that are open, for who answers them, and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.services import remarks as asked_things
from harness.services import shelf
from harness.services.errors import Refused
from harness.web.auth import own_page
from harness.web.person import account
from harness.web.practice import practice as pages
from harness.web.security import by_account, limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import FrozenItem, Remark


@pages.get("/remarks")
def remarks() -> str:
    threads = asked_things.open_remarks()
    return render_template("practice/remarks.html", threads=threads, items=items_of(threads))


@pages.get("/asked")
def asked() -> str:
    user = account()
    threads = asked_things.asked_by(user.id)
    page = render_template("practice/asked.html", threads=threads, items=items_of(threads))
    if asked_things.news_for(user.id):
        asked_things.mark_read(user.id)  # after the page is made, which says which answers are new
    return page


def items_of(threads: Sequence[Remark]) -> dict[str, FrozenItem]:
    """What they are about, by its name."""
    return shelf.items_of({one.item for one in threads})


@pages.post("/remarks/<ref>")
@limiter.limit("30 per minute", key_func=by_account)
def reply(ref: str) -> Response:
    try:
        asked_things.reply(account().id, ref, request.form.get("text", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Your answer stands under the question.", "done")
    return redirect(own_page(request.form.get("back", "")))


@pages.post("/remarks/<ref>/remove")
def remove(ref: str) -> Response:
    name = asked_things.remove(account(), ref)
    flash("The question was taken away.", "done")
    topic, _, slug = name.partition("/")
    return redirect(url_for("practice.item", topic=topic, slug=slug))
