"""Everybody's grades, publishing them, and the files for an LMS."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, send_file, url_for

from harness.services import assessments as deeds
from harness.services import gradebook as books
from harness.services import publishing
from harness.services.errors import Refused
from harness.services.pseudonyms import shown_email, shown_name
from harness.web.gradebook import gradebook
from harness.web.person import account

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.gradebook import Line

PAGE = 100  # people
FURTHEST = 1_000_000
STANDS = {"final": "with a grade", "open": "still open"}
FILES = {  # by kind: the name's ending, the type, and what writes it
    "moodle": ("moodle.csv", "text/csv", books.moodle),
    "canvas": ("canvas.csv", "text/csv", books.canvas),
    "json": ("grades.json", "application/json", lambda book: f"{json.dumps(books.as_data(book), indent=2)}\n"),
}


@gradebook.get("")
def index(ref: str) -> str:
    return page(ref)


def page(ref: str) -> str:
    me = account()
    found = deeds.readable(ref, me)
    book = books.of(found)
    text, stand = request.args.get("q", "").strip(), request.args.get("stand", "")
    after = max(0, min(request.args.get("after", default=0, type=int), FURTHEST))
    fitting = [one for one in book.lines if named(one, text) and (stand not in STANDS or stand == stand_of(one))]
    return render_template(
        "gradebook/index.html",
        assessment=found,
        mine=deeds.may_change(found, me),
        book=book,
        lines=fitting[after : after + PAGE],
        found=len(fitting),
        counts=Counter(stand_of(one) for one in book.lines),
        stands=STANDS,
        stand=stand if stand in STANDS else "",
        text=text,
        after=after,
        page=PAGE,
        open=Counter(said for one in book.lines for said in one.grade.open),
        rules=publishing.rules_of(found),
        published_at=found.grade_rules and found.grade_rules.published_at,
    )


def named(one: Line, text: str) -> bool:
    """By what is shown: while names are hidden, neither a name nor an id finds anybody."""
    told = f"{shown_name(one.invitation)} {shown_email(one.invitation)}"
    return text.casefold() in f"{told} {number_of(one)}".casefold()


def number_of(one: Line) -> str:
    """The person's id in the roster; nothing while names are hidden."""
    return one.number if shown_name(one.invitation) == one.invitation.name else ""


gradebook.add_app_template_filter(number_of, "roster_id")


def stand_of(one: Line) -> str:
    return "open" if one.grade.open else "final"


@gradebook.post("/publish")
def publish(ref: str) -> BaseResponse | tuple[str, int]:
    """All at once; where somebody's grade is still open, only if that is said to be meant."""
    me = account()
    found = deeds.own(ref, me)
    still_open = sum(stand_of(one) == "open" for one in books.of(found).lines)
    if still_open and not request.form.get("although"):
        flash(
            f"Nothing is published: {people(still_open)} no final grade yet. Tick that you want it all the same.",
            "problem",
        )
        return page(ref), 422
    try:
        publishing.publish(found.id, me.id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Published: from now on everyone can read their grade.", "done")
    return redirect(url_for("gradebook.index", ref=ref))


def people(count: int) -> str:
    return "one person has" if count == 1 else f"{count} people have"


@gradebook.post("/take-back")
def take_back(ref: str) -> BaseResponse:
    me = account()
    publishing.take_back(deeds.own(ref, me).id, me.id)
    flash("Taken back: nobody can read a grade now. Who has read theirs remembers it.", "done")
    return redirect(url_for("gradebook.index", ref=ref))


@gradebook.get("/for-<any(moodle, canvas, json):kind>")
def file(ref: str, kind: str) -> Response:
    """The gradebook as a file. It has neither the mark that spreadsheets want nor any of theirs: an LMS reads it."""
    found = deeds.readable(ref, account())
    ending, mimetype, written = FILES[kind]
    data = written(books.of(found)).encode()
    title = "".join(letter if letter.isalnum() or letter in " -" else "-" for letter in found.title)
    made = send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=f"{title} {ending}")
    made.headers["Cache-Control"] = "no-store"
    return made


def next_without_points(lines: Sequence[Line], submission_ref: str) -> tuple[str, str] | None:
    """The attempt and submission after this one whose rubric is not filled, from the start again at the end."""
    waiting = [
        (one.grade.attempt.ref, task.submission)
        for one in lines
        for task in one.grade.tasks
        if one.grade.attempt and task.submission and task.sheet and task.sheet.given is None
    ]
    order = [task.submission for one in lines for task in one.grade.tasks]
    here = order.index(submission_ref) if submission_ref in order else -1
    later = [pair for pair in waiting if order.index(pair[1]) > here]
    return next(iter([*later, *(pair for pair in waiting if pair[1] != submission_ref)]), None)
