"""The graders' queue: what the filters leave, the way through it, and that its queries do not grow with it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event, select

from harness.domain.verdicts import Outcome
from harness.services import (
    appeals,
    attempts,
    comments,
    decisions,
    grading_queue,
    handing_in,
    inviting,
    overruling,
    practice,
    pseudonyms,
    rubrics,
)
from harness.services.comments import WHOLE
from harness.services.grading_queue import Having, Stand, Wanted
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.models import Assessment, FrozenItem, Job, Part, Role, Submission, User
from harness.worker import queue
from tests.unit.sitting_fixtures import Sitting
from tests.unit.worker.test_queue import RESULT

ALL = Wanted()
REASON = "The test asks for what the brief leaves open."


@dataclass
class Crowd:
    """People who have handed in, in this order, and who looks at it."""

    grader: User
    sittings: dict[str, Sitting]

    def names(self, wanted: Wanted = ALL, user: User | None = None) -> list[str]:
        found = grading_queue.page(user or self.grader, wanted).rows
        return [one.attempt.invitation.name for one in found]

    def submission(self, name: str) -> Submission:
        return self.sittings[name].task.submissions[0]


def seat(assessment: Assessment, name: str) -> Sitting:
    invitation = inviting.invite(assessment.id, [Invitee(name)], assessment.owner_id)[0][0]
    attempt = attempts.begin(invitation.id)
    for part in Part:
        attempts.start_part(attempt.id, part)
    return Sitting(attempt)


@pytest.fixture
def crowd(owner, add_user):
    """Anna has 100, Björn 50, Clara waits, Dora met a fault of ours."""
    assessment = db.session.scalars(select(Assessment)).one()
    sittings = {name: seat(assessment, name) for name in ("Anna", "Björn", "Clara", "Dora")}
    for name, sitting in sittings.items():
        sitting.hand_in(f"# {name}\n")
    sittings["Anna"].grade()
    sittings["Björn"].grade("one", "two")
    clara = queue.claim("busy")
    sittings["Dora"].give_up()
    assert clara is not None
    queue.give_back(clara, "not now")
    db.session.expire_all()
    return Crowd(add_user(Role.GRADER), sittings)


def test_the_newest_come_first_or_the_oldest(crowd):
    assert crowd.names() == ["Dora", "Clara", "Björn", "Anna"]
    assert crowd.names(Wanted(oldest=True)) == ["Anna", "Björn", "Clara", "Dora"]


def test_rows_say_where_each_stands(crowd):
    rows = {one.attempt.invitation.name: one for one in grading_queue.page(crowd.grader, Wanted()).rows}
    assert {name: (row.stand, row.score, row.going_on, row.counts) for name, row in rows.items()} == {
        "Anna": (Stand.GRADED, 100, False, True),
        "Björn": (Stand.GRADED, 50, False, True),
        "Clara": (Stand.UNGRADED, None, True, False),
        "Dora": (Stand.FAULT, None, False, False),
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(state=Stand.GRADED), ["Björn", "Anna"]),
        (Wanted(state=Stand.UNGRADED), ["Clara"]),
        (Wanted(state=Stand.FAULT), ["Dora"]),
        (Wanted(low=50), ["Björn", "Anna"]),
        (Wanted(low=50.1), ["Anna"]),
        (Wanted(high=50), ["Björn"]),
        (Wanted(low=60, high=70), []),
        (Wanted(state=Stand.FAULT, low=0), []),
        (Wanted(name="BJÖ"), ["Björn"]),
        (Wanted(name="a", state=Stand.GRADED), ["Anna"]),
        (Wanted(name="%"), []),
        (Wanted(assessment="guess"), []),
        (Wanted(task="guess/guess"), []),
    ],
)
def test_filters(crowd, wanted, names):
    assert crowd.names(wanted) == names


def test_a_task_and_an_assessment_are_chosen_by_what_addresses_call_them(crowd):
    attempt = crowd.sittings["Anna"].attempt
    chosen = Wanted(assessment=attempt.assessment.ref, task=crowd.sittings["Anna"].task.frozen.item)
    assert len(crowd.names(chosen)) == 4
    found = grading_queue.choices(crowd.grader, chosen)
    assert found.assessments == ((attempt.assessment.ref, "Backend"),)
    assert found.tasks == ((chosen.task, crowd.sittings["Anna"].task.frozen.title),)


def test_scores_are_as_people_decided(crowd):
    overruling.about_check(crowd.submission("Björn").id, "one", Outcome.PASSED, REASON, crowd.grader)
    overruling.about_check(crowd.submission("Anna").id, "one", Outcome.OURS, REASON, crowd.grader)
    assert crowd.names(Wanted(low=75, high=75)) == ["Björn"]
    assert crowd.names(Wanted(low=50, high=50)) == []
    assert crowd.names(Wanted(low=100)) == []
    assert crowd.names(Wanted(state=Stand.GRADED)) == ["Björn"]
    assert crowd.names(Wanted(state=Stand.FAULT)) == ["Dora", "Anna"]
    assert crowd.names(Wanted(state=Having.DECISION)) == ["Björn", "Anna"]
    (row,) = grading_queue.page(crowd.grader, Wanted(name="Björn")).rows
    assert (row.score, row.changed_by) == (75, ("Grader",))


def test_what_people_said(crowd):
    sitting, submission = crowd.sittings["Anna"], crowd.submission("Anna")
    sitting.end()
    appeals.file_about_check(sitting.attempt.id, submission.id, "one", "The check is wrong.")
    comments.write(crowd.submission("Clara").id, crowd.grader, WHOLE, "Not yet.", publish=False)
    comments.write(submission.id, crowd.grader, WHOLE, "Well done.", publish=True)
    assert crowd.names(Wanted(state=Having.APPEAL)) == ["Anna"]
    assert crowd.names(Wanted(state=Having.COMMENT)) == ["Clara", "Anna"]
    assert crowd.names(Wanted(state=Having.DRAFT)) == ["Clara"]
    rows = {one.attempt.invitation.name: one for one in grading_queue.page(crowd.grader, Wanted()).rows}
    assert (rows["Anna"].appeals, rows["Anna"].comments, rows["Anna"].drafts) == (1, 1, 0)
    assert (rows["Clara"].appeals, rows["Clara"].comments, rows["Clara"].drafts) == (0, 1, 1)


def test_which_count(crowd):
    """Of Anna's two the first is better."""
    anna = crowd.sittings["Anna"]
    anna.hand_in("# again\n")
    while held := queue.claim("test"):
        queue.finish(held, replace(RESULT, run_id=f"run-{held.job}", verdicts=anna.verdicts("one")))
    ref = anna.assessment.ref
    counting = grading_queue.page(crowd.grader, Wanted(assessment=ref, counting=True)).rows
    assert [(one.attempt.invitation.name, one.score) for one in counting] == [
        ("Clara", 75),
        ("Björn", 50),
        ("Anna", 100),
    ]
    anna.set(counts="last")
    counting = grading_queue.page(crowd.grader, Wanted(assessment=ref, counting=True)).rows
    assert (counting[-1].attempt.invitation.name, counting[-1].score) == ("Björn", 50)
    assert (counting[0].attempt.invitation.name, counting[0].score) == ("Anna", 75)


def test_what_is_graded_again_after_a_fault_waits(crowd):
    submission = crowd.submission("Dora")
    with writing() as session:
        session.add(Job(kind="grade", submission_id=submission.id, round=1))
    assert crowd.names(Wanted(state=Stand.FAULT)) == []
    assert crowd.names(Wanted(state=Stand.UNGRADED)) == ["Dora", "Clara"]
    (row,) = grading_queue.page(crowd.grader, Wanted(name="Dora")).rows
    assert (row.stand, row.going_on) == (Stand.UNGRADED, True)


def test_who_reads_what(crowd, owner, add_user):
    assert len(crowd.names(user=owner)) == len(crowd.names(user=add_user(Role.ADMINISTRATOR))) == 4
    stranger = add_user(Role.INTERVIEWER)
    assert crowd.names(user=stranger) == []
    assert grading_queue.choices(stranger, Wanted()) == grading_queue.Choices((), ())


def test_runs_and_practice_are_not_in_it(crowd, add_user):
    handing_in.run_public_tests(crowd.sittings["Anna"].task.id, "a run", {"app.py": b""})
    item = db.session.scalars(select(FrozenItem).where(FrozenItem.kind == "task")).first()
    mine = practice.begin_task(add_user(Role.CANDIDATE).id, item.item, "click")
    Sitting(mine).hand_in("# practice\n")
    assert len(crowd.names()) == 4


def test_a_hidden_name_is_not_found_and_its_pseudonym_is(crowd, owner):
    assessment = crowd.sittings["Anna"].assessment
    pseudonyms.hide_names(assessment.id, owner.id, hide=True)
    anna = crowd.sittings["Anna"].attempt.invitation
    assert crowd.names(Wanted(name="Anna")) == []
    assert crowd.names(Wanted(name=f"candidate {anna.alias}")) == ["Anna"]
    assert len(crowd.names(Wanted(name="candidate"))) == 4
    decisions.decide(anna.id, "hold", "Let us see.", owner.id)
    assert crowd.names(Wanted(name="Anna")) == ["Anna"]
    assert len(crowd.names(Wanted(name="candidate"))) == 3


def test_points_by_hand_are_looked_for_where_they_count(crowd, owner):
    anna = crowd.sittings["Anna"]
    wording = rubrics.Wording("Names", "What names tell.", 4)
    assert crowd.names(Wanted(state=Having.POINTS)) == []
    rubrics.add(anna.assessment.id, anna.task.frozen.item, wording, owner.id)
    assert crowd.names(Wanted(state=Having.POINTS)) == ["Björn", "Anna"]
    sheet = rubrics.sheet(crowd.submission("Anna"))
    rubrics.give(
        crowd.submission("Anna").id,
        {line.criterion.id: rubrics.Given(3, "") for line in sheet.lines},
        crowd.grader.id,
        sheet.seen,
    )
    assert crowd.names(Wanted(state=Having.POINTS)) == ["Björn"]
    rows = {one.attempt.invitation.name: one.sheet.given for one in grading_queue.page(crowd.grader, Wanted()).rows}
    assert (rows["Anna"], rows["Björn"]) == (3, None)


# the way through it


def way(crowd, wanted):
    """Names, from the first to the last, by what comes after."""
    found = grading_queue.page(crowd.grader, wanted, most=1).rows
    names, one = [], found[0].submission if found else None
    while one is not None:
        names.append(one.item.attempt.invitation.name)
        one = grading_queue.around(crowd.grader, wanted, one).after
    return names


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(oldest=True), Wanted(low=10), Wanted(low=10, oldest=True)])
def test_the_next_one_is_the_next_of_the_list(crowd, wanted):
    assert way(crowd, wanted) == crowd.names(wanted)


def test_the_place_and_the_way_back(crowd):
    found = grading_queue.around(crowd.grader, Wanted(oldest=True), crowd.submission("Björn"))
    assert (found.place, found.found) == (2, 4)
    assert (found.before, found.after) == (crowd.submission("Anna"), crowd.submission("Clara"))
    assert grading_queue.around(crowd.grader, Wanted(), crowd.submission("Björn")).place == 3
    assert grading_queue.around(crowd.grader, Wanted(low=10), crowd.submission("Björn")).place == 1


def test_what_does_not_fit_any_more_still_has_neighbours(crowd):
    """Who has just decided goes on where they were."""
    found = grading_queue.around(crowd.grader, Wanted(low=10), crowd.submission("Clara"))
    assert (found.place, found.found) == (None, 2)
    assert (found.before, found.after) == (None, crowd.submission("Björn"))


# its cost


@contextmanager
def counted():
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


WANTED = [
    Wanted(),
    Wanted(low=10, name="a"),
    Wanted(state=Stand.UNGRADED),
    Wanted(state=Having.COMMENT, oldest=True),
    Wanted(counting=True),
]


@pytest.mark.parametrize("wanted", WANTED)
def test_queries_do_not_grow_with_the_queue(crowd, wanted, add_user):
    assessment = crowd.sittings["Anna"].assessment
    wanted = replace(wanted, assessment=assessment.ref)

    def queries():
        db.session.commit()
        db.session.expunge_all()
        user = db.session.scalars(select(User).where(User.role == Role.GRADER)).one()
        one = db.session.scalars(select(Submission)).first()
        with counted() as seen:
            page = grading_queue.page(user, wanted)
            names = [(row.attempt.invitation.name, row.submission.ordinal, row.changed_by) for row in page.rows]
            grading_queue.around(user, wanted, one)
            grading_queue.choices(user, wanted)
        return len(seen), len(names)

    overruling.about_check(crowd.submission("Anna").id, "one", Outcome.FAILED, REASON, crowd.grader)
    comments.write(crowd.submission("Anna").id, crowd.grader, WHOLE, "Hm.", publish=False)
    few, _ = queries()
    crowd.grader = db.session.scalars(select(User).where(User.role == Role.GRADER)).one()
    for number in range(12):
        sitting = seat(db.session.scalars(select(Assessment)).one(), f"Ava {number}")
        sitting.hand_in(f"# {number}\n")
        comments.write(sitting.task.submissions[0].id, crowd.grader, WHOLE, "Hm.", publish=False)
    finished = []
    while held := queue.claim("test"):
        queue.finish(held, replace(RESULT, run_id=f"run-{held.job}", verdicts=sitting.verdicts("one")))
        finished.append(held.submission)
    for number in finished:
        overruling.about_check(number, "one", Outcome.PASSED, REASON, crowd.grader)
    many, rows = queries()
    assert many <= few
    assert few < 60
    assert rows or wanted.state is Stand.UNGRADED


def test_a_page_has_fifty(crowd, monkeypatch):
    monkeypatch.setattr(grading_queue, "PAGE", 3)
    assert len(grading_queue.page(crowd.grader, Wanted(), most=3).rows) == 3
    rest = grading_queue.page(crowd.grader, Wanted(), after=3, most=3)
    assert (len(rest.rows), rest.found) == (1, 4)
