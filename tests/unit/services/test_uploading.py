"""A class's submissions: looked at, matched, stored once, and nobody loses anything by anybody else's."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from harness.domain.packs import unpack
from harness.intake import read_roster
from harness.services import attempts, inviting, privacy, reporting, storing, uploading
from harness.services.errors import Refused, Why
from harness.services.inviting import Invitee
from harness.services.uploading import Fate
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    AssessmentState,
    Attempt,
    AuditEntry,
    Blob,
    Counts,
    Enrolment,
    Invitation,
    Job,
    Part,
    Submission,
    SubmissionKind,
    Upload,
    UploadedFile,
)
from tests.unit.intake.archives import zip_bytes

ROSTER = (
    "id,name,e-mail\n"
    "1,Anna Alt,Anna@example.org\n"
    "2,Bo Berg,bo@example.org\n"
    "3,Cy Cole,cy@example.org\n"
    "4,Di Dorn,di@example.org\n"
    "5,Ed Elm,ed@example.org\n"
)
CLASS = {
    "Anna Alt/app.py": b"a = 1\n",
    "bo@example.org.zip": zip_bytes({"app.py": b"b = 1\n"}),
    "3/app.py": b"c = 1\n",
    "Cole_Cy/app.py": b"c = 2\n",
    "somebody/app.py": b"s = 1\n",
    "4.zip": b"broken",
}


@pytest.fixture
def assessment(app):
    return db.session.scalars(select(Assessment)).one()


@pytest.fixture
def task(assessment):
    return assessment.items[-1]


@pytest.fixture
def look(assessment, task, owner):
    def look(entries=CLASS, roster=ROSTER):
        people = read_roster(roster) if roster else uploading.roster_of(assessment)
        sent = [("class.zip", zip_bytes(entries))] if isinstance(entries, dict) else entries
        return uploading.look_at(assessment.id, task.digest, people, uploading.read(sent, people), owner.id)

    return look


def fates(upload):
    return {row.file.name: row.fate for row in uploading.preview(upload).rows}


def names():
    return {one.name for one in db.session.scalars(select(Invitation)) if one.name != "Nora"}


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def everything():
    return [count(model) for model in (Invitation, Enrolment, Attempt, Submission, Job, Blob)]


def test_what_is_uploaded_is_looked_at_before_anything_of_it_counts(look):
    before = everything()
    upload = look()
    assert fates(upload) == {
        "Anna Alt": Fate.NEW,
        "bo@example.org.zip": Fate.NEW,
        "3": Fate.TWICE,
        "Cole_Cy": Fate.TWICE,
        "somebody": Fate.UNMATCHED,
        "4.zip": Fate.REFUSED,
    }
    seen = uploading.preview(upload)
    assert [one.name for one in seen.missing] == ["Ed Elm"]
    assert seen.counts == {Fate.NEW: 2, Fate.TWICE: 2, Fate.UNMATCHED: 1, Fate.REFUSED: 1}
    (refused,) = seen.of(Fate.REFUSED)
    assert "no .zip" in refused.why
    assert refused.person.name == "Di Dorn"
    assert everything() == before


def test_storing_makes_invitations_attempts_and_submissions_and_lets_them_be_graded(look, owner, task):
    upload = look()
    assert storing.store(upload.id, owner.id) == storing.Stored(people=5, submissions=2)
    assert names() == {"Anna Alt", "Bo Berg", "Cy Cole", "Di Dorn", "Ed Elm"}
    anna = db.session.scalars(select(Invitation).where(Invitation.name == "Anna Alt")).one()
    assert anna.email == "anna@example.org"
    attempt = attempts.attempt_of(anna.id)
    assert [one.part for one in attempt.parts] == [Part.TASKS]
    (submission,) = attempt.items[-1].submissions
    assert unpack(submission.blob.content) == {"app.py": b"a = 1\n"}
    assert (submission.kind, submission.number) == (SubmissionKind.UPLOADED, 1)
    assert [one.submission.item.digest for one in db.session.scalars(select(Job))] == [task.digest] * 2
    assert [one.content for one in upload.files] == [None] * 6
    assert upload.people == []
    enrolled = db.session.get_one(Enrolment, anna.id)
    assert (enrolled.number, enrolled.kept) == ("1", {"id": "1", "email": "Anna@example.org"})
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "upload.store"


def test_the_same_again_changes_nothing(look, owner):
    storing.store(look().id, owner.id)
    before = everything()
    again = look()
    assert fates(again)["Anna Alt"] is fates(again)["bo@example.org.zip"] is Fate.KNOWN
    assert storing.store(again.id, owner.id) == storing.Stored(0, 0)
    assert everything() == before
    assert [one.submission is not None for one in again.files if one.name == "Anna Alt"] == [True]
    assert storing.store(again.id, owner.id) == storing.Stored(0, 0)  # the same click twice


def test_other_files_of_the_same_person_are_one_more_submission(look, owner):
    storing.store(look().id, owner.id)
    storing.store(look({"1/app.py": b"a = 2\n", "2/app.py": b"b = 1\n"}).id, owner.id)
    anna = db.session.scalars(select(Invitation).where(Invitation.name == "Anna Alt")).one()
    assert [one.number for one in attempts.attempt_of(anna.id).items[-1].submissions] == [1, 2]
    assert count(Job) == 3


def test_where_the_last_counts_an_earlier_one_may_come_again(look, owner, assessment):
    with writing():
        assessment.counts = Counts.LAST
    for text in (b"a = 1\n", b"a = 2\n", b"a = 1\n", b"a = 1\n"):
        storing.store(look({"1/app.py": text}).id, owner.id, everyone=False)
    assert count(Job) == 3


def test_only_those_with_a_file_are_invited_where_that_is_wanted(look, owner):
    storing.store(look().id, owner.id, everyone=False)
    assert names() == {"Anna Alt", "Bo Berg"}


def test_somebody_says_whose_a_file_is(look, owner):
    upload = look()
    number = {one.name: one.id for one in upload.files}
    with pytest.raises(Refused, match="nobody of the roster is called so"):
        uploading.assign(upload.id, {number["somebody"]: "Nobody"}, owner.id)
    uploading.assign(upload.id, {number["somebody"]: "ED ELM (5)", number["3"]: "", number["4.zip"]: "5"}, owner.id)
    db.session.expire_all()
    assert fates(upload) == {
        "Anna Alt": Fate.NEW,
        "bo@example.org.zip": Fate.NEW,
        "3": Fate.UNMATCHED,
        "Cole_Cy": Fate.NEW,
        "somebody": Fate.NEW,
        "4.zip": Fate.REFUSED,
    }
    assert storing.store(upload.id, owner.id).submissions == 4


def test_people_of_one_name_are_told_apart_by_more_than_it(look, owner):
    upload = look({"x/app.py": b"x", "y/app.py": b"y"}, "id,name\n1,Al Li\n2,Al Li\n")
    (first, _) = upload.files
    with pytest.raises(Refused, match="several people of the roster"):
        uploading.assign(upload.id, {first.id: "Al Li"}, owner.id)
    uploading.assign(upload.id, {first.id: "2"}, owner.id)
    assert storing.store(upload.id, owner.id, everyone=False) == storing.Stored(1, 1)


def test_who_was_invited_before_is_the_same_person(look, owner, assessment):
    ((anna, _),) = inviting.invite(assessment.id, [Invitee("Anna", "anna@example.org")], owner.id)
    assert storing.store(look().id, owner.id).people == 4
    assert len(attempts.attempt_of(anna.id).items[-1].submissions) == 1
    assert db.session.get_one(Enrolment, anna.id).number == "1"


def test_a_roster_that_contradicts_who_is_invited_is_not_believed(look, owner):
    storing.store(look().id, owner.id)
    swapped = "id,name,e-mail\n1,Anna Alt,bo@example.org\n9,Bo Berg,ed@example.org\n"
    upload = look({"1/app.py": b"x", "9/app.py": b"y"}, swapped)
    one, two = uploading.preview(upload).rows
    assert (one.fate, two.fate) == (Fate.UNMATCHED, Fate.UNMATCHED)
    assert "two people who are invited already" in one.why
    assert "somebody with the id 5" in two.why
    with pytest.raises(Refused, match="not one is matched"):
        storing.store(upload.id, owner.id)


def test_without_a_roster_those_who_are_invited_are_matched(look, owner):
    storing.store(look().id, owner.id)
    upload = look({"5/app.py": b"e = 1\n", "Nora/app.py": b"n = 1\n"}, roster="")
    assert fates(upload) == {"5": Fate.NEW, "Nora": Fate.NEW}
    assert storing.store(upload.id, owner.id) == storing.Stored(0, 2)


def test_who_works_on_the_tasks_now_is_left_alone(sitting, look, owner):
    upload = look({"Nora/app.py": b"n = 1\n", "1/app.py": b"a = 1\n"}, ROSTER + "6,Nora,nora@example.org\n")
    with writing():
        sitting.attempt.invitation.email = "nora@example.org"
    assert fates(upload) == {"1": Fate.NEW, "Nora": Fate.BUSY}
    assert storing.store(upload.id, owner.id, everyone=False) == storing.Stored(1, 1)
    assert sitting.task.submissions == []
    sitting.end()
    assert fates(look({"Nora/app.py": b"n = 1\n"}, ROSTER + "6,Nora,nora@example.org\n")) == {"Nora": Fate.NEW}


def test_the_report_says_that_it_was_uploaded(look, owner):
    storing.store(look({"1/app.py": b"x = 1\n"}).id, owner.id, everyone=False)
    attempt = db.session.scalars(select(Attempt)).one()
    (line,) = reporting.for_staff(attempt).tasks
    assert line.tries[0].name == "Submission 1, uploaded"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([], "Choose the zip"),
        ([("class.rar", b"x")], "is no .zip"),
        ([("class.zip", b"x")], "no .zip"),
        ([("class.zip", zip_bytes({}))], "no submissions"),
    ],
)
def test_what_holds_no_class_is_refused_as_a_whole(look, sent, said):
    with pytest.raises(Refused, match=said) as refusal:
        look(sent)
    assert refusal.value.why is Why.INVALID
    assert count(Upload) == 0


@pytest.mark.parametrize("name", ["x" * 101, "\u200b", "\u202e"])
def test_a_name_that_nobody_can_be_invited_by_is_refused_before_anything_is_kept(look, name):
    with pytest.raises(Refused, match="Line 2: a name has 1 to 100 characters"):
        look({"1/app.py": b"x"}, f"id,name\n1,{name}\n")
    assert count(Upload) == 0


def test_several_archives_instead_of_one_zip(look):
    one = zip_bytes({"app.py": b"x = 1\n"})
    assert fates(look([("1.zip", one)])) == {"1.zip": Fate.NEW}
    upload = look([("1.zip", one), ("Bo Berg.zip", one), ("work.zip", one), ("work.zip", one)])
    assert fates(upload) == {
        "1.zip": Fate.NEW,
        "Bo Berg.zip": Fate.NEW,
        "work.zip": Fate.UNMATCHED,
        "work.zip [2]": Fate.UNMATCHED,
    }


def test_a_draft_and_what_is_no_task_take_none(look, owner, assessment, task):
    with pytest.raises(Refused, match="no such task"):
        uploading.look_at(assessment.id, assessment.items[0].digest, [], [], owner.id)
    upload = look()
    with writing():
        assessment.state = AssessmentState.DRAFT
    with pytest.raises(Refused, match="published assessment only"):
        uploading.look_at(assessment.id, task.digest, [], [], owner.id)
    with pytest.raises(Refused, match="published assessment only"):
        storing.store(upload.id, owner.id)


def test_an_upload_is_thrown_away_once_and_not_after_it_is_stored(look, owner):
    upload = look()
    uploading.throw_away(upload.id, owner.id)
    assert (count(Upload), count(UploadedFile)) == (0, 0)
    with pytest.raises(Refused, match="no such upload"):
        uploading.throw_away(upload.id, owner.id)
    stored = look()
    storing.store(stored.id, owner.id)
    for deed in (uploading.throw_away, lambda number, by: uploading.assign(number, {}, by)):
        with pytest.raises(Refused, match="stored already"):
            deed(stored.id, owner.id)


def test_what_nobody_stores_is_forgotten_after_a_week(look, owner):
    look()
    stored = look()
    storing.store(stored.id, owner.id)
    assert uploading.forget_old() == 0
    with writing() as session:
        for one in session.scalars(select(Upload)):
            one.created_at = now() - uploading.KEPT_FOR - timedelta(minutes=1)
    assert uploading.forget_old() == 1
    db.session.expire_all()
    assert [one.id for one in db.session.scalars(select(Upload))] == [stored.id]
    assert {one.name for one in stored.files} == {"Anna Alt", "bo@example.org.zip"}


def test_a_person_who_is_erased_is_in_no_upload_any_more(look, owner):
    stored = look()
    storing.store(stored.id, owner.id)
    look()
    anna = db.session.scalars(select(Invitation).where(Invitation.name == "Anna Alt")).one()
    told = json.loads(unpack(privacy.export(anna))["person.json"])
    assert told["roster"][0]["number"] == "1"
    privacy.erase(anna, owner.id)
    db.session.expire_all()
    assert [one.id for one in db.session.scalars(select(Upload))] == [stored.id]
    assert "Anna Alt" not in {one.name for one in stored.files}
    assert count(Enrolment) == count(Invitation) - 2


def test_progress_counts_what_is_graded_waits_and_was_not_judged(look, owner, sitting):
    with writing() as session:
        session.delete(sitting.attempt)
    upload = look({f"{number}/app.py": f"x = {number}\n".encode() for number in (1, 2, 3)})
    storing.store(upload.id, owner.id)
    assert storing.progress(upload) == storing.Progress(whole=3, graded=0, going_on=3, ours=0)


def test_links_are_made_for_those_who_came_by_the_upload(look, owner):
    upload = look()
    storing.store(upload.id, owner.id)
    made = storing.links(upload.id, owner.id)
    assert [one.name for one, _ in made] == ["Anna Alt", "Bo Berg", "Cy Cole", "Di Dorn", "Ed Elm"]
    found = attempts.find_invitation(made[0][1])
    assert found is made[0][0]
    attempts.opened(found.id)
    assert len(storing.links(upload.id, owner.id)) == len(made) - 1


def reads(deed):
    """How often it asks the database for something."""
    said = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("SELECT"):
            said.append(statement)

    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    deed()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(said)


def roster_of(many):
    return "id,name\n" + "".join(f"p{number},Person {number}\n" for number in range(many))


def class_of(many):
    return {f"p{number}/app.py": f"x = {number}\n".encode() for number in range(many)}


def test_a_larger_class_is_looked_at_and_stored_with_the_same_number_of_questions_to_the_store(look, owner, assessment):
    counts = []
    for many in (3, 30):
        upload = look(class_of(many), roster_of(many))

        def show(number=upload.ref):
            assert uploading.preview(uploading.readable(assessment, number)).rows

        shown = reads(show)
        counts.append((shown, reads(lambda number=upload.id: storing.store(number, owner.id))))
        with writing() as session:
            for one in [*session.scalars(select(Invitation).where(Invitation.name.like("Person%")))]:
                privacy._erase(session, one, owner.id)
    assert counts[0] == counts[1]
