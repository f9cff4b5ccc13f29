"""Each person draws their own questions and tasks from what was frozen: by the same numbers, worth the same."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import event, select, update

from harness.domain.content import Domain, Level, Pool
from harness.services import assessments, attempts, clocks, dealing, drafting, drawing, inviting, own_draws, uploading
from harness.services.errors import Refused
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.models import Assessment, Attempt, FrozenItem, ItemKind, Part

CELLS = "fundamentals:junior=3,security:mid=2"
SENIOR, JUNIOR = Level.SENIOR, Level.JUNIOR


def tasks(level: Level, count: int) -> list[str]:
    return [one.digest for one in drawing.tasks() if one.level is level][:count]


@pytest.fixture
def draft(app, owner) -> Assessment:
    """Five questions, of three junior tasks one, and one senior task that everybody gets."""
    made = assessments.create(owner, "Own")
    drafting.draw_questions(made.id, CELLS, Pool.PRACTICE, own_draw=True)
    drafting.set_tasks(made.id, [*tasks(JUNIOR, 3), *tasks(SENIOR, 1)], {JUNIOR: 1})
    return made


@pytest.fixture
def published(draft, owner) -> Assessment:
    assessments.publish(draft.id, owner.id)
    return draft


def begun(assessment: Assessment, owner, count: int) -> list[Attempt]:
    people = inviting.invite(assessment.id, [Invitee(f"P{number}") for number in range(count)], owner.id)
    return [attempts.begin(one.id) for one, _ in people]


def cells(attempt: Attempt) -> Counter[str]:
    return Counter(dealing.cell_of(one.frozen) for one in attempt.items)


def digests(attempt: Attempt, part: Part = Part.QUESTIONS) -> set[str]:
    return {one.digest for one in attempt.items if one.part is part}


def test_everybody_gets_as_many_of_each_cell_and_not_the_same(published, owner):
    everyone = begun(published, owner, 12)
    for one in everyone:
        assert cells(one) == {"fundamentals:junior": 3, "security:mid": 2, "task:junior": 1, "task:senior": 1}
    assert len({frozenset(digests(one)) for one in everyone}) > 6
    assert len({frozenset(digests(one, Part.TASKS)) for one in everyone}) == 3
    assert clocks.offered(published) == {Part.QUESTIONS: 5, Part.TASKS: 2}
    pool = {one.digest for one in published.items}
    assert all(one.digest in pool for attempt in everyone for one in attempt.items)


def test_a_draw_is_spread_over_topics(published, owner):
    for one in begun(published, owner, 5):
        topics = Counter(item.frozen.topic_slug for item in one.items if item.part is Part.QUESTIONS)
        assert max(topics.values()) == 1


def test_a_persons_draw_is_theirs_for_good(published, owner):
    (one,) = begun(published, owner, 1)
    before = [(item.digest, item.shown) for item in one.items]
    assert [(item.digest, item.shown) for item in attempts.begin(one.invitation_id).items] == before
    assert [item.digest for item in dealing.dealt(published, one.seed)] == [digest for digest, _ in before]


def test_what_is_frozen_is_drawn_from_whatever_the_catalogue_becomes(published, owner):
    pool = {one.digest for one in published.items}
    with writing() as session:
        session.execute(update(FrozenItem).values(current=False))
    for one in begun(published, owner, 3):
        assert {item.digest for item in one.items} <= pool


def test_items_of_a_cell_weigh_the_same_for_everybody(draft, owner):
    first = next(one for one in draft.items if one.frozen.topic.domain is Domain.SECURITY)
    junior, senior = tasks(JUNIOR, 1)[0], tasks(SENIOR, 1)[0]
    drafting.set_weights(draft.id, {first.digest: 4, junior: 2, senior: 3})
    drafting.draw_questions(draft.id, CELLS, Pool.PRACTICE, again=True, own_draw=True)
    assessments.publish(draft.id, owner.id)
    for attempt in begun(draft, owner, 6):
        weights = {dealing.cell_of(one.frozen): one.weight for one in attempt.items}
        assert weights == {"fundamentals:junior": 1, "security:mid": 4, "task:junior": 2, "task:senior": 3}
        assert sum(one.weight for one in attempt.items if one.part is Part.QUESTIONS) == 3 * 1 + 2 * 4


def test_topics_and_content_roots_are_kept_to(app, owner):
    made = assessments.create(owner, "Topics")
    topics = ["contexts", "request-lifecycle"]
    drafting.draw_questions(made.id, "fundamentals:mid=3", Pool.PRACTICE, topics=topics, own_draw=True)
    assert {one.frozen.topic_slug for one in made.items} == set(topics)
    with pytest.raises(Refused, match="too few"):
        drafting.draw_questions(made.id, "fundamentals:mid=3", Pool.PRACTICE, roots=["elsewhere"])
    drafting.draw_questions(made.id, "fundamentals:mid=3", Pool.PRACTICE, topics=topics, roots=["assay"], own_draw=True)
    assessments.publish(made.id, owner.id)
    assert {one.frozen.topic_slug for one in made.items} == set(topics)
    assert len(made.items) > 3


def test_another_question_comes_from_the_chosen_topics(app, owner):
    made = assessments.create(owner, "Topics")
    drafting.draw_questions(made.id, "fundamentals:mid=2", Pool.PRACTICE, topics=["contexts"])
    for _ in range(3):
        drafting.replace_question(made.id, made.items[0].digest, by_another=True)
    assert {one.frozen.topic_slug for one in made.items} == {"contexts"}


def test_an_example_is_not_changed_by_hand(draft):
    with pytest.raises(Refused, match="an example"):
        drafting.replace_question(draft.id, draft.items[0].digest, by_another=True)


@pytest.mark.parametrize("each", [{JUNIOR: 0}, {JUNIOR: 4}, {Level.MID: 1}])
def test_nobody_gets_more_tasks_than_were_chosen(draft, each):
    with pytest.raises(Refused, match="each person can get"):
        drafting.set_tasks(draft.id, tasks(JUNIOR, 3), each)
    assert draft.blueprint["tasks"] == {"junior": 1}


def test_who_gets_all_chosen_tasks_draws_none(draft, owner):
    drafting.set_tasks(draft.id, tasks(JUNIOR, 3))
    drafting.set_weights(draft.id, {tasks(JUNIOR, 1)[0]: 5})
    assessments.publish(draft.id, owner.id)
    (one,) = begun(draft, owner, 1)
    assert [item.weight for item in one.items if item.part is Part.TASKS] == [5, 1, 1]


def test_a_catalogue_that_lost_its_questions_is_not_published(draft, owner):
    with writing() as session:
        gone = update(FrozenItem).where(FrozenItem.kind == ItemKind.QUESTION, FrozenItem.level == Level.MID)
        session.execute(gone.values(current=False))
    with pytest.raises(Refused, match="too few"):
        assessments.publish(draft.id, owner.id)
    assert [one.cell for one in draft.items] == [""] * 9


def test_minutes_are_reckoned_for_one_person(draft):
    junior = [one.minutes for one in drawing.tasks() if one.level is JUNIOR][:3]
    senior = next(one.minutes for one in drawing.tasks() if one.level is SENIOR)
    assert own_draws.most_minutes(draft) == max(junior) + senior
    assert any("not all of the same length" in one for one in drafting.doubts(draft)) == (len(set(junior)) > 1)


def test_a_copy_is_a_draft_of_the_same_blueprint(published, owner):
    copied = assessments.copy(published.id, owner.id)
    assert (copied.left_out, copied.draft.own_draw) == (0, True)
    assert Counter(dealing.cell_of(one.frozen) for one in copied.draft.items) == {
        "fundamentals:junior": 3,
        "security:mid": 2,
        "task:junior": 3,
        "task:senior": 1,
    }
    assessments.publish(copied.draft.id, owner.id)
    assert {one.digest for one in copied.draft.items} == {one.digest for one in published.items}


def test_a_task_that_not_everybody_has_takes_no_upload(published):
    assert uploading.need_task(published, tasks(SENIOR, 1)[0])
    with pytest.raises(Refused, match="draws their tasks"):
        uploading.need_task(published, tasks(JUNIOR, 1)[0])


def test_beginning_asks_the_store_as_often_whatever_may_be_drawn(published, owner):
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    begun(published, owner, 1)
    assert len(published.items) > 40
    assert len([one for one in asked if one.startswith("SELECT")]) < 25


def test_everybody_the_same_is_as_it_was(app, owner):
    made = assessments.create(owner, "Same")
    drafting.draw_questions(made.id, CELLS, Pool.PRACTICE)
    drafting.set_tasks(made.id, tasks(JUNIOR, 2))
    assessments.publish(made.id, owner.id)
    assert [one.cell for one in made.items] == [""] * 7
    one, other = begun(made, owner, 2)
    assert digests(one) == digests(other)
    assert [item.digest for item in one.items] != [item.digest for item in other.items]


def test_what_comes_from_where_is_counted(app):
    (root,) = drawing.roots()
    assert (root.name, root.public) == ("assay", True)
    asked = select(FrozenItem).where(FrozenItem.kind == ItemKind.QUESTION, FrozenItem.current)
    assert sum(root.questions.values()) == len(db.session.scalars(asked).all())
    assert root.tasks == len(drawing.tasks())


@pytest.mark.parametrize(
    ("numbers", "minutes"), [({JUNIOR: 1}, 30), ({SENIOR: 1}, 60), ({JUNIOR: 1, Level.MID: 1}, 65)]
)
def test_tasks_are_drawn_to_fit_their_minutes(app, numbers, minutes):
    seen = set()
    for seed in map(str, range(12)):
        drawn = drawing.draw_tasks(numbers, seed, minutes)
        assert Counter(one.level for one in drawn) == Counter(numbers)
        assert sum(one.minutes for one in drawn) <= minutes
        assert len({one.topic_slug for one in drawn}) == len(drawn)
        seen.add(tuple(one.digest for one in drawn))
    assert len(seen) > 1
