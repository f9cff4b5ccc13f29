"""Grades: what they are made of, who gives points, and when candidates get to read them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event, select

from harness.domain.packs import unpack
from harness.services import (
    assessments,
    attempts,
    grades,
    handing_in,
    inviting,
    privacy,
    pseudonyms,
    publishing,
    reporting,
    rubrics,
)
from harness.services.errors import Refused, Why
from harness.services.inviting import Invitee
from harness.services.publishing import Rules
from harness.services.rubrics import Given, Wording
from harness.store.base import db, writing
from harness.store.models import AuditEntry, Award, Criterion, Part, Shown

HELD_BACK = Rules(Shown.WHEN_PUBLISHED)


@pytest.fixture
def criteria(sitting, owner):
    """A rubric of two lines, worth 6 and 4 points."""
    task = sitting.task.frozen.item
    return [
        rubrics.add(sitting.assessment.id, task, Wording(title, "as the brief says", points), owner.id)
        for title, points in (("Readable", 6.0), ("Tested", 4.0))
    ]


def submission_of(sitting):
    return sitting.task.submissions[-1]


def give(sitting, owner, criteria, *points, seen=""):
    given = {one.id: Given(value) for one, value in zip(criteria, points, strict=False)}
    return rubrics.give(submission_of(sitting).id, given, owner.id, seen)


def only_tasks(sitting):
    """The assessment asks no questions any more."""
    with writing() as session:
        for one in [item for item in sitting.assessment.items if item.frozen.kind == "question"]:
            session.delete(one)
        for one in sitting.questions:
            session.delete(one)
    db.session.expire_all()


def test_without_a_rubric_a_grade_is_the_score(ended):
    only_tasks(ended)
    grade = grades.of_attempt(ended.attempt)
    assert (grade.know, grade.do, grade.human, grade.final, grade.open) == (None, 50.0, None, 50.0, ())
    assert not grade.says_more


def test_knowing_and_doing_stay_two_unless_they_are_weighed(ended):
    grade = grades.of_attempt(ended.attempt)
    assert (grade.know, grade.do, grade.final, grade.open) == (75.0, 50.0, None, ())
    ended.set(know_share=20)
    assert grades.of_attempt(ended.attempt).final == 55.0


def test_points_stand_beside_the_score_and_are_weighed_only_where_that_is_set(ended, owner, criteria):
    only_tasks(ended)
    give(ended, owner, criteria, 4.5, 3)
    grade = grades.of_attempt(ended.attempt)
    assert (grade.do, grade.human, grade.final) == (50.0, 75.0, 50.0)
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    publishing.set_rules(ended.assessment.id, Rules(Shown.WHEN_PUBLISHED, 40), owner.id)
    grade = grades.of_attempt(ended.attempt)
    assert (grade.do, grade.human, grade.final) == (50.0, 75.0, 60.0)
    assert grade.says_more


@pytest.mark.parametrize(
    ("automatic", "human", "percent", "total"),
    [
        (50.0, 100.0, 0, 50.0),
        (50.0, 100.0, 100, 100.0),
        (50.0, 100.0, 25, 62.5),
        (50.0, None, 0, 50.0),
        (None, 80.0, 100, 80.0),
        (None, 80.0, 50, None),
        (50.0, None, 50, None),
    ],
)
def test_how_a_score_and_points_are_weighed(automatic, human, percent, total):
    assert grades.weighed(automatic, human, percent) == total


def test_what_is_open_is_said_and_is_never_a_zero(sitting, owner, criteria):
    publishing.set_rules(sitting.assessment.id, Rules(Shown.WHEN_PUBLISHED, 40), owner.id)
    assert grades.of_attempt(sitting.attempt).open[:2] == ("at work on the questions", "at work on the tasks")
    sitting.hand_in()
    sitting.end()
    assert grades.of_attempt(sitting.attempt).open == ("being graded", "points by hand missing")
    sitting.give_up()
    give(sitting, owner, criteria, 6, 4)
    grade = grades.of_attempt(sitting.attempt)
    assert grade.open == ("not judged, by a fault of ours",)
    assert (grade.do, grade.human, grade.final) == (None, 100.0, None)


def test_who_has_not_begun_has_no_grade_and_who_handed_in_nothing_has_no_points(sitting, owner, criteria):
    only_tasks(sitting)
    ((late, _),) = inviting.invite(sitting.assessment.id, [Invitee("Late")], owner.id)
    publishing.set_rules(sitting.assessment.id, Rules(human_percent=50), owner.id)
    attempts.end_part(sitting.attempt.id, Part.TASKS)
    nora, other = grades.of_assessment(sitting.assessment)
    assert (other.invitation, other.final, other.open) == (late, None, ("not begun",))
    assert (nora.do, nora.human, nora.final, nora.open) == (0.0, 0.0, 0.0, ())


def test_points_belong_to_a_submission_and_not_to_a_later_one(sitting, owner, criteria):
    only_tasks(sitting)
    publishing.set_rules(sitting.assessment.id, Rules(human_percent=50), owner.id)
    sitting.hand_in("x = 1\n")
    sitting.grade("one", "two")
    give(sitting, owner, criteria, 6, 4)
    sitting.hand_in("x = 2\n")
    sitting.grade()
    attempts.end_part(sitting.attempt.id, Part.TASKS)
    grade = grades.of_attempt(sitting.attempt)
    assert grade.tasks[0].submission == submission_of(sitting).ref
    assert (grade.do, grade.human, grade.open) == (100.0, None, ("points by hand missing",))


def test_points_are_given_by_one_person_at_a_time(ended, owner, criteria):
    first = give(ended, owner, criteria, 3, 2)
    assert (first.given, first.possible, first.percent) == (5.0, 10.0, 50.0)
    with pytest.raises(Refused, match="Somebody else has given points") as refusal:
        give(ended, owner, criteria, 1, 1)
    assert refusal.value.why is Why.CONFLICT
    second = give(ended, owner, criteria, 3, seen=first.seen)
    assert second.given is None
    assert [line.award.points for line in second.lines if line.award] == [3.0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Given(7), "0 to 6 points"),
        (Given(-1), "0 to 6 points"),
        (Given(1.1), "in quarters"),
        (Given(None, "why?"), "a comment and no points"),
        (Given(1, "x" * 5_000), "at most 4,000 characters"),
    ],
)
def test_points_that_do_not_fit_change_nothing(ended, owner, criteria, given, said):
    with pytest.raises(Refused, match=said):
        rubrics.give(submission_of(ended).id, {criteria[1].id: Given(2), criteria[0].id: given}, owner.id, "")
    assert db.session.scalars(select(Award)).all() == []


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (Wording("", "", 1), "1 to 200 characters"),
        (Wording("Readable", "", 0), "more than 0"),
        (Wording("Readable", "", 0.1), "in quarters"),
        (Wording("Readable", "", 1_001), "at most 1,000"),
        (Wording("Readable", "x" * 3_000, 1), "at most 2,000 characters"),
    ],
)
def test_a_criterion_that_does_not_fit_is_not_made(sitting, owner, wording, said):
    with pytest.raises(Refused, match=said):
        rubrics.add(sitting.assessment.id, sitting.task.frozen.item, wording, owner.id)


def test_a_criterion_is_of_a_task_of_the_assessment(sitting, owner):
    for task in ("no/such", sitting.questions[0].frozen.item):
        with pytest.raises(Refused, match="no such task"):
            rubrics.add(sitting.assessment.id, task, Wording("Readable", "", 1), owner.id)


def test_a_criterion_is_reworded_but_never_worth_less_than_somebody_has(ended, owner, criteria):
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    give(ended, owner, criteria, 5, 4)
    with pytest.raises(Refused, match="Somebody has 5 points"):
        rubrics.change(criteria[0].id, Wording("Readable", "", 4), owner.id)
    rubrics.change(criteria[0].id, Wording("Clear", "", 5), owner.id)
    assert rubrics.sheet(submission_of(ended)).percent == 100.0
    assert rubrics.remove(criteria[0].id, owner.id) == 1
    assert rubrics.sheet(submission_of(ended)).possible == 4.0


def test_how_grades_are_made_does_not_change_under_who_can_read_one(ended, owner, criteria):
    give(ended, owner, criteria, 3, 2)
    for deed in (
        lambda: publishing.set_rules(ended.assessment.id, Rules(human_percent=10), owner.id),
        lambda: rubrics.add(ended.assessment.id, ended.task.frozen.item, Wording("Fast", "", 1), owner.id),
        lambda: rubrics.remove(criteria[0].id, owner.id),
        lambda: rubrics.change(criteria[0].id, Wording("Readable", "", 100), owner.id),
    ):
        with pytest.raises(Refused, match="have read their grades already"):
            deed()
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    publishing.publish(ended.assessment.id, owner.id)
    with pytest.raises(Refused, match="Take the grades back first"):
        rubrics.remove(criteria[0].id, owner.id)
    publishing.take_back(ended.assessment.id, owner.id)
    rubrics.remove(criteria[0].id, owner.id)


def test_nothing_is_read_before_it_is_published_and_all_of_it_after(ended, owner):
    assert reporting.not_yet(ended.attempt) == ""
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    with pytest.raises(Refused, match="when the grades are published"):
        reporting.for_candidate(ended.attempt)
    publishing.publish(ended.assessment.id, owner.id)
    assert reporting.for_candidate(ended.attempt).do == 50.0
    publishing.take_back(ended.assessment.id, owner.id)
    assert reporting.not_yet(ended.attempt) == publishing.NOT_PUBLISHED
    said = [one.action for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert [one for one in said if one.startswith("grades.")] == ["grades.rules", "grades.publish", "grades.take-back"]


def test_publishing_twice_is_publishing_once_and_what_is_shown_at_once_is_not_published(ended, owner):
    with pytest.raises(Refused, match="shown at once"):
        publishing.publish(ended.assessment.id, owner.id)
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    publishing.publish(ended.assessment.id, owner.id)
    first = ended.assessment.grade_rules.published_at
    publishing.publish(ended.assessment.id, owner.id)
    assert ended.assessment.grade_rules.published_at == first
    with pytest.raises(Refused, match="Take them back before"):
        publishing.set_rules(ended.assessment.id, Rules(), owner.id)


def test_names_are_hidden_until_the_grades_are_published(ended, owner):
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    pseudonyms.hide_names(ended.assessment.id, owner.id, hide=True)
    assert pseudonyms.name_of(ended.attempt).startswith("Candidate ")
    publishing.publish(ended.assessment.id, owner.id)
    assert pseudonyms.name_of(ended.attempt) == "Nora"
    publishing.take_back(ended.assessment.id, owner.id)
    assert pseudonyms.name_of(ended.attempt).startswith("Candidate ")


def test_a_copy_has_the_same_rubric_and_rules_and_nothing_published(ended, owner, criteria):
    publishing.set_rules(ended.assessment.id, HELD_BACK, owner.id)
    publishing.set_rules(ended.assessment.id, Rules(Shown.WHEN_PUBLISHED, 30), owner.id)
    publishing.publish(ended.assessment.id, owner.id)
    made = assessments.copy(ended.assessment.id, owner.id).draft
    copied = rubrics.rubric(made.id, ended.task.frozen.item)
    assert [(one.title, one.points) for one in copied] == [("Readable", 6.0), ("Tested", 4.0)]
    assert publishing.rules_of(made) == Rules(Shown.WHEN_PUBLISHED, 30)
    assert made.grade_rules.published_at is None


def test_points_are_handed_over_and_erased_with_their_person(ended, owner, criteria):
    give(ended, owner, criteria, 3, 2)
    told = json.loads(unpack(privacy.export(ended.attempt.invitation))["person.json"])
    (task,) = [one for one in told["attempts"][0]["items"] if one["submissions"]]
    assert [one["points"] for one in task["submissions"][0]["points"]] == [3.0, 2.0]
    privacy.erase(ended.attempt.invitation, owner.id)
    assert db.session.scalars(select(Award)).all() == []
    assert len(db.session.scalars(select(Criterion)).all()) == 2


def statements(deed):
    """How many statements it sends to the database."""
    said = []

    def note(connection, cursor, statement, *rest):
        said.append(statement)

    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    deed()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(said)


def test_a_class_costs_no_more_queries_than_a_person(ended, owner, criteria):
    ref = ended.assessment.ref

    def read():
        for one in grades.of_assessment(assessments.readable(ref, owner)):
            assert one.open is not None

    give(ended, owner, criteria, 3, 2)
    before = statements(read)
    for number in range(4):
        ((invitation, _),) = inviting.invite(ended.assessment.id, [Invitee(f"P{number}")], owner.id)
        made = attempts.begin(invitation.id)
        attempts.start_part(made.id, Part.TASKS)
        handed_in = handing_in.hand_in(made.items[-1].id, "click", {"app.py": f"x = {number}\n".encode()})
        ended.grade("one")
        rubrics.give(handed_in.id, {criteria[0].id: Given(2)}, owner.id, "")
    assert statements(read) == before


def test_the_report_has_the_grade(ended, owner, criteria):
    ended.set(know_share=50)
    give(ended, owner, criteria, 3, 2)
    for report in (reporting.for_candidate(ended.attempt), reporting.for_staff(ended.attempt)):
        assert report.grade.human == 50.0
        assert report.grade.final == 62.5
