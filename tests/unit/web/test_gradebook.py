"""The pages of grades and uploads: from a zip and a roster to published grades, each step as a browser takes it."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
from sqlalchemy import select

from harness.services import pseudonyms, publishing
from harness.services.publishing import Rules
from harness.store.base import db, writing
from harness.store.models import (
    Assessment,
    Attempt,
    AuditEntry,
    Award,
    Criterion,
    GradeRules,
    Invitation,
    Shown,
    Submission,
    SubmissionKind,
    Upload,
)
from harness.web import uploads
from tests.unit.intake.archives import zip_bytes
from tests.unit.world_fixtures import grade_all

ROSTER = "id,name,e-mail\n1,Anna Alt,anna@example.org\n2,Bo <i>Berg</i>,bo@example.org\n3,Cy Cole,cy@example.org\n"
CLASS = {"1/app.py": b"a = 1\n", "2/app.py": b"b = 1\n", "who/<b>app.py": b"w = 1\n", "3.zip": b"broken"}


@pytest.fixture
def backend(world):
    return world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one())


@pytest.fixture
def task(world, backend):
    return world.find(lambda: db.session.get_one(Assessment, backend.id).items[-1].digest)


@pytest.fixture
def owner(world):
    return world.client("owner")


@pytest.fixture
def base(backend):
    return f"/assessments/{backend.ref}"


def upload(client, base, task, entries=CLASS, roster=ROSTER, name="class.zip"):
    data = entries if isinstance(entries, bytes) else zip_bytes(entries)
    form = {"task": task, "roster": roster, "submissions": (io.BytesIO(data), name)}
    return client.post(f"{base}/uploads", data=form, content_type="multipart/form-data")


def text_of(reply):
    return html.unescape(re.sub(r"<[^>]+>", "", reply.text))


def test_from_a_zip_to_grades_that_everybody_reads(world, backend, task, owner, base):
    sent = upload(owner, base, task)
    assert sent.status_code == 302
    preview = owner.get(sent.location)
    assert "2 submissions will be stored and graded. 2 will be left out" in text_of(preview)
    assert "Its name fits nobody of the roster." in preview.text
    assert "no .zip" in preview.text
    assert "<i>Berg" not in preview.text
    stored = owner.post(sent.location, data={"everyone": "1"}, follow_redirects=True)
    assert "Stored: 2 submissions wait to be graded, and 3 people are new." in text_of(stored)
    assert "0 of 2 graded; 2 to come." in text_of(owner.get(f"{sent.location}/progress"))
    world.find(grade_all)
    assert "All 2 are through: 2 graded." in text_of(owner.get(f"{sent.location}/progress"))
    again = owner.post(sent.location, data={"everyone": "1"}, follow_redirects=True)
    assert "Nothing is new" in again.text
    grades = owner.get(f"{base}/grades")
    assert "Anna Alt" in grades.text
    assert "66.7" in grades.text


def test_what_does_not_fit_is_said_and_the_roster_stays(owner, base, task):
    refused = upload(owner, base, task, roster="id,name\n1,Anna\n,Bo\n")
    assert refused.status_code == 422
    assert "Line 3: a name, and an id or an e-mail address are needed." in refused.text
    assert "1,Anna\n,Bo" in refused.text
    assert upload(owner, base, task, entries=b"no zip").status_code == 422
    assert upload(owner, base, "f" * 64).status_code == 422


def test_a_class_may_be_larger_than_one_persons_upload_and_not_without_end(world, owner, base, task, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 300_000)
    world.site.config["MAX_CONTENT_LENGTH"] = 100_000
    assert upload(owner, base, task, entries=b"x" * 200_000).status_code == 422  # it is read, and is no zip
    assert upload(owner, base, task, entries=b"x" * 400_000).status_code == 413
    assert upload(world.client("nobody"), base, task, entries=b"x" * 200_000).status_code in {403, 413}


def test_somebody_says_whose_a_file_is_and_a_name_that_is_nobodys_stays_in_its_field(world, owner, base, task):
    place = upload(owner, base, task).location
    number = world.find(
        lambda: next(
            file.id
            for one in db.session.scalars(select(Upload).where(Upload.ref == place.rsplit("/", 1)[1]))
            for file in one.files
            if file.name == "who"
        )
    )
    wrong = owner.post(f"{place}/people", data={f"whose-{number}": "Nobody <x>"})
    assert wrong.status_code == 422
    assert 'value="Nobody &lt;x&gt;"' in wrong.text
    assert owner.post(f"{place}/people", data={f"whose-{number}": "3"}).status_code == 302
    assert "3 submissions will be stored" in text_of(owner.get(place))


def test_an_upload_is_thrown_away(owner, base, task):
    place = upload(owner, base, task).location
    gone = owner.post(place, data={"do": "throw-away"}, follow_redirects=True)
    assert "nothing of it was stored" in gone.text
    assert owner.get(place).status_code == 404


def test_links_for_who_came_by_an_upload_lead_to_their_report_once_it_is_published(world, backend, owner, base, task):
    with world.site.app_context(), writing() as session:  # an assessment of tasks alone
        found = session.get_one(Assessment, backend.id)
        found.items = found.items[-1:]
    owner.post(f"{base}/grades/rules", data={"shown": "when-published", "human_percent": "0"})
    place = upload(owner, base, task).location
    owner.post(place, data={})
    world.find(grade_all)
    links = owner.post(f"{place}/links")
    assert "Anna Alt" in links.text
    token = re.search(r"/assessment/open/([\w-]+)", links.text)[1]
    anna = world.site.test_client()
    anna.get(f"/assessment/open/{token}")
    anna.post(f"/assessment/open/{token}")
    ref = world.find(
        lambda: db.session.scalars(select(Attempt.ref).join(Invitation).where(Invitation.name == "Anna Alt")).one()
    )
    waiting = anna.get(f"/attempts/{ref}/report", follow_redirects=True)
    assert publishing.NOT_PUBLISHED in html.unescape(waiting.text)
    for address in (f"/attempts/{ref}/report.json", f"/attempts/{ref}/report.html", f"/attempts/{ref}/tasks/1/report"):
        assert "66.7" not in anna.get(address, follow_redirects=True).text
    still_open = owner.post(f"{base}/grades/publish")
    assert still_open.status_code == 422
    assert "Nothing is published" in still_open.text
    published = owner.post(f"{base}/grades/publish", data={"although": "1"}, follow_redirects=True)
    assert "everyone can read their grade" in published.text
    assert "66.7" in anna.get(f"/attempts/{ref}/report").text
    owner.post(f"{base}/grades/take-back")
    assert "66.7" not in anna.get(f"/attempts/{ref}/report", follow_redirects=True).text
    said = world.find(lambda: db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    assert [one for one in said if one in {"grades.publish", "grades.take-back"}] == [
        "grades.publish",
        "grades.take-back",
    ]


def fay(world):
    """Fay's attempt and submission, which is graded."""

    def ask():
        attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == "Fay")).one()
        handed_in = [one for one in attempt.items[-1].submissions if one.kind is SubmissionKind.HANDED_IN]
        return attempt.ref, handed_in[-1].ref, db.session.scalars(select(Criterion.ref)).one()

    return world.find(ask)


def test_points_by_hand_are_filled_in_where_the_submission_is_read(world, base):
    grader = world.client("grader")
    attempt, submission, criterion = fay(world)
    page = f"{base}/attempts/{attempt}/submissions/{submission}"
    assert "Names say what things are." in grader.get(page).text
    form = {"seen": "", f"points-{criterion}": "2,5", f"comment-{criterion}": "Clear <b>names</b>."}
    kept = grader.post(f"{base}/grades/points/{submission}", data=form, follow_redirects=True)
    assert "2.5 of 4 points." in kept.text
    assert "Clear &lt;b&gt;names&lt;/b&gt;." in kept.text
    assert world.find(lambda: [one.points for one in db.session.scalars(select(Award))]) == [2.5]
    report = world.client("finished").get(f"/attempts/{attempt}/report")
    assert "2.5 of 4" in report.text
    assert "Clear &lt;b&gt;names&lt;/b&gt;." in report.text
    assert "Greta" not in report.text
    told = json.loads(world.client("finished").get(f"/attempts/{attempt}/report.json").text)
    assert told["grade"]["tasks"][0]["criteria"][0]["points"] == 2.5


@pytest.mark.parametrize(
    ("points", "said"), [("5", "0 to 4 points"), ("many", "is no number"), ("nan", "0 to 4 points")]
)
def test_points_that_do_not_fit_stay_in_their_field(world, base, points, said):
    grader = world.client("grader")
    _, submission, criterion = fay(world)
    form = {"seen": "", f"points-{criterion}": points, f"comment-{criterion}": "kept"}
    refused = grader.post(f"{base}/grades/points/{submission}", data=form)
    assert refused.status_code == 422
    assert said in refused.text
    assert f'value="{points}"' in refused.text
    assert ">kept</textarea>" in refused.text
    assert world.find(lambda: db.session.scalars(select(Award)).all()) == []


def test_from_one_submission_on_to_the_next_without_points(world, base):
    grader = world.client("grader")
    _, submission, criterion = fay(world)
    form = {"seen": "", f"points-{criterion}": "4", "do": "next"}
    seen = set()
    for _ in range(10):
        seen.add(submission)
        moved = grader.post(f"{base}/grades/points/{submission}", data=form)
        if moved.location.endswith("/grades"):
            break
        submission = re.search(r"/submissions/([\w-]+)", moved.location)[1]
    assert len(seen) == 4  # of everyone who handed in
    assert world.find(lambda: len(db.session.scalars(select(Award)).all())) == 4


def test_a_submission_of_another_assessment_gets_no_points_here(world, base):
    _, submission, criterion = fay(world)
    other = world.find(lambda: db.session.scalars(select(Assessment.ref).where(Assessment.title == "Other")).one())
    reply = world.client("administrator").post(
        f"/assessments/{other}/grades/points/{submission}", data={f"points-{criterion}": "4"}
    )
    assert reply.status_code == 404


def test_a_rubric_is_built_reworded_and_taken_apart(world, base, owner):
    task = world.find(lambda: db.session.scalars(select(Criterion.task)).one())
    form = {"task": task, "title": "Tested", "description": "<script>", "points": "6"}
    assert owner.post(f"{base}/grades/rubric", data=form).status_code == 302
    page = owner.get(f"{base}/grades/rules").text
    assert "10 points" in page
    assert "<script>" not in page.partition("<main")[2]
    refused = owner.post(f"{base}/grades/rubric", data=form | {"points": "0"})
    assert refused.status_code == 422
    assert 'value="Tested"' in refused.text
    ref = world.find(lambda: db.session.scalars(select(Criterion.ref).where(Criterion.title == "Tested")).one())
    owner.post(f"{base}/grades/rubric/{ref}", data={"title": "Well tested", "points": "5"})
    assert "Well tested" in owner.get(f"{base}/grades/rules").text
    owner.post(f"{base}/grades/rubric/{ref}", data={"do": "remove"})
    assert "Well tested" not in owner.get(f"{base}/grades/rules").text
    assert owner.post(f"{base}/grades/rubric/{ref}", data={"do": "remove"}).status_code == 404


def test_rules_that_do_not_fit_change_nothing(world, base, owner):
    for form in (
        {"shown": "never", "human_percent": "0"},
        {"shown": "at-once", "human_percent": "101"},
        {"shown": "at-once"},
    ):
        assert owner.post(f"{base}/grades/rules", data=form).status_code == 422
    assert world.find(lambda: db.session.scalars(select(GradeRules)).all()) == []


def test_who_may_only_read_sees_the_rules_and_no_form(world, base):
    page = world.client("grader").get(f"{base}/grades/rules").text
    assert "Readable" in page
    assert "<form" not in page.partition("<main")[2]
    grades = world.client("grader").get(f"{base}/grades").text
    assert "Publish all" not in grades


def test_while_names_are_hidden_no_page_of_grades_has_one(world, backend, base):
    with world.site.app_context():
        publishing.set_rules(backend.id, Rules(Shown.WHEN_PUBLISHED), backend.owner_id)
        pseudonyms.hide_names(backend.id, backend.owner_id, hide=True)
    grader = world.client("grader")
    attempt, submission, _ = fay(world)
    for address in (
        "grades",
        f"attempts/{attempt}/submissions/{submission}",
        f"attempts/{attempt}/report",
    ):
        page = grader.get(f"{base}/{address}").text
        told = page.replace("# by Fay", "")  # what somebody wrote into a file of theirs is theirs
        assert not re.search(r"\bFay\b|Nora|Otto", told), address
    assert "Nobody fits" in grader.get(f"{base}/grades?q=Fay").text
    for kind in ("moodle", "canvas", "json"):
        refused = grader.get(f"{base}/grades/for-{kind}")
        assert (refused.status_code, "Fay" in refused.text) == (409, False)


@pytest.mark.parametrize(
    ("kind", "begins"), [("moodle", '"Name","ID number"'), ("canvas", '"Student","ID"'), ("json", "{")]
)
def test_the_gradebook_is_a_file(world, base, kind, begins):
    reply = world.client("grader").get(f"{base}/grades/for-{kind}")
    assert reply.text.startswith(begins)
    assert "attachment" in reply.headers["Content-Disposition"]
    assert "Fay" in reply.text


def test_grades_are_found_by_name_and_by_whether_they_are_open(world, base):
    owner = world.client("owner")
    assert "Nora" not in owner.get(f"{base}/grades?q=fay").text.partition("<table")[2]
    final = owner.get(f"{base}/grades?stand=final").text.partition("<table")[2]
    assert "Fay" in final
    assert "Nora" not in final


def test_a_hostile_zip_costs_nobody_else_anything(world, owner, base, task):
    entries = {"1/app.py": b"a = 1\n", "2/../../etc/passwd": b"x", "3/app.py": b"\0" * 2_000_000}
    place = upload(owner, base, task, entries=entries).location
    page = text_of(owner.get(place))
    assert "1 submission will be stored and graded. 2 will be left out" in page
    assert "leads out of the project" in page
    assert "larger than 1 MiB" in page
    owner.post(place, data={})
    assert (
        world.find(lambda: len(db.session.scalars(select(Submission).where(Submission.kind == "uploaded")).all())) == 1
    )
