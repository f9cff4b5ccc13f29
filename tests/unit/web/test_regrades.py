"""Regrades on their pages: from what can be changed to what was, and back."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from harness.services import pseudonyms, regrades, results
from harness.services.regrade_offers import Change
from harness.store.base import db, writing
from harness.store.models import Assessment, Attempt, Invitation, Regrade, RegradeState
from harness.worker import queue
from tests.unit.version_fixtures import newer_question, newer_task, with_right
from tests.unit.world_fixtures import grade_all

REASON = "The first check was stricter than the brief."


def assessment():
    return db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()


def regrade():
    return db.session.scalars(select(Regrade).order_by(Regrade.id.desc())).first()


@pytest.fixture
def base(world):
    return world.find(lambda: f"/assessments/{assessment().ref}/regrades/")


@pytest.fixture
def here(world, base):
    return base + world.find(lambda: regrade().ref)


@pytest.fixture
def client(world):
    return world.client("grader")


def drop(world):
    world.find(lambda: regrades.drop(regrade().id, 1))


def test_what_changes_is_told_person_by_person(client, here):
    page = client.get(here).text
    assert "Dry run" in page
    assert "Fay" in page
    assert "<code>first</code></th><td>passed</td><td>failed</td>" in page
    assert "sha256:1" in page
    assert "Apply it" in page


def test_it_is_applied_with_a_reason_and_rolled_back_with_one(world, client, here):
    before = world.find(fays)
    reply = client.post(here, data={"deed": "apply", "reason": REASON}, follow_redirects=True)
    assert "what the dry run found counts" in reply.text
    assert REASON in reply.text
    assert world.find(fays) < before
    reply = client.post(here, data={"deed": "roll-back", "reason": "It was right after all."}, follow_redirects=True)
    assert "what counted before counts again" in reply.text
    assert world.find(fays) == before


def fays():
    attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == "Fay")).one()
    return results.standing(attempt).do


def test_a_reason_that_is_too_short_is_kept_and_nothing_is_done(world, client, here):
    reply = client.post(here, data={"deed": "apply", "reason": "<b>So.</b>"[:9]})
    assert reply.status_code == 422
    assert "&lt;b&gt;So.&lt;" in reply.text
    assert "Give the reason in 10" in reply.text
    assert world.find(lambda: regrade().state) is RegradeState.DRY_RUN


def test_without_a_reason_it_says_so_on_the_page(client, here):
    reply = client.post(here, data={"deed": "apply"}, follow_redirects=True)
    assert "Give the reason" in reply.text


def test_an_unknown_deed_is_none(client, here):
    assert client.post(here, data={"deed": "guess"}).status_code == 400


def test_while_one_is_not_decided_no_other_can_begin(world, client, base, here):
    assert "is not decided yet" in client.get(base).text
    digest = world.find(lambda: assessment().items[-1].digest)
    reply = client.post(base, data={f"item-{digest}": "again"}, follow_redirects=True)
    assert "Another regrade of this assessment is not decided yet" in reply.text


def test_a_dry_run_from_its_beginning_to_its_end(world, client, base):
    drop(world)
    world.find(lambda: newer_task(assessment().items[-1].frozen))
    digest = world.find(lambda: assessment().items[-1].digest)
    page = client.get(base).text
    assert "Judge by the newer hidden tests" in page
    made = client.post(base, data={f"item-{digest}": "newer"}).headers["Location"]
    assert "0 of" in client.get(made).text
    assert "Apply it" not in client.get(made).text
    assert 'hx-trigger="every 2s"' in client.get(f"{made}/progress").text
    world.find(grade_all)
    assert client.get(f"{made}/progress").headers["HX-Refresh"] == "true"
    assert "every score and every verdict would stay as it was" in client.get(made).text
    assert "Apply it" in client.get(made).text
    client.post(made, data={"deed": "apply", "reason": REASON})
    assert "every score and every verdict stayed as it was" in client.get(made).text


def test_what_could_not_be_judged_can_be_tried_again(world, client, base):
    drop(world)

    def begin():
        return regrades.begin(assessment().id, {assessment().items[-1].digest: Change.AGAIN}, 1).ref

    made = base + world.find(begin)
    world.find(give_all_up)
    assert "not judged in this dry run" in client.get(made).text
    reply = client.post(made, data={"deed": "go-on"}, follow_redirects=True)
    assert "to be judged in this dry run, too" in reply.text
    assert "wait for the worker" in reply.text


def give_all_up():
    while held := queue.claim("test"):
        queue.give_back(held, "the engine is away")


def test_a_newer_key_shows_what_was_and_is_right(world, client, base):
    drop(world)

    def change():
        item = assessment().items[0]
        wrong = next(one.id for one in results.keys_of([item.digest])[item.digest].options if not one.correct)
        newer_question(item.frozen, lambda old: with_right(old, wrong))
        return item.digest

    digest = world.find(change)
    assert "Judge the answers by the newer key" in client.get(base).text
    made = client.post(base, data={f"item-{digest}": "newer"}).headers["Location"]
    page = client.get(made).text
    assert "<strong>✓ right</strong>" in page
    assert "<strong>wrong</strong>" in page
    assert "Apply it" in page


def test_names_that_are_hidden_stay_hidden(world, client, here):
    world.find(lambda: pseudonyms.hide_names(assessment().id, 1, hide=True))
    for page in (client.get(here).text, client.get(f"{here}.csv").text):
        assert "Fay" not in page
        assert "Candidate " in page


def test_the_file_holds_no_formula(world, client, here):
    def rename():
        with writing() as session:
            session.scalars(select(Invitation).where(Invitation.name == "Fay")).one().name = "=1+1"

    world.find(rename)
    found = list(csv.DictReader(io.StringIO(client.get(f"{here}.csv").data.decode("utf-8-sig"))))
    fay = next(one for one in found if "1+1" in one["name"])
    assert fay["name"] == "'=1+1"
    assert float(fay["can_do_after"]) < float(fay["can_do_before"])
    assert "submission 1: first passed > failed" in fay["what"]


def test_a_draft_has_no_regrades(world):
    ref = world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Other")).one().ref)
    assert world.client("administrator").get(f"/assessments/{ref}/regrades/").status_code == 404


def test_nothing_chosen_begins_nothing(world, client, base):
    drop(world)
    reply = client.post(base, data={"item-guess": "newer", "item-other": ""}, follow_redirects=True)
    assert "Choose what is to be judged anew" in reply.text


def test_a_catalogue_without_newer_versions_offers_the_image_alone(world, client, base):
    drop(world)
    page = client.get(base).text
    assert "on the image that the worker has now" in page
    assert "newer" not in page.partition("<form method")[2].partition("</form>")[0]
