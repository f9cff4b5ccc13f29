"""Who is in a class, and whose submission a name is: nothing is guessed."""

from __future__ import annotations

import pytest

from harness.domain.errors import IntakeError
from harness.intake import Class, read_roster
from harness.intake.roster import key, missing, read_names

PLAIN = "id,name,e-mail\n4711,Jane Doe,jane@example.org\n0042,Zoë Åström,zoe@example.org\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11)\n"
    "    Points Possible,,,,,10\n"
    '"Doe, Jane",981,S-1,jdoe,CS 1,9\n'
    '"Student, Test",999,,,CS 1,\n'
)
MOODLE = "First name,Last name,ID number,Email address\nJane,Doe,4711,jane@example.org\n"


def test_columns_are_found_by_their_header_whoever_wrote_it():
    jane, zoe = read_roster(PLAIN)
    assert (jane.id, jane.name, jane.email, jane.line) == ("4711", "Jane Doe", "jane@example.org", 2)
    assert zoe.id == "0042"  # as it stands there: a leading zero is a part of it
    (one,) = read_roster(MOODLE)
    assert (one.id, one.name, one.email) == ("4711", "Jane Doe", "jane@example.org")
    (other,) = read_roster(CANVAS)
    assert (other.id, other.name) == ("981", "Doe, Jane")
    assert other.kept == {"id": "981", "sisuserid": "S-1", "sisloginid": "jdoe", "section": "CS 1"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_separates_columns_is_found_too_and_empty_lines_are_passed_over(separator):
    text = "\ufeff\n" + PLAIN.replace(",", separator).replace("\n", "\r\n\r\n")
    assert [one.line for one in read_roster(text)] == [4, 6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column `name`"),
        ("id,e-mail\n1,a@b.org\n", "no column `name`"),
        ("name,id\n", "names nobody"),
        ("name,id\nJane,\n", "Line 2: a name, and an id or an e-mail address are needed"),
        ("name,id\n,4\nJane,5\n", "Line 2: a name, and an id"),
        ("name,id\nJane,5\n\nJohn,5\n", "Line 4: the id '5' stands in line 2 already"),
        ("name,email\nJane,a@b.org\nJohn,A@b.org\n", "Line 3: the e-mail address 'a@b.org' stands in line 2"),
        ("name,email\nJane,a.b.org\n", "Line 2: 'a.b.org' is no e-mail address"),
        ("name,email\nJane,+cmd@b.org\n", "Line 2: '+cmd@b.org' is no e-mail address"),
        ("name,id\nJane,=1+1\n", "Line 2: the id '=1+1' does not begin with a letter or digit"),
        ("name,id\nJane,-5\n", "Line 2: the id '-5'"),
        ('name,id\nJane,"5\n', "Line 2: this can't be read as a table"),
        ("name,id\nJa\0ne,5\n", "Line 2: a cell has a control character"),
        (f"name,id\n{'x' * 201},5\n", "Line 2: a cell has more than 200 characters"),
    ],
)
def test_what_does_not_fit_is_named_by_its_line(text, said):
    with pytest.raises(IntakeError) as refusal:
        read_roster(text)
    assert said in str(refusal.value)


def test_all_lines_at_fault_are_told_at_once_up_to_a_number():
    with pytest.raises(IntakeError) as refusal:
        read_roster("name,id\n" + "Jane,\n" * 15)
    assert str(refusal.value).splitlines()[0].startswith("Line 2:")
    assert "and 5 more lines" in str(refusal.value)


def test_a_class_is_no_crowd():
    with pytest.raises(IntakeError, match="1,001 people"):
        read_roster("name,id\n" + "".join(f"P,{number}\n" for number in range(1_001)))


def test_a_roster_of_submissions_maps_them_to_people():
    people = read_names("submission,name\nAnna.ZIP,Anna A.\nbert,Bert B.\n")
    assert people == {"anna": "Anna A.", "bert": "Bert B."}
    assert missing(people, ["anna.tar.gz"]) == ["Bert B."]
    assert key("A\u0308.tgz") == "\u00e4"
    with pytest.raises(IntakeError, match="Line 3: the submission 'anna' stands in line 2 already"):
        read_names("submission,name\nAnna.ZIP,Anna A.\nanna.tgz,Bert B.\n")


ROOM = Class(
    read_roster(
        "id,name,email,submission\n"
        "4711,Jane Doe,jane@example.org,\n"
        "k9,Zoë Åström,zoe.a@example.org,\n"
        "12,Lee Min-ho,lee77@example.org,\n"
        "13,Min Ho Lee,other@example.org,\n"
        "14,Ann Taylor,ann@example.org,\n"
        "15,Ann Taylor,taylor@example.org,\n"
        "16,Omar Sharif,os@example.org,group-7\n"
        "17,Jane,other.jane@example.org,\n"
    )
)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("4711", 2),
        ("4711.zip", 2),
        ("jane@example.org", 2),
        ("Jane Doe", 2),
        ("doe_jane.tar.gz", 2),
        ("Doe, Jane (4711)", 2),
        ("JANE-DOE.ZIP", 2),
        ("janedoe", 2),
        ("project 4711 final", 2),
        ("doejane_98765_1234_project.zip", 2),  # Canvas, whose number is not of this roster
        ("doejane_LATE_4711_1234_project.zip", 2),
        ("Jane Doe_99_assignsubmission_file_", 2),  # Moodle
        ("Jane Doe_12_assignsubmission_file", 2),  # whose number is its own, even where somebody has that id
        ("Zoe Astrom", 3),  # as a system without accents writes it
        ("Zoe\u0308 A\u030astro\u0308m", 3),
        ("K9", 3),
        ("zoe.a", 3),
        ("lee77_app.zip", 4),
        ("14 Ann Taylor", None),  # the number says one of them, the name both
        ("15", 7),
        ("group-7.zip", 8),
        ("Ann Taylor", None),
        ("4711 Omar Sharif", None),  # a number and a name that contradict each other
        ("lee min ho", None),  # two people with the same words
        ("somebody", None),
        ("final", None),
        ("1", None),
    ],
)
def test_a_name_fits_one_person_or_nobody_is_chosen(name, line):
    found = ROOM.whose(name)
    assert (found[0].line if len(found) == 1 else None) == line


def test_a_first_name_alone_is_enough_only_for_whom_it_is_the_whole_name():
    assert [one.line for one in ROOM.whose("jane")] == [2, 9]  # one's address, and the other's name
    assert ROOM.whose("omar") == ()
