"""What a draft draws from, by the pages: topics, content, a draw for each person; and what a candidate will see."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.domain.content import Level
from harness.services import drawing, results
from harness.store.base import db, writing
from harness.store.models import Assessment, ContentRoot, FrozenItem
from tests.unit.web.test_assessments import links_of, text_of

NUMBERS = {"fundamentals:mid": "2", "pool": "practice", "do": "draw"}


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def draft(ines) -> str:
    """The address of a draft of Ines'."""
    return ines.post("/assessments/", data={"title": "Spring"}).location.removesuffix("/questions")


@pytest.fixture
def juniors(world) -> list[str]:
    return world.find(lambda: [one.digest for one in drawing.tasks() if one.level is Level.JUNIOR][:3])


def found(world, address: str, what):
    ask = select(Assessment).where(Assessment.ref == address.rsplit("/", 1)[1])
    return world.find(lambda: what(db.session.scalars(ask).one()))


def test_questions_come_from_the_topics_that_are_ticked(ines, draft, world):
    ines.post(f"{draft}/questions", data=NUMBERS | {"topic": ["contexts"]})
    assert found(world, draft, lambda it: {one.frozen.topic_slug for one in it.items}) == {"contexts"}
    page = ines.get(f"{draft}/questions").text
    assert re.findall(r'name="topic" value="([^"]+)" checked', page) == ["contexts"]


def test_what_there_is_is_counted_for_what_is_ticked_and_nothing_is_drawn(ines, draft, world):
    def there(page) -> list[str]:
        return re.findall(r'data-pool="practice">of (\d+)', page.text)

    everything = there(ines.get(f"{draft}/questions"))
    page = ines.post(
        f"{draft}/questions", data=NUMBERS | {"topic": ["contexts"], "fundamentals:mid": "9", "do": "count"}
    )
    assert page.status_code == 200
    assert sum(map(int, there(page))) < sum(map(int, everything))
    assert 'value="9"' in page.text
    assert "only " in page.text
    assert found(world, draft, lambda it: it.items) == []


def test_private_content_is_offered_beside_the_public_one(ines, draft, world):
    assert 'name="root"' not in ines.get(f"{draft}/questions").text
    with world.site.app_context(), writing() as session:
        session.add(ContentRoot(name="acme", place="/srv/acme <b>", public=False))
        for one in session.scalars(select(FrozenItem).where(FrozenItem.topic_slug == "contexts")):
            one.root, one.public = "acme", False
    assert 'value="acme"' in ines.get(f"{draft}/questions").text
    ines.post(f"{draft}/questions", data=NUMBERS | {"root": ["acme"]})
    assert found(world, draft, lambda it: {one.frozen.root for one in it.items}) == {"acme"}
    seen = ines.get("/assessments/content")
    assert "/srv/acme &lt;b&gt;" in seen.text
    for said in ("private", "Yours alone", "Whoever looks for it can read every question with its answer"):
        assert said in seen.text
    assert "no private content" not in seen.text


def test_without_private_content_it_is_said_how_to_have_some(ines):
    assert "There is no private content here" in ines.get("/assessments/content").text


def test_each_person_gets_a_draw_of_their_own(ines, draft, world, juniors):
    page = ines.post(f"{draft}/questions", data=NUMBERS | {"draw": "own"}, follow_redirects=True)
    assert "an example of what a person gets" in page.text
    assert "Another in its place" not in page.text
    assert "How many of these each person gets" in ines.get(f"{draft}/tasks").text
    for wrong, said in (("9", "each person can get"), ("x", "is a number")):
        page = ines.post(f"{draft}/tasks", data={"task": juniors, "each-junior": wrong})
        assert (page.status_code, said in page.text) == (422, True)
    ines.post(f"{draft}/tasks", data={"task": juniors, "each-junior": "1"})
    weights = text_of(ines.get(f"{draft}/weights"))
    assert "Fundamentals, mid each question" in weights
    assert "The junior tasks each that a person draws" in weights
    assert weights.count("each question") == 1
    seen = text_of(ines.get(f"{draft}/edit"))
    assert "Each person draws their own." in seen
    assert "Each person draws 1 of the junior ones." in seen

    ines.post(f"{draft}/publish")
    assert "2 questions in 45 minutes, 1 task in 60 minutes, each person a draw of their own" in text_of(
        ines.get(draft)
    )
    links = links_of(ines.post(f"{draft}/invite", data={"people": "Ann\nBob\nCid\nDot", "key": "k"}))
    dealt = set()
    for link in links:
        person = world.site.test_client()
        assert "2 questions, 45 minutes" in text_of(person.get(link, follow_redirects=True))
        begun = person.post("/assessment/questions/start", follow_redirects=True)
        dealt.add(re.sub(r"\s+", " ", person.get(begun.request.path.replace("/1", "")).text.split("<h1>")[1]))
    assert len(dealt) == 4


def test_a_candidates_view_has_no_answers_and_an_order_of_its_own(ines, draft, world, juniors):
    ines.post(f"{draft}/questions", data=NUMBERS | {"fundamentals:mid": "6"})
    ines.post(f"{draft}/tasks", data={"task": juniors[:1]})
    one, again, other = (ines.get(f"{draft}/preview/candidate?person={number}").text for number in ("1", "1", "2"))
    assert one.split("<h1>")[1] == again.split("<h1>")[1]
    stems = [re.findall(r'<div class="stem">(.*?)</div>', page, re.S) for page in (one, other)]
    assert stems[0] != stems[1]
    assert sorted(stems[0]) == sorted(stems[1])
    assert "As a candidate sees it" in one
    assert "badge pass" not in one
    assert "checked" not in one

    def secrets() -> list[str]:
        asked = db.session.scalars(select(Assessment).where(Assessment.ref == draft.rsplit("/", 1)[1])).one().items
        keys = results.keys_of(item.digest for item in asked if item.frozen.kind == "question")
        return [text for key in keys.values() for text in (key.explanation, *(option.why for option in key.options))]

    assert not [text for text in world.find(secrets) if text.strip() in one]
    with_answers = ines.get(f"{draft}/preview").text
    assert "With the answers" in with_answers
    assert with_answers.count("badge pass") >= 6
    for wrong in ("0", "-3", "x", "99999999999"):
        assert ines.get(f"{draft}/preview/candidate?person={wrong}").status_code == 200
