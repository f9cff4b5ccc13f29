"""Templates by the pages: begun with, saved, shared by administrators, removed; each sees what is theirs."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.services import plans
from harness.store.base import db
from harness.store.models import Assessment, Template
from tests.unit.web.test_assessments import text_of

EVIL = "<b>x</b>"


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def ref(world) -> str:
    """Of the template that Ines has."""
    return world.find(lambda: db.session.scalars(select(Template.ref)).one())


def test_a_draft_is_begun_with_each_that_comes_with_the_platform(ines):
    page = ines.get("/assessments/templates").text
    for name, said in (("junior", "Junior, 45 minutes"), ("mid", "Mid, 75 minutes"), ("senior", "Senior, 90 minutes")):
        assert said in page
        begun = ines.post("/assessments/", data={"title": f"For {name}", "template": name}, follow_redirects=True)
        assert "drawn just now" in begun.text
        assert f"For {name}" in begun.text
        assert "reckon" not in begun.text
        numbers = ines.get(begun.request.path.replace("/edit", "/questions")).text
        filled = dict(re.findall(r'name="(\w+:\w+)" min="0" value="(\d+)"', numbers))
        assert sum(map(int, filled.values())) == plans.shipped()[name].questions


def test_the_list_offers_templates_beside_an_empty_draft(ines):
    page = ines.get("/assessments/").text
    offered = re.search(r'<select[^>]*name="template">(.*?)</select>', page, re.S)[1]
    assert re.findall(r">([^<]+)</option>", offered) == [
        "an empty draft",
        "Like Backend",
        "Junior, 45 minutes",
        "Mid, 75 minutes",
        "Senior, 90 minutes",
    ]
    assert ines.post("/assessments/", data={"title": "Empty", "template": ""}).location.endswith("/questions")
    for wrong in ("nothing", "../junior"):
        refused = ines.post("/assessments/", data={"title": "T", "template": wrong})
        assert (refused.status_code, "no such template" in refused.text) == (422, True)


def test_a_draft_is_saved_as_a_template_and_comes_back(ines, world):
    begun = ines.post("/assessments/", data={"title": "Spring", "template": "mid"}).location.removesuffix("/edit")
    assert "Save as a template" in ines.get(f"{begun}/edit").text
    page = ines.post(f"{begun}/template", data={"title": EVIL}, follow_redirects=True)
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text
    assert EVIL not in page.text
    assert "15 questions in 25 minutes, 1 task in 50." in text_of(page)
    for wrong in ("", " ", "x" * 201):
        assert "A title has" in ines.post(f"{begun}/template", data={"title": wrong}, follow_redirects=True).text
    name = world.find(lambda: db.session.scalars(select(Template.ref).where(Template.title == EVIL)).one())
    again = ines.post("/assessments/", data={"title": "Again", "template": name}).location
    count = select(Assessment).where(Assessment.title == "Again")
    assert world.find(lambda: len(db.session.scalars(count).one().items)) == 16
    assert "Again" in ines.get(again).text


def test_administrators_share_and_others_only_use(ines, world, ref):
    irma, ada = world.client("other interviewer"), world.client("administrator")
    mine = f"/assessments/templates/{ref}"
    assert "Like Backend" not in irma.get("/assessments/templates").text
    assert irma.post(mine, data={"do": "remove"}).status_code == 404
    assert irma.post("/assessments/", data={"title": "T", "template": ref}).status_code == 422
    assert "Share it" not in ines.get("/assessments/templates").text
    assert "Administrators share" in ines.post(mine, data={"do": "share"}, follow_redirects=True).text
    assert ada.post(mine, data={"do": "share"}).status_code == 404

    backend = world.find(lambda: db.session.scalars(select(Assessment.ref).filter_by(title="Backend")).one())
    ada.post(f"/assessments/{backend}/template", data={"title": "For all"})
    hers = world.find(lambda: db.session.scalars(select(Template.ref).filter_by(title="For all")).one())
    assert "For all" not in irma.get("/assessments/templates").text
    ada.post(f"/assessments/templates/{hers}", data={"do": "share"})
    page = irma.get("/assessments/templates").text
    assert "For all" in page
    assert "shared" in page
    assert "Remove" not in page
    assert irma.post("/assessments/", data={"title": "T", "template": hers}).status_code == 302
    ada.post(f"/assessments/templates/{hers}", data={"do": "keep"})
    assert "For all" not in irma.get("/assessments/templates").text
    assert "is gone" in ines.post(mine, data={"do": "remove"}, follow_redirects=True).text
    assert "Like Backend" not in ines.get("/assessments/templates").text
    assert "None yet" in irma.get("/assessments/templates").text
