"""Which submissions of a task read alike: the pairs, and two of them side by side; no proof, and the pages say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for

from harness.domain.packs import unpack
from harness.reports import plots
from harness.reports.inert import inert_line
from harness.services import likenesses
from harness.services.errors import Refused
from harness.web.assessments import assessments
from harness.web.assessments.comparing import found
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from harness.store.models import AlikePair, Assessment, FrozenItem

LINE = 500  # characters of a line that are shown


def task_of(assessment: Assessment, number: int) -> FrozenItem:
    """The assessment's task of this number, from 1 on; 404 where there is none."""
    tasks = likenesses.tasks_of(assessment)
    return tasks[number - 1] if 0 < number <= len(tasks) else abort(404)


@assessments.get("/<ref>/likeness/<int:number>")
def likeness(ref: str, number: int) -> str:
    assessment = found(ref)
    task = task_of(assessment, number)
    shown = likenesses.shown(assessment, task.digest)
    page = "assessments/_likeness.html" if request.headers.get("HX-Request") else "assessments/likeness.html"
    tasks = likenesses.tasks_of(assessment)
    return render_template(page, assessment=assessment, task=task, tasks=tasks, number=number, shown=shown)


@assessments.post("/<ref>/likeness/<int:number>")
def find_likeness(ref: str, number: int) -> BaseResponse:
    """Has the task's submissions compared."""
    assessment = found(ref)
    try:
        likenesses.ask(assessment.id, task_of(assessment, number).digest, account().id)
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("assessments.likeness", ref=ref, number=number))


@assessments.get("/<ref>/likeness/<int:number>.svg")
def likeness_picture(ref: str, number: int) -> Response:
    """How many pairs of people are how alike."""
    assessment = found(ref)
    comparison = likenesses.shown(assessment, task_of(assessment, number).digest).comparison
    if comparison is None or not comparison.bars:
        abort(404)
    drawn = plots.distribution(comparison.bars, "likeness", "pairs of people")
    return Response(plots.svg(drawn), mimetype="image/svg+xml")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. ``passage`` is the number of the one that it belongs to, 0 for none; ``begins`` those here."""

    number: int
    text: str
    passage: int
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file of one side; those without a shared line are named, and not shown."""

    path: str
    lines: tuple[Line, ...]

    @property
    def shared(self) -> bool:
        return any(line.passage for line in self.lines)


@assessments.get("/<ref>/alike/<pair_ref>")
def alike(ref: str, pair_ref: str) -> str:
    """Two people's submissions side by side, the shared passages marked."""
    assessment = found(ref)
    pair = likenesses.pair(assessment, pair_ref)
    digests = [one.digest for one in likenesses.tasks_of(assessment)]
    return render_template(
        "assessments/alike.html",
        assessment=assessment,
        pair=pair,
        number=1 + digests.index(pair.comparison.digest),
        sides=[("one", pair.one, side(pair, "one")), ("other", pair.other, side(pair, "other"))],
    )


def side(pair: AlikePair, name: str) -> list[File]:
    """The files of one of the two, those with a shared passage first."""
    content = (pair.one if name == "one" else pair.other).blob.content
    texts, _ = likenesses.texts(unpack(content))
    parts = [passage[name] for passage in pair.passages]
    made = [File(inert_line(path), lines(text, path, parts)) for path, text in texts.items()]
    return sorted(made, key=lambda file: (not file.shared, file.path))


def lines(text: str, path: str, parts: Sequence[Mapping[str, int | str]]) -> tuple[Line, ...]:
    """The lines of a file; one that two passages have belongs to the first of them."""
    belongs: dict[int, int] = {}
    begins: dict[int, list[int]] = {}
    for number, part in enumerate(parts, start=1):
        if part["path"] == path:
            first, last = int(part["first"]), int(part["last"])
            begins.setdefault(first, []).append(number)
            for line in range(first, last + 1):
                belongs.setdefault(line, number)
    return tuple(
        Line(number, inert_line(said.expandtabs(4), LINE), belongs.get(number, 0), tuple(begins.get(number, ())))
        for number, said in enumerate(text.split("\n"), start=1)
    )
