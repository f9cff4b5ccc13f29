"""The queue: submissions by filters, and the page of the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from harness.services import grading_queue
from harness.services.grading_queue import PAGE
from harness.web.grading_pages import grading
from harness.web.grading_pages.wanted import STATES, address, page_of, wanted
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

FURTHEST = 1_000_000


@grading.get("/")
def index() -> str:
    me, asked = account(), wanted()
    after = max(0, min(request.args.get("after", default=0, type=int), FURTHEST))
    return render_template(
        "grading/index.html",
        asked=asked,
        where=address(asked),
        choices=grading_queue.choices(me, asked),
        page=grading_queue.page(me, asked, after),
        after=after,
        size=PAGE,
        states=STATES,
        page_of=page_of,
    )


@grading.get("/next")
def first() -> Response:
    """The first submission of the queue."""
    me, asked = account(), wanted()
    found = grading_queue.page(me, asked, most=1).rows
    if not found:
        return redirect(url_for("grading.index", **address(asked)))
    return redirect(page_of(found[0].submission, address(asked)))
