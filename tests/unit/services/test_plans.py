"""Templates: each that comes with the platform can be drawn and fits its minutes; what is saved comes back."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select, update

from harness.domain.content import Level, Pool
from harness.services import assessments, dealing, drafting, drawing, plans, privacy
from harness.services.drafting import Rules
from harness.services.errors import Refused, Why
from harness.store.base import db, writing
from harness.store.models import (
    AiRule,
    AssessmentState,
    AuditEntry,
    Counts,
    FrozenItem,
    ItemKind,
    ReportPolicy,
    Role,
    Template,
)

MINUTES = {"junior": 45, "mid": 75, "senior": 90}
RULES = Rules(
    "Old",
    "**Hello**",
    question_minutes=20,
    task_minutes=70,
    ai_rule=AiRule.FORBIDDEN,
    report_policy=ReportPolicy.SCORES,
    most_submissions=5,
    counts=Counts.LAST,
    pass_mark=60,
    know_share=40,
)


@pytest.fixture
def draft(app, owner):
    """Three questions, a junior and a senior task."""
    made = assessments.create(owner, "Old")
    drafting.set_rules(made.id, RULES)
    drafting.draw_questions(made.id, "fundamentals:mid=2,security:mid=1", Pool.EXAM)
    levels = {one.level: one.digest for one in drawing.tasks()}
    drafting.set_tasks(made.id, [levels[Level.SENIOR], levels[Level.JUNIOR]])
    return made


def tasks(assessment):
    return [one.frozen for one in assessment.items if one.frozen.kind is ItemKind.TASK]


def cells(assessment):
    return Counter(dealing.cell_of(one.frozen) for one in assessment.items)


def test_those_that_come_with_the_platform_have_their_minutes(app):
    assert {name: plan.minutes for name, plan in plans.shipped().items()} == MINUTES
    assert list(plans.shipped()) == ["junior", "mid", "senior"]


@pytest.mark.parametrize("name", list(MINUTES))
def test_each_of_them_can_be_drawn_again_and_again_and_fits(app, owner, name):
    plan, seen = plans.shipped()[name], set()
    for number in range(8):
        begun = plans.begin(plan, owner, f"{name} {number}")
        draft = begun.draft
        drawn = tasks(draft)
        assert (len(draft.items), begun.left_out) == (plan.questions + len(drawn), 0)
        assert [one.level.value for one in drawn] == [name]
        assert sum(one.minutes for one in drawn) <= draft.task_minutes
        assert draft.question_minutes + draft.task_minutes == MINUTES[name]
        assert not [one for one in drafting.doubts(draft) if "minute" in one]
        assert len({cell.partition(":")[0] for cell in cells(draft)}) == 6  # all domains, and a task
        seen.add(frozenset(one.digest for one in draft.items))
    assert len(seen) == 8
    assessments.publish(draft.id, owner.id)
    assert draft.state is AssessmentState.PUBLISHED


def test_rules_and_blueprint_come_back_and_questions_are_drawn_anew(draft, owner):
    junior = tasks(draft)[1].digest
    first = {dealing.cell_of(one.frozen): one.digest for one in draft.items}
    drafting.set_weights(draft.id, {junior: 3, first["security:mid"]: 2, first["fundamentals:mid"]: 5})
    template = plans.save(draft.id, " Like it ", owner)
    made = plans.begin(plans.plan_named(template.ref, owner), owner, "New").draft
    assert (template.title, made.title, made.state) == ("Like it", "New", AssessmentState.DRAFT)
    for name in plans.RULES:
        assert getattr(made, name) == getattr(RULES, name), name
    assert cells(made) == cells(draft)
    assert {one.frozen.pool for one in made.items if one.frozen.kind is ItemKind.QUESTION} == {Pool.EXAM}
    assert [one.item for one in tasks(made)] == [one.item for one in tasks(draft)]
    weights = {dealing.cell_of(one.frozen): one.weight for one in made.items}
    # one question of its cell weighed more: of a new draw nobody knows which
    assert weights == {"fundamentals:mid": 1, "security:mid": 2, "task:senior": 1, "task:junior": 3}
    others = {plans.begin(plans.plan_named(template.ref, owner), owner, "N").draft.items[0].digest for _ in range(6)}
    assert len(others) > 1


def test_a_draw_for_each_person_comes_back_with_its_weights(app, owner):
    junior = [one.digest for one in drawing.tasks() if one.level is Level.JUNIOR][:3]
    made = assessments.create(owner, "Own")
    drafting.draw_questions(made.id, "orm:mid=2", Pool.PRACTICE, topics=["relationships"], own_draw=True)
    drafting.set_tasks(made.id, junior, {Level.JUNIOR: 2})
    drafting.set_weights(made.id, {made.items[0].digest: 4})
    assessments.publish(made.id, owner.id)
    again = plans.begin(plans.plan_of(made), owner, "Again").draft
    assert (again.own_draw, cells(again)) == (True, {"orm:mid": 2, "task:junior": 3})
    assert {one.frozen.topic_slug for one in again.items if one.frozen.kind is ItemKind.QUESTION} == {"relationships"}
    assessments.publish(again.id, owner.id)
    assert {(one.digest, one.cell, one.weight) for one in again.items} == {
        (one.digest, one.cell, one.weight) for one in made.items
    }


def test_tasks_that_are_offered_no_more_are_told(draft, owner):
    plan = plans.plan_of(draft)
    gone = tasks(draft)[0].digest
    with writing() as session:
        session.execute(update(FrozenItem).where(FrozenItem.digest == gone).values(current=False))
    begun = plans.begin(plan, owner, "New")
    assert (begun.left_out, len(tasks(begun.draft))) == (1, 1)


def test_a_catalogue_with_too_little_begins_nothing(app, owner):
    with writing() as session:
        session.execute(update(FrozenItem).where(FrozenItem.level == Level.SENIOR).values(current=False))
    before = len(assessments.overview(owner))
    for plan in (plans.shipped()["senior"], plans.Plan("x", tasks={"senior": 1}, rules={"task_minutes": 60})):
        with pytest.raises(Refused, match="too few"):
            plans.begin(plan, owner, "New")
    assert len(assessments.overview(owner)) == before


def test_templates_are_their_owners_and_those_that_administrators_share(draft, owner, add_user):
    other, ada = add_user(Role.INTERVIEWER), add_user(Role.ADMINISTRATOR)
    mine = plans.save(draft.id, "Mine", owner)
    shared = plans.save(draft.id, "Shared", ada)
    with pytest.raises(Refused) as refused:
        plans.share(mine.id, owner, shared=True)
    assert refused.value.why is Why.FORBIDDEN
    plans.share(shared.id, ada, shared=True)
    assert [one.title for one in plans.saved(owner)] == ["Mine", "Shared"]
    assert [one.title for one in plans.saved(other)] == ["Shared"]
    assert plans.plan_named(shared.ref, other).pool == "exam"
    for deed in (
        lambda: plans.plan_named(mine.ref, other),
        lambda: plans.own(shared.ref, other),
        lambda: plans.own(mine.ref, ada),
        lambda: plans.plan_named("nothing", owner),
    ):
        with pytest.raises(Refused, match="no such template"):
            deed()
    assert plans.own(shared.ref, ada).id == shared.id
    plans.share(shared.id, ada, shared=False)
    assert plans.saved(other) == []
    plans.remove(mine.id, owner)
    assert [one.title for one in db.session.scalars(select(Template))] == ["Shared"]
    kept = [one.action for one in db.session.scalars(select(AuditEntry)) if one.action.startswith("template.")]
    assert kept == ["template.save", "template.save", "template.share", "template.keep", "template.remove"]


def test_of_an_account_that_is_erased_shared_templates_alone_stay(draft, owner, add_user):
    ada, bea = add_user(Role.ADMINISTRATOR), add_user(Role.INTERVIEWER)
    plans.save(draft.id, "Alone", bea)
    shared = plans.save(draft.id, "Shared", bea)
    plans.share(shared.id, ada, shared=True)
    privacy.erase(bea, ada.id)
    assert [one.title for one in db.session.scalars(select(Template))] == ["Shared"]
