"""The cohort's page and files, decisions, and names that are hidden."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from harness.domain.margins import Margin
from harness.reports import cohort_pdf, plots
from harness.store.base import db
from harness.store.models import Assessment, Attempt, Decision, Invitation


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def base(world):
    ref = world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().ref)
    return f"/assessments/{ref}"


@pytest.fixture
def report(world, base):
    chosen = select(Attempt).join(Invitation).where(Invitation.name == "Fay")
    return f"{base}/attempts/{world.find(lambda: db.session.scalars(chosen).one().ref)}"


def test_everyone_is_there_with_their_margins(ines, base):
    page = ines.get(f"{base}/cohort").text
    assert all(name in page for name in ("Nora", "Otto", "Fay"))
    assert "/margins" in page
    assert 'aria-sort="descending"' in page
    assert ines.get(f"{base}/cohort?by=name").text.count('aria-sort="ascending"') == 1


@pytest.mark.parametrize("picture", ["plane", "know", "do"])
def test_pictures_are_well_formed_and_run_nothing(ines, base, picture):
    reply = ines.get(f"{base}/cohort/{picture}.svg")
    assert reply.mimetype == "image/svg+xml"
    assert "script" not in reply.text
    assert ET.fromstring(reply.text).tag.endswith("svg")


def test_people_at_one_point_are_all_named_or_counted():
    margin = Margin(40, 60, 4)
    points = [plots.Point(number, 50, 50, margin, margin) for number in range(1, 6)]
    drawn = plots.svg(plots.know_against_do([*points, plots.Point(6, 75, 50, margin, margin)]))
    assert ">1, 2, 3 + 2<" in drawn
    assert ">6<" in drawn
    assert plots.svg(plots.know_against_do([]))


def test_matplotlib_waits_for_the_first_picture():
    program = "import sys, harness.web; harness.web.create_app; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_decision_is_made_on_the_report_and_seen_in_the_cohort(world, ines, base, report):
    reply = ines.post(f"{report}/decision", data={"choice": "hold", "reason": "Waits for the interview."})
    assert reply.status_code == 302
    page = ines.get(f"{report}/report").text
    assert "Waits for the interview." in page
    assert ">hold</span>" in ines.get(f"{base}/cohort").text
    ines.post(f"{report}/decision", data={"choice": "hold", "reason": "no"})
    assert world.find(lambda: len(db.session.scalars(select(Decision)).all())) == 1


def test_a_candidate_never_reads_a_decision(world, ines, report):
    ines.post(f"{report}/decision", data={"choice": "decline", "reason": "SECRETREASON it is."})
    fay = world.client("finished")
    for address in ("/assessment/", f"/attempts/{report.rpartition('/')[2]}/report"):
        assert "SECRETREASON" not in fay.get(address).text


def test_hidden_names_are_nowhere(ines, base, report):
    assert ines.post(f"{base}/names", data={"hide": "1"}).status_code == 302
    for address in (
        base,
        f"{base}/people",
        f"{base}/cohort",
        f"{base}/cohort.csv",
        f"{base}/cohort.json",
        f"{report}/report",
        f"{report}/report.json",
        f"{report}/report.html",
        "/appeals/",
    ):
        reply = ines.get(address)
        assert reply.status_code == 200
        assert "Fay" not in reply.text, address
        assert "Fay" not in str(reply.headers), address
    ines.post(f"{report}/decision", data={"choice": "advance", "reason": "The best of the three."})
    assert "Fay" in ines.get(f"{base}/cohort").text
    ines.post(f"{base}/names", data={"hide": "0"})
    assert "Otto" in ines.get(f"{base}/cohort").text


def test_files_hold_everyone_and_no_formula(world, ines, base, report):
    def rename():
        db.session.scalars(select(Invitation).where(Invitation.name == "Otto")).one().name = "=1+1"
        db.session.commit()

    world.find(rename)
    ines.post(f"{report}/decision", data={"choice": "advance", "reason": "+1 from the whole team"})
    reply = ines.get(f"{base}/cohort.csv")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert {"Nora", "Fay"} <= {row["name"] for row in rows}
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())
    fay = next(row for row in rows if row["name"] == "Fay")
    assert fay["started_at"] <= fay["ended_at"]
    assert float(fay["know_low"]) <= float(fay["know"]) <= float(fay["know_high"])
    people = json.loads(ines.get(f"{base}/cohort.json").text)["people"]
    assert {one["name"] for one in people} == {row["name"].removeprefix("'") for row in rows}


@pytest.mark.parametrize("name", ["Zoë Müller", "Ἀθηνᾶ", "Юлия", "李雷", "‮txt", "a" * 100])
def test_the_pdf_stands_any_name(world, ines, base, name):
    def rename():
        db.session.scalars(select(Invitation).where(Invitation.name == "Fay")).one().name = name
        db.session.commit()

    world.find(rename)
    reply = ines.get(f"{base}/cohort.pdf")
    assert reply.mimetype == "application/pdf"
    assert reply.data.startswith(b"%PDF-")
    assert reply.headers["Content-Disposition"].startswith("attachment")


def test_the_pdf_goes_on_over_pages():
    lines = [cohort_pdf.Line(number, f"Person {number}", ["50 (15 to 85), place 1"], "") for number in range(1, 121)]
    made = cohort_pdf.render("Backend", datetime(2026, 1, 2, tzinfo=UTC), ["knows"], lines, [], [])
    assert made.count(b"/Type /Page\n") == 4


def test_a_draft_has_no_cohort(world):
    irma = world.client("other interviewer")
    ref = world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Other")).one().ref)
    assert irma.get(f"/assessments/{ref}/cohort").status_code == 404
