"""A class's grades as files for an LMS: the right columns, numbers as they are, and no formula."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from harness.intake import read_roster
from harness.services import gradebook, inviting, pseudonyms, rubrics, storing, uploading
from harness.services.errors import Refused
from harness.services.inviting import Invitee
from harness.services.rubrics import Given, Wording
from harness.store.base import db, writing
from harness.store.models import Assessment, Invitation, Submission
from tests.unit.intake.archives import zip_bytes
from tests.unit.world_fixtures import grade_all

PLAIN = "id,name,e-mail\n0042,Anna Alt,Anna@example.org\n77,=2+5,bo@example.org\n5,Cy Cole,\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section\n"
    '"Alt, Anna",981,S-1,aalt,CS 1\n"Berg, Bo",982,S-2,bberg,CS 2\n"Cole, Cy",983,,,CS 2\n'
)


@pytest.fixture
def assessment(app):
    """It has one task, and nobody is invited."""
    found = db.session.scalars(select(Assessment)).one()
    with writing() as session:
        found.items = found.items[-1:]
        session.delete(session.scalars(select(Invitation)).one())
    return found


@pytest.fixture
def handed_in(assessment, owner):
    """The first two of the roster have handed in and are graded."""

    def hand_in(roster):
        people = read_roster(roster)
        entries = {f"{one.id}/app.py": f"x = {one.line}\n".encode() for one in people[:2]}
        found = uploading.read([("class.zip", zip_bytes(entries))], people)
        upload = uploading.look_at(assessment.id, assessment.items[0].digest, people, found, owner.id)
        storing.store(upload.id, owner.id)
        grade_all()
        db.session.expire_all()
        return gradebook.of(assessment)

    return hand_in


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_moodles_columns(handed_in):
    head, *people = rows(gradebook.moodle(handed_in(PLAIN)))
    assert head == ["Name", "ID number", "Email address", "Backend, tasks", "Backend"]
    assert people == [
        ["'=2+5", "77", "bo@example.org", "66.7", "66.7"],
        ["Anna Alt", "0042", "Anna@example.org", "66.7", "66.7"],
        ["Cy Cole", "5", "", "-", "-"],
    ]


def test_canvas_columns_of_a_roster_that_canvas_wrote(handed_in):
    head, possible, *people = rows(gradebook.canvas(handed_in(CANVAS)))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible == ["    Points Possible", "", "", "", "", "100", "100"]
    assert people == [
        ["Alt, Anna", "981", "S-1", "aalt", "CS 1", "66.7", "66.7"],
        ["Berg, Bo", "982", "S-2", "bberg", "CS 2", "66.7", "66.7"],
        ["Cole, Cy", "983", "", "", "CS 2", "", ""],
    ]


def test_another_systems_number_is_never_taken_for_canvas_own(handed_in):
    _, _, bo, anna, _ = rows(gradebook.canvas(handed_in(PLAIN)))
    assert anna[:5] == ["Anna Alt", "", "0042", "Anna@example.org", ""]
    assert bo[:5] == ["'=2+5", "", "77", "bo@example.org", ""]


def test_neither_file_begins_with_a_mark_that_canvas_would_read_as_a_part_of_its_first_column(handed_in):
    assert gradebook.canvas(handed_in(PLAIN)).startswith('"Student","ID"')


@pytest.mark.parametrize("written", [gradebook.moodle, gradebook.canvas])
def test_no_cell_is_a_formula_and_no_number_is_changed(handed_in, assessment, owner, written):
    with writing():
        assessment.title = "=HYPERLINK(1)"
    book = handed_in(CANVAS.replace("S-1", "@SUM(1)").replace("CS 1", "-1+2"))
    inviting.invite(assessment.id, [Invitee("+1", "=a@b.org")], owner.id)
    book = gradebook.of(assessment)
    for row in rows(written(book)):
        assert not any(value.startswith(("=", "+", "@", "-")) and value != "-" for value in row), row
    assert {"66.7"} <= {value for row in rows(written(book)) for value in row}


def test_points_by_hand_have_a_column_and_the_data_has_each_task(handed_in, assessment, owner):
    task = assessment.items[0].frozen.item
    criterion = rubrics.add(assessment.id, task, Wording("Readable", "", 8), owner.id)
    book = handed_in(PLAIN)
    grade = book.lines[1].grade
    attempt_task = grade.tasks[0]
    submission = db.session.scalars(select(Submission).where(Submission.ref == attempt_task.submission)).one()
    rubrics.give(submission.id, {criterion.id: Given(3)}, owner.id, "")
    db.session.expire_all()
    told = gradebook.as_data(gradebook.of(assessment))
    assert told["columns"] == ["tasks", "by_hand", "grade"]
    assert told["people"][1] == {
        "name": "Anna Alt",
        "id": "0042",
        "email": "Anna@example.org",
        "tasks": 66.7,
        "by_hand": 37.5,
        "grade": 66.7,
        "open": [],
        "by_task": [{"task": task, "automatic": 66.7, "by_hand": 37.5, "total": 66.7}],
    }
    assert told["people"][2]["open"] == ["not begun"]
    assert rows(gradebook.moodle(gradebook.of(assessment)))[0][3:] == ["Backend, tasks", "Backend, by hand", "Backend"]


def test_while_names_are_hidden_there_is_no_gradebook(handed_in, assessment, owner):
    handed_in(PLAIN)
    pseudonyms.hide_names(assessment.id, owner.id, hide=True)
    for written in (gradebook.moodle, gradebook.canvas, gradebook.as_data):
        with pytest.raises(Refused, match="Names are hidden"):
            written(gradebook.of(assessment))


def test_neither_order_nor_number_tells_who_a_hidden_name_is(handed_in, assessment, owner):
    handed_in("id,name\n" + "".join(f"{number},Person {number:03}\n" for number in range(100, 140)))
    pseudonyms.hide_names(assessment.id, owner.id, hide=True)
    names = [one.invitation.name for one in gradebook.of(assessment).lines]
    numbers = [one.name for one in db.session.scalars(select(Invitation).order_by(Invitation.id))]
    assert sorted(names) == sorted(numbers)
    assert sorted(names) not in (names, numbers)
