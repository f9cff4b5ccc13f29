"""A cohort side by side: the table, its pictures, and the same to take away; names that can be hidden meanwhile."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, redirect, render_template, request, url_for

from harness.reports import plots
from harness.reports.batch import CSV_ENCODING, cell
from harness.reports.inert import inert_line
from harness.services import assessments as deeds
from harness.services import comparing, pseudonyms
from harness.services.comparing import Measure
from harness.store.columns import now
from harness.store.models import AssessmentState
from harness.web.assessments import assessments
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

    from harness.services.comparing import Cohort, Compared
    from harness.store.models import Assessment

LABELS = {Measure.KNOW: "knows", Measure.DO: "can do", Measure.JOINT: "joint"}
ORDERS = (*Measure, *comparing.ORDERS)
PLANE = "plane"


def found(ref: str) -> Assessment:
    """A published assessment that this person may read."""
    one = deeds.readable(ref, account())
    return one if one.state is not AssessmentState.DRAFT else abort(404)


@assessments.get("/<ref>/cohort")
def cohort(ref: str) -> str:
    assessment = found(ref)
    order = request.args.get("by", "")
    order = order if order in ORDERS else Measure.KNOW
    return render_template(
        "assessments/cohort.html",
        assessment=assessment,
        mine=deeds.may_change(assessment, account()),
        cohort=comparing.compare(assessment, order),
        order=order,
        labels=LABELS,
        most=plots.MOST_NUMBERED,
    )


@assessments.get("/<ref>/cohort/<any(plane, know, do, joint):picture>.svg")
def cohort_picture(ref: str, picture: str) -> Response:
    everyone = comparing.compare(found(ref), request.args.get("by", Measure.KNOW))
    drawn = plane(everyone) if picture == PLANE else bars(everyone, Measure(picture))
    return Response(plots.svg(drawn), mimetype="image/svg+xml")


def plane(everyone: Cohort) -> Any:
    points = []
    for number, one in enumerate(everyone.people, start=1):
        know, do = one.scores.get(Measure.KNOW), one.scores.get(Measure.DO)
        if know and do:
            points.append(plots.Point(number, know.value, do.value, know.margin, do.margin))
    return plots.know_against_do(points)


def bars(everyone: Cohort, measure: Measure) -> Any:
    return plots.distribution(everyone.distribution(measure), LABELS[measure])


@assessments.get("/<ref>/cohort.<any(csv, json, pdf):kind>")
def cohort_file(ref: str, kind: str) -> Response:
    assessment = found(ref)
    everyone = comparing.compare(assessment)
    made, mimetype = MADE_BY[kind](assessment, everyone)
    name = inert_line(f"assay {assessment.title}.{kind}").replace("/", "-")
    reply = Response(made, mimetype=mimetype)
    reply.headers.set("Content-Disposition", "attachment", filename=name)
    return reply


def rows(everyone: Cohort) -> list[dict[str, Any]]:
    """A dict per person, the same keys for all: what the table shows."""
    return [row(one) for one in everyone.people]


def row(one: Compared) -> dict[str, Any]:
    data: dict[str, Any] = {"name": one.name, "state": one.state}
    data |= {"started_at": _iso(one.started_at), "ended_at": _iso(one.ended_at)}
    for measure in Measure:
        known = one.scores.get(measure)
        data |= {
            measure.value: known.value if known else None,
            f"{measure.value}_low": known.margin.low if known else None,
            f"{measure.value}_high": known.margin.high if known else None,
            f"{measure.value}_place_best": known.rank.best if known else None,
            f"{measure.value}_place_worst": known.rank.worst if known else None,
            f"{measure.value}_percentile": known.percentile if known else None,
        }
    decision = one.decision
    return data | {
        "decision": decision.choice.value if decision else None,
        "reason": decision.reason if decision else None,
        "decided_by": decision.by.name if decision else None,
        "decided_at": _iso(decision.at) if decision else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def as_csv(assessment: Assessment, everyone: Cohort) -> tuple[bytes, str]:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    found = rows(everyone)
    writer.writerow(found[0] if found else ["name"])
    for one in found:
        writer.writerow(cell(value) if isinstance(value, str) else value for value in one.values())
    return table.getvalue().encode(CSV_ENCODING), "text/csv"


def as_json(assessment: Assessment, everyone: Cohort) -> tuple[bytes, str]:
    told = {"assessment": assessment.title, "made_at": now().isoformat(timespec="seconds"), "people": rows(everyone)}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(), "application/json"


def as_pdf(assessment: Assessment, everyone: Cohort) -> tuple[bytes, str]:
    from harness.reports import cohort_pdf  # with Matplotlib and fpdf2, which no other page needs

    lines = [
        cohort_pdf.Line(
            number,
            one.name,
            [_told(one, measure) for measure in everyone.measures],
            one.decision.choice.value if one.decision else "" if one.scores else one.state,
        )
        for number, one in enumerate(everyone.people, start=1)
    ]
    pictures = [("What they know against what they can do", plane(everyone))] if _has_both(everyone) else []
    pictures += [
        (f"{LABELS[one].capitalize()}: how many people have which score", bars(everyone, one))
        for one in everyone.measures
    ]
    names = [LABELS[one] for one in everyone.measures]
    reasons = [
        (one.name, f"{one.decision.choice.value}, by {one.decision.by.name}: {one.decision.reason}")
        for one in everyone.people
        if one.decision
    ]
    return cohort_pdf.render(assessment.title, now(), names, lines, pictures, reasons), "application/pdf"


def _has_both(everyone: Cohort) -> bool:
    return any(Measure.KNOW in one.scores and Measure.DO in one.scores for one in everyone.people)


def _told(one: Compared, measure: Measure) -> str:
    known = one.scores.get(measure)
    if known is None:
        return ""
    place = f"{known.rank.best} to {known.rank.worst}" if known.rank.tied else str(known.rank.best)
    return f"{known.value:g} ({known.margin.low:g} to {known.margin.high:g}), place {place}"


MADE_BY = {"csv": as_csv, "json": as_json, "pdf": as_pdf}


@assessments.post("/<ref>/names")
def names(ref: str) -> BaseResponse:
    """Hides the names of those about whom nothing is decided yet, or shows them."""
    me = account()
    hide = request.form.get("hide") == "1"
    pseudonyms.hide_names(deeds.own(ref, me).id, me.id, hide=hide)
    flash("Names are hidden until something is decided about a person." if hide else "Names are shown.", "done")
    return redirect(url_for("assessments.cohort", ref=ref))
