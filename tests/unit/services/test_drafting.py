"""A draft is changed step by step; what is published refuses every change but a later end."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from harness.domain.content import Domain, Level, Pool
from harness.services import assessments, drafting, drawing
from harness.services.drafting import Rules
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    AssessmentState,
    AuditEntry,
    FrozenItem,
    ItemKind,
    Role,
)

CELLS = "fundamentals:junior=2,security:mid=1"


@pytest.fixture
def draft(owner):
    return assessments.create(owner, "Spring")


@pytest.fixture
def full(draft):
    """A draft with three questions and one task."""
    drafting.draw_questions(draft.id, CELLS, Pool.PRACTICE)
    drafting.set_tasks(draft.id, [drawing.tasks()[0].digest])
    return draft


def names(draft) -> list[str]:
    db.session.expire_all()
    return [one.frozen.item for one in draft.items]


def questions(draft) -> list[FrozenItem]:
    return [one.frozen for one in draft.items if one.frozen.kind is ItemKind.QUESTION]


def log(action: str) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_a_draw_is_of_the_blueprint_and_the_same_again(draft):
    assert drafting.draw_questions(draft.id, CELLS, Pool.PRACTICE) == 3
    drawn = names(draft)
    found = sorted((one.topic.domain, one.level, one.pool) for one in questions(draft))
    assert found == [
        (Domain.FUNDAMENTALS, Level.JUNIOR, Pool.PRACTICE),
        (Domain.FUNDAMENTALS, Level.JUNIOR, Pool.PRACTICE),
        (Domain.SECURITY, Level.MID, Pool.PRACTICE),
    ]
    drafting.draw_questions(draft.id, CELLS, Pool.PRACTICE)
    assert names(draft) == drawn
    drafting.draw_questions(draft.id, CELLS, Pool.PRACTICE, again=True)
    assert names(draft) != drawn


def test_a_draw_keeps_to_its_pool_and_leaves_the_tasks(full):
    task = names(full)[-1]
    drafting.draw_questions(full.id, "apis:senior=1", Pool.EXAM)
    assert [one.pool for one in questions(full)] == [Pool.EXAM]
    assert names(full)[-1] == task
    drafting.draw_questions(full.id, "", Pool.EXAM)
    assert names(full) == [task]


@pytest.mark.parametrize("cells", ["fundamentals:junior=999", "nothing:junior=1", "fundamentals:junior=x"])
def test_a_draw_of_what_there_is_not_changes_nothing(full, cells):
    before = names(full)
    with pytest.raises(Refused) as refused:
        drafting.draw_questions(full.id, cells, Pool.PRACTICE)
    assert refused.value.why is Why.INVALID
    assert "--" not in str(refused.value)  # nothing of the command line's
    assert names(full) == before


def test_a_question_gives_way_to_one_like_it_in_its_place(full):
    before = names(full)
    gone = full.items[1].frozen
    drafting.replace_question(full.id, gone.digest, by_another=True)
    after = names(full)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True, True]
    new = full.items[1].frozen
    assert (new.level, new.topic.domain, new.pool) == (gone.level, gone.topic.domain, gone.pool)


def test_where_nothing_like_it_is_left_a_question_stays(full):
    gone = questions(full)[0]
    with writing() as session:
        session.execute(
            update(FrozenItem).where(FrozenItem.level == gone.level, FrozenItem.digest != gone.digest),
            {"current": False},
        )
    with pytest.raises(Refused, match="no other question"):
        drafting.replace_question(full.id, gone.digest, by_another=True)
    assert gone.item in names(full)


def test_one_question_is_taken_out_and_a_task_is_not_taken_for_one(full):
    before = names(full)
    drafting.replace_question(full.id, full.items[0].digest, by_another=False)
    assert names(full) == before[1:]
    with pytest.raises(Refused):
        drafting.replace_question(full.id, full.items[-1].digest, by_another=False)


def test_tasks_are_of_the_catalogue_and_no_questions(full):
    two = [one.digest for one in drawing.tasks()[:2]]
    drafting.set_tasks(full.id, [*two, two[0]])
    assert [one.digest for one in full.items[3:]] == two
    for wrong in ("f" * 64, drawing.offers([Pool.PRACTICE])[0].digest):
        with pytest.raises(Refused, match="no longer offers"):
            drafting.set_tasks(full.id, [wrong])
    assert len(names(full)) == 5


def test_weights_stay_with_their_items(full):
    digest = full.items[-1].digest
    drafting.set_weights(full.id, {digest: 3})
    drafting.replace_question(full.id, full.items[0].digest, by_another=True)
    drafting.set_tasks(full.id, [digest])
    db.session.expire_all()
    assert [one.weight for one in full.items] == [1, 1, 1, 3]
    for wrong in (0, -1, 101):
        with pytest.raises(Refused, match="from 1 to 100"):
            drafting.set_weights(full.id, {digest: wrong})


MOMENT = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"title": " \u202e "}, "title has 1 to 200"),
        ({"title": "x" * 201}, "title has 1 to 200"),
        ({"question_minutes": 0}, "1 to 1440 minutes"),
        ({"task_minutes": 1441}, "1 to 1440 minutes"),
        ({"opens_at": MOMENT, "closes_at": MOMENT}, "closes before it opens"),
        ({"pass_mark": 101}, "0 to 100"),
        ({"most_submissions": 0}, "1 to 100 times"),
        ({"welcome": "x" * 20_001}, "at most 20,000"),
    ],
)
def test_rules_that_do_not_fit_are_refused_and_change_nothing(draft, rules, said):
    with pytest.raises(Refused, match=said):
        drafting.set_rules(draft.id, Rules(**{"title": "Other", **rules}))
    db.session.expire_all()
    assert draft.title == "Spring"


def test_rules_are_kept(draft):
    drafting.set_rules(draft.id, Rules("Su\u202emmer", "Hello\r\n\u202ethere ", opens_at=MOMENT, pass_mark=60))
    db.session.expire_all()
    assert (draft.title, draft.welcome, draft.opens_at, draft.pass_mark) == ("Summer", "Hello\nthere", MOMENT, 60)


def revise(item: FrozenItem) -> FrozenItem:
    """The catalogue takes in a new version of an item."""
    kept = ("kind", "item", "title", "topic_slug", "level", "pool", "minutes", "public", "content", "kit")
    with writing() as session:
        found = session.get_one(FrozenItem, item.digest)
        new = FrozenItem(digest="a" * 64, revision=9, current=True, **{name: getattr(found, name) for name in kept})
        found.current = False
        session.flush()
        session.add(new)
    return new


def test_items_that_were_revised_are_renewed_with_their_weights(full):
    drafting.set_weights(full.id, {full.items[0].digest: 5})
    new = revise(full.items[0].frozen)
    with writing() as session:
        session.get_one(FrozenItem, full.items[1].digest).current = False
    assert drafting.renew(full.id) == (1, 1)
    db.session.expire_all()
    assert (full.items[0].digest, full.items[0].weight, len(full.items)) == (new.digest, 5, 3)
    assert drafting.renew(full.id) == (0, 0)


def test_a_task_that_was_revised_can_stay_chosen(full):
    digest = full.items[-1].digest
    revise(full.items[-1].frozen)
    drafting.set_tasks(full.id, [digest])
    assert full.items[-1].digest == digest


def test_doubts_are_told(full):
    drafting.set_rules(
        full.id, Rules("Spring", question_minutes=2, task_minutes=1, closes_at=now() - timedelta(days=1))
    )
    db.session.expire_all()
    said = " ".join(drafting.doubts(full))
    for part in ("and you give 1", "less than one minute", "over already", "4 of its 4 items come with assay"):
        assert part in said
    with writing():
        for one in full.items:
            one.frozen.public = False
        full.task_minutes = full.question_minutes = 500
        full.closes_at = None
    assert drafting.doubts(full) == []


def changes(draft) -> list:
    """Every deed that changes a draft."""
    first = draft.items[0].digest
    return [
        lambda: drafting.set_rules(draft.id, Rules("Other")),
        lambda: drafting.draw_questions(draft.id, "apis:mid=1", Pool.PRACTICE),
        lambda: drafting.replace_question(draft.id, first, by_another=True),
        lambda: drafting.replace_question(draft.id, first, by_another=False),
        lambda: drafting.set_tasks(draft.id, []),
        lambda: drafting.set_weights(draft.id, {first: 9}),
        lambda: drafting.renew(draft.id),
        lambda: assessments.throw_away(draft.id, draft.owner_id),
        lambda: assessments.publish(draft.id, draft.owner_id),
    ]


def whole(draft) -> dict:
    db.session.expire_all()
    row = {column.name: getattr(draft, column.name) for column in Assessment.__table__.columns}
    return row | {"items": [(one.digest, one.position, one.weight) for one in draft.items]}


@pytest.mark.parametrize("closed", [False, True])
def test_what_is_published_does_not_change(full, closed):
    assessments.publish(full.id, full.owner_id)
    if closed:
        assessments.close(full.id, full.owner_id)
    before = whole(full)
    for deed in changes(full):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.why is Why.NOT_NOW
    assert whole(full) == before


def test_publishing_is_told_with_every_item(full):
    assessments.publish(full.id, full.owner_id)
    db.session.expire_all()
    assert full.state is AssessmentState.PUBLISHED
    assert full.published_at is not None
    (entry,) = log("assessment.publish")
    assert entry.details["items"] == [one.digest for one in full.items]


def test_an_empty_draft_and_one_that_is_over_are_not_published(draft, full):
    drafting.draw_questions(full.id, "", Pool.PRACTICE)
    drafting.set_tasks(full.id, [])
    with pytest.raises(Refused, match="without questions and tasks"):
        assessments.publish(full.id, full.owner_id)
    drafting.draw_questions(full.id, CELLS, Pool.PRACTICE)
    drafting.set_rules(full.id, Rules("Spring", closes_at=now() - timedelta(minutes=1)))
    with pytest.raises(Refused, match="over already"):
        assessments.publish(full.id, full.owner_id)


def test_of_two_that_publish_at_once_one_does(app, full):
    number, owner, came, barrier = full.id, full.owner_id, [], threading.Barrier(2)
    db.session.remove()

    def go() -> None:
        with app.app_context():
            barrier.wait(10)
            try:
                assessments.publish(number, owner)
                came.append("published")
            except Refused as refused:
                came.append(refused.why)
            db.session.remove()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == sorted(["published", Why.NOT_NOW])
    assert len(log("assessment.publish")) == 1


def test_the_end_becomes_later_and_never_earlier(full):
    soon, later = now() + timedelta(hours=1), now() + timedelta(hours=2)
    drafting.set_rules(full.id, Rules("Spring", closes_at=later))
    with pytest.raises(Refused, match="among its rules"):
        assessments.extend(full.id, later, full.owner_id)
    assessments.publish(full.id, full.owner_id)
    for wrong in (soon, now() - timedelta(hours=1)):
        with pytest.raises(Refused):
            assessments.extend(full.id, wrong, full.owner_id)
    assessments.extend(full.id, later + timedelta(hours=1), full.owner_id)
    assessments.extend(full.id, None, full.owner_id)
    with pytest.raises(Refused, match="only end later"):
        assessments.extend(full.id, later, full.owner_id)
    assert len(log("assessment.extend")) == 2


def test_what_was_closed_opens_again_until_a_later_moment(full):
    assessments.publish(full.id, full.owner_id)
    assessments.close(full.id, full.owner_id)
    with pytest.raises(Refused, match="Only a published"):
        assessments.close(full.id, full.owner_id)
    with pytest.raises(Refused, match="has passed"):
        assessments.extend(full.id, now() - timedelta(minutes=1), full.owner_id)
    until = now() + timedelta(hours=1)
    assessments.extend(full.id, until, full.owner_id)
    db.session.expire_all()
    assert (full.state, full.closes_at) == (AssessmentState.PUBLISHED, until)


def test_a_copy_is_a_draft_of_whoever_made_it_with_items_as_they_are_now(full, add_user):
    other = add_user(Role.ADMINISTRATOR)
    drafting.set_weights(full.id, {full.items[0].digest: 4})
    drafting.set_rules(full.id, Rules("Spring", "Hello", task_minutes=99, closes_at=now() + timedelta(days=1)))
    assessments.publish(full.id, full.owner_id)
    new = revise(full.items[0].frozen)
    with writing() as session:
        session.get_one(FrozenItem, full.items[1].digest).current = False
    copied = assessments.copy(full.id, other.id)
    made = copied.draft
    assert copied.left_out == 1
    assert (made.state, made.owner_id, made.title) == (AssessmentState.DRAFT, other.id, "Spring (copy)")
    assert (made.welcome, made.task_minutes, made.closes_at) == ("Hello", 99, None)
    kept = [(one.digest, one.weight) for one in full.items]
    assert [(one.digest, one.weight) for one in made.items] == [(new.digest, 4), *kept[2:]]
    assert log("assessment.copy")[0].actor_id == other.id


def test_a_draft_that_is_thrown_away_is_gone_with_its_items(full):
    number = full.id
    assessments.throw_away(number, full.owner_id)
    assert db.session.get(Assessment, number) is None
    assert log("assessment.throw-away")[0].subject == "Spring"
    with pytest.raises(Refused, match="no such draft"):
        drafting.set_tasks(number, [])


@pytest.mark.parametrize(
    ("role", "reads", "changes_it"),
    [
        (Role.CANDIDATE, False, False),
        (Role.INTERVIEWER, False, False),
        (Role.GRADER, True, False),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_whose_an_assessment_is(draft, owner, add_user, role, reads, changes_it):
    other = add_user(role)
    for look, allowed in ((assessments.readable, reads), (assessments.own, changes_it)):
        assert look(draft.ref, owner).id == draft.id
        if allowed:
            assert look(draft.ref, other).id == draft.id
        else:
            with pytest.raises(Refused) as refused:
                look(draft.ref, other)
            with pytest.raises(Refused) as unknown:
                look("guess", other)
            assert (refused.value.why, str(refused.value)) == (Why.UNKNOWN, str(unknown.value))
    listed = {one.assessment.ref for one in assessments.overview(other)}
    assert (draft.ref in listed) is reads
