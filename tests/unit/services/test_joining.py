"""What is known against what is done, and the questions for the interview."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import zip_longest

import pytest

from harness.domain.verdicts import Outcome
from harness.services import frozen, interviewing, joining, reporting, taking_away
from harness.services.domains import Share
from harness.services.joining import Cell
from harness.store.base import db, writing
from harness.store.models import FrozenSecret, StoredTopic


@pytest.fixture
def topic(sitting):
    return frozen.topic_with(sitting.task.frozen)


def about(sitting, *concepts):
    """Has the questions be about these concepts of the task's topic, one each, and the others about none."""
    with writing() as session:
        for item, concept in zip_longest(sitting.questions, concepts):
            item.frozen.topic_slug = sitting.task.frozen.topic_slug
            secret = session.get_one(FrozenSecret, item.digest)
            content = json.loads(secret.content)
            content["topic"], content["concepts"] = item.frozen.topic_slug, [concept] if concept else []
            secret.content = json.dumps(content).encode()


def stands(sitting):
    found = joining.joined(reporting.for_staff(sitting.attempt))
    return {one.concept: one.cell for one in found}


def concepts_of(topic):
    """The concept of the first misconception, of which both checks are, and the other one of the fixtures' verdicts."""
    first = next(iter(topic.misconceptions.values())).concept
    return first, next(name for name in topic.concepts if name != first)


@pytest.mark.parametrize(
    ("right", "failed", "cells"),
    [
        ((True, True), ("one",), (Cell.KNOWS, Cell.BOTH)),
        ((False, False), ("one", "two"), (Cell.NEITHER, Cell.DOES)),
    ],
)
def test_a_concept_stands_where_its_evidence_puts_it(sitting, topic, right, failed, cells):
    first, other = concepts_of(topic)
    unbuilt = next(name for name in topic.concepts if name not in (first, other))
    about(sitting, first, other, unbuilt)
    sitting.answer(*right, True)
    sitting.hand_in()
    sitting.end()
    sitting.grade(*failed)
    found = stands(sitting)
    assert (found[first], found[other]) == cells
    assert found[unbuilt] is Cell.ASKED_RIGHT


def test_what_is_only_built_stands_apart(ended, topic):
    first, other = concepts_of(topic)
    about(ended, *[next(name for name in topic.concepts if name not in (first, other))] * len(ended.questions))
    found = stands(ended)
    assert (found[first], found[other]) == (Cell.BUILT_WRONG, Cell.BUILT_RIGHT)


def test_the_interview_begins_with_what_the_code_believes(ended, topic):
    asked = asked_of(ended)
    belief = next(iter(topic.misconceptions.values()))
    assert asked[0].belief == belief.belief
    assert asked[0].text == topic.concepts[belief.concept].interview
    assert len(asked) == interviewing.HOW_MANY
    assert len({(one.evidence.topic, one.evidence.concept) for one in asked}) == len(asked)
    assert [one.text for one in asked_of(ended)] == [one.text for one in asked]


def test_what_went_wrong_is_asked_before_what_went_right(ended):
    cells = [one.evidence.cell for one in asked_of(ended) if not one.belief]
    order = list({**interviewing.WENT_WRONG, **interviewing.WENT_WELL})
    assert cells == sorted(cells, key=order.index)


def asked_of(sitting):
    report = reporting.for_staff(sitting.attempt)
    return interviewing.questions(report, joining.joined(report))


def test_the_last_question_is_about_what_went_well_where_anything_did(sitting, topic):
    about(sitting)
    sitting.hand_in()
    sitting.end()
    template, *_ = sitting.verdicts("one")
    *wrong, well = list(topic.concepts)[:8]
    verdicts = [replace(template, check=name, concept=name) for name in wrong]
    verdicts.append(replace(template, check=well, concept=well, outcome=Outcome.PASSED))
    sitting.grade(verdicts=tuple(verdicts))
    cells = [one.evidence.cell for one in asked_of(sitting)]
    assert cells == [Cell.BUILT_WRONG] * 4 + [Cell.BUILT_RIGHT]


def word_anew(topic, belief, text):
    """Has the authors give a misconception a question of its own, after the assessment was published."""
    with writing() as session:
        stored = session.get_one(StoredTopic, topic.slug)
        content = json.loads(stored.content)
        content["misconceptions"][belief.id]["interview"] = text
        stored.content = json.dumps(content)


def test_a_belief_is_asked_about_in_its_own_words_and_shows_its_checks(ended, topic):
    belief = next(iter(topic.misconceptions.values()))
    word_anew(topic, belief, "What does your code believe?")
    first = asked_of(ended)[0]
    assert first.text == "What does your code believe?"
    assert first.holds == topic.concepts[belief.concept].definition
    assert [one.check.id for one in first.checks] == ["one", "two"]


def test_a_belief_that_showed_in_checks_of_another_concept_is_asked_about(sitting, topic):
    about(sitting)
    sitting.hand_in()
    sitting.end()
    belief = next(iter(topic.misconceptions.values()))
    _, other = concepts_of(topic)
    moved = tuple(replace(one, concept=other) for one in sitting.verdicts("one", "two"))
    sitting.grade("one", "two", verdicts=moved)
    first = asked_of(sitting)[0]
    assert (first.belief, first.evidence.concept) == (belief.belief, other)


def test_a_program_of_the_staffs_gets_both_and_a_candidates_none(ended):
    staff = taking_away.as_data(reporting.for_staff(ended.attempt))
    assert len(staff["interview"]) == interviewing.HOW_MANY
    assert {one["stands"] for one in staff["concepts"]} >= {Cell.BUILT_WRONG.value}
    candidate = taking_away.as_data(reporting.for_candidate(ended.attempt))
    assert "interview" not in candidate
    assert "concepts" not in candidate
    db.session.rollback()


def test_a_guard_that_held_shows_nothing_that_the_person_did(sitting, topic):
    first, other = concepts_of(topic)
    unbuilt = next(name for name in topic.concepts if name not in (first, other))
    about(sitting, first, other)
    sitting.answer(True, True)
    sitting.hand_in()
    sitting.end()
    earning, *guards = sitting.verdicts("three")
    guards = [replace(one, guard=True) for one in guards]
    sitting.grade(verdicts=(replace(earning, concept=unbuilt), *guards))
    found = stands(sitting)
    assert (found[first], found[other], found[unbuilt]) == (Cell.ASKED_RIGHT, Cell.KNOWS, Cell.BUILT_RIGHT)
    done = [line.do for line in reporting.for_staff(sitting.attempt).domains if line.do.whole]
    assert done == [Share(1, 2)]
