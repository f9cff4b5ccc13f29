"""The pages of likeness: the pairs, two side by side, hidden names, and what a candidate's code may not do there."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from sqlalchemy import select

from harness.domain.packs import pack
from harness.store.base import db, writing
from harness.store.models import AlikePair, Assessment, Comparison, ComparisonState


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def base(world):
    ref = world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().ref)
    return f"/assessments/{ref}"


@pytest.fixture
def pair(world, base):
    return f"{base}/alike/{world.find(lambda: db.session.scalars(select(AlikePair)).one().ref)}"


def test_the_page_says_that_likeness_is_no_proof(ines, base, pair):
    assert f"{base}/likeness/1" in ines.get(f"{base}/cohort").text
    for address in (f"{base}/likeness/1", pair):
        assert "Likeness is no proof." in ines.get(address).text
    page = ines.get(f"{base}/likeness/1").text
    assert ">62</strong> of 100" in page
    assert pair in page


def test_two_people_stand_side_by_side(ines, pair):
    page = ines.get(pair).text
    for part in ('href="#other-1"', 'id="one-1"', "# by Otto", "# by Fay", "71 of 100"):
        assert part in page, part


def test_names_stay_hidden(ines, base, pair):
    ines.post(f"{base}/names", data={"hide": "1"})
    page = ines.get(f"{base}/likeness/1").text
    assert "Otto" not in page
    assert "Candidate " in page
    page = ines.get(pair).text.replace("# by Otto", "").replace("# by Fay", "")
    assert "Otto" not in page
    assert "Fay" not in page


def test_submissions_are_compared_anew_when_that_is_asked_for(world, ines, base):
    assert ines.post(f"{base}/likeness/1").status_code == 302
    page = ines.get(f"{base}/likeness/1").text
    assert "are being compared" in page
    assert 'hx-trigger="every 2s"' in page
    part = ines.get(f"{base}/likeness/1", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<div")

    def fail():
        with writing() as session:
            found = session.scalars(select(Comparison)).one()
            found.state, found.trouble = ComparisonState.FAILED, "it took too long"

    world.find(fail)
    page = ines.get(f"{base}/likeness/1").text
    assert "it took too long" in page
    assert 'hx-trigger="every 2s"' not in page


def test_the_picture_is_well_formed(ines, base):
    reply = ines.get(f"{base}/likeness/1.svg")
    assert ET.fromstring(reply.text).tag.endswith("svg")
    assert "pairs of people" in reply.text


@pytest.mark.parametrize("address", ["likeness/2", "likeness/0", "likeness/2.svg", "alike/guessed"])
def test_what_is_not_there(ines, base, address):
    assert ines.get(f"{base}/{address}").status_code == 404


def test_another_assessments_pair_is_not_there(world, pair):
    irma = world.client("other interviewer")
    ref = world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Other")).one().ref)
    assert irma.get(pair).status_code == 404
    assert irma.get(f"/assessments/{ref}/alike/{pair.rpartition('/')[2]}").status_code == 404


def test_code_can_only_be_read(world, ines, pair):
    def change():
        with writing() as session:
            found = session.scalars(select(AlikePair)).one()
            found.one.blob.content = pack({"app.py": "<script>alert(1)</script>\u202e\x1b[31m\n".encode()})

    world.find(change)
    page = ines.get(pair).text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page
