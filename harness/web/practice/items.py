"""One item and what belongs to it: its explanation for who has answered it, a bookmark, questions to the graders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from harness.services import explaining, remarks, shelf
from harness.services.errors import Refused
from harness.store.models import ItemKind
from harness.web.auth import own_page
from harness.web.person import account
from harness.web.practice import practice as pages
from harness.web.security import by_account, limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Remark, User


@pages.get("/items/<topic>/<slug>")
def item(topic: str, slug: str) -> str:
    user, found = account(), shelf.practice_item(f"{topic}/{slug}")
    is_question = found.kind is ItemKind.QUESTION
    known = explaining.may_know(user, found)
    threads = remarks.under(found, user)
    page = render_template(
        "practice/item.html",
        item=found,
        known=known,
        solution=explaining.solution(user, found) if known and is_question else None,
        content=json.loads(found.content) if is_question else {},
        options=explaining.options_of(found) if is_question else [],
        threads=threads,
        marked=found.item in shelf.bookmarked(user.id),
    )
    read(user, threads)  # after the page is made, which says which answers are new
    return page


def read(user: User, threads: Sequence[Remark]) -> None:
    """What was answered to the person stands on a page of theirs, and is news no more."""
    for name in {one.item for one in threads if one.news and one.author_id == user.id}:
        remarks.mark_read(user.id, name)


@pages.post("/bookmarks")
@limiter.limit("120 per minute", key_func=by_account)
def bookmark() -> Response | str:
    """Keeps or drops a bookmark. htmx gets the button as it is now; a plain form goes back to its page."""
    wanted = request.form.get("wanted") == "1"
    frozen = shelf.set_bookmark(account().id, request.form.get("digest", ""), wanted=wanted)
    if "HX-Request" in request.headers:
        return render_template("practice/_bookmark.html", digest=frozen.digest, marked=wanted, back="")
    return redirect(own_page(request.form.get("back", "")))


@pages.get("/bookmarks")
def bookmarks() -> str:
    return render_template("practice/bookmarks.html", found=shelf.bookmarked_items(account().id))


@pages.post("/items/<topic>/<slug>/remarks")
@limiter.limit("10 per minute", key_func=by_account)
def ask(topic: str, slug: str) -> Response:
    found = shelf.practice_item(f"{topic}/{slug}")
    try:
        remarks.ask(account().id, found, request.form.get("text", ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Your question is with the graders. The answer will stand under it.", "done")
    return redirect(url_for("practice.item", topic=topic, slug=slug, _anchor="remarks"))
