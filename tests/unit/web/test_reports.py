"""Pages of reports and appeals: what stands on them, what they hold back, and files to keep."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from itertools import pairwise

import pytest
from flask import session
from sqlalchemy import select

from harness.domain.digests import files_digest
from harness.domain.packs import pack
from harness.services import appeals, attempts, frozen, overrides, practice, regrading, results
from harness.store.base import db, writing
from harness.store.models import (
    Appeal,
    Assessment,
    Attempt,
    Blob,
    FrozenItem,
    Invitation,
    Override,
    Part,
    ReportPolicy,
    Submission,
    User,
)
from harness.web.person import whose
from tests.unit.sitting_fixtures import HIDDEN, NOT_STARTED, Sitting

SAID = "The third option is <b>right</b> as well."
ANSWER = "So it is, and it counts."


@pytest.fixture
def fay(world):
    """Names of Fay's attempt, which has ended, and its assessment's."""

    def ask():
        attempt = attempt_of("Fay")
        submission = db.session.scalars(select(Submission).where(Submission.item_id == attempt.items[-1].id)).first()
        return {
            "attempt": attempt.ref,
            "assessment": attempt.assessment.ref,
            "submission": submission.ref,
            "report": f"/attempts/{attempt.ref}/report",
            "staff": f"/assessments/{attempt.assessment.ref}/attempts/{attempt.ref}",
        }

    return world.find(ask)


def attempt_of(name):
    return db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == name)).one()


def grade_anew(world, *failed, **more):
    """Has Fay's submission graded once more, with other verdicts."""
    with world.site.app_context():
        sitting = Sitting(attempt_of("Fay"))
        owner = db.session.scalars(select(User).where(User.name == "Ines")).one()
        regrading.grade_again(sitting.task.submissions[0].id, owner.id)
        sitting.grade(*failed, **more)


def set_rule(world, **values):
    with world.site.app_context(), writing() as session:
        assessment = session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
        for name, value in values.items():
            setattr(assessment, name, value)


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def tokens(page):
    """Ids, headings' levels, and where links within the page lead."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    return ids, levels, re.findall(r'href="#([^"]+)"', page)


# the candidate's pages


def test_nothing_before_the_end(world):
    ref = world.find(lambda: attempt_of("Nora").ref)
    client = world.client("invited")
    for path in ("report", "report/tasks/1"):
        assert client.get(f"/attempts/{ref}/{path}").status_code == 302
    for path in ("report.html", "report.json", "report/tasks/1.html", "report/tasks/1.json", "report/state"):
        reply = client.get(f"/attempts/{ref}/{path}")
        assert reply.status_code == 409
        assert "comes when every part has ended" in reply.text
    form = {"number": "1", "text": SAID}
    assert client.post(f"/attempts/{ref}/report/appeal", data=form).status_code == 409


def test_a_policy_of_scores_has_scores_and_no_way_further(world, fay):
    set_rule(world, report_policy=ReportPolicy.SCORES)
    client = world.client("finished")
    page = client.get(fay["report"])
    assert "of 100" in page.text
    assert "chose to show scores" in page.text
    assert "Question 1" not in page.text
    assert "Something is wrong" not in page.text
    assert client.get(f"{fay['report']}/tasks/1").status_code == 404
    assert json.loads(client.get(f"{fay['report']}.json").text)["questions"] == []
    for form in ({"number": "1", "text": SAID}, {"number": "1", "check": "second", "text": SAID}):
        assert client.post(f"{fay['report']}/appeal", data=form).status_code == 404


def test_a_failed_check_leads_to_what_it_shows(world, fay):
    grade_anew(world, "one", "two")
    page = world.client("finished").get(f"{fay['report']}/tasks/1").text
    assert page.count("What it shows") == 2
    ids, levels, targets = tokens(page)
    assert "why-1" in ids
    assert set(targets) <= set(ids)
    assert len(ids) == len(set(ids))
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hidden_words_stand_on_no_page_of_a_candidate(world, fay):
    grade_anew(world, "one", "two", output="PRINTED BY THE APP")
    client, staff = world.client("finished"), world.client("owner")
    paths = ("", ".html", ".json", "/tasks/1", "/tasks/1.html", "/tasks/1.json")
    pages = [client.get(fay["report"] + path) for path in paths]
    assert {page.status_code for page in pages} == {200}
    for word in (HIDDEN, "THESEED", "PRINTED BY THE APP"):
        assert not any(word in page.text for page in pages), word
        assert word in staff.get(f"{fay['staff']}/submissions/{fay['submission']}").text


def test_an_exam_task_is_not_explained(world, fay):
    def explanation():
        return re.findall(r"[A-Za-z][A-Za-z ,]{28,}[a-z]", frozen.explanation_of(attempt_of("Fay").items[-1].frozen))

    words = world.find(explanation)
    assert words
    client = world.client("finished")
    assert any(word in client.get(f"{fay['report']}/tasks/1").text for word in words)
    with world.site.app_context(), writing() as session:
        session.get_one(FrozenItem, attempt_of("Fay").items[-1].digest).pool = "exam"
    for path in ("", ".html", ".json", "/tasks/1", "/tasks/1.html", "/tasks/1.json"):
        page = client.get(fay["report"] + path)
        assert page.status_code == 200
        assert not any(word in page.text for word in words)


def test_an_exam_question_keeps_its_verdict(world, fay):
    with world.site.app_context(), writing() as session:
        for item in attempt_of("Fay").items[:-1]:
            session.get_one(FrozenItem, item.digest).pool = "exam"
    page = world.client("finished").get(fay["report"]).text
    assert page.count("kept for exams, so it is not shown again") == 4
    assert "✓ right" not in page
    assert "✗ wrong" not in page


def test_what_waits_is_asked_for_again_until_it_is_there(world, fay):
    with world.site.app_context():
        sitting = Sitting(attempt_of("Fay"))
        submission = sitting.task.submissions[0]
        with writing() as session:
            session.delete(results.newest_result(submission.id))
        regrading.grade_again(submission.id, sitting.assessment.owner_id)
    client = world.client("finished")
    page = client.get(fay["report"])
    assert "What you can do being graded" in text_of(page)
    again = re.search(r'hx-get="([^"]+/state)"', page.text)[1]
    assert "hx-get" in client.get(again).text
    with world.site.app_context():
        Sitting(attempt_of("Fay")).grade()
    assert "Everything is graded now" in client.get(again).text
    assert "hx-get" not in client.get(again).text
    assert "/state" not in client.get(fay["report"]).text


def test_our_own_fault_is_never_a_zero_on_a_page(world, fay):
    with world.site.app_context():
        sitting = Sitting(attempt_of("Fay"))
        submission = sitting.task.submissions[0]
        with writing() as session:
            session.delete(results.newest_result(submission.id))
        regrading.grade_again(submission.id, sitting.assessment.owner_id)
        sitting.give_up()
    for page in (world.client("finished").get(fay["report"]), world.client("owner").get(f"{fay['staff']}/report")):
        assert "an do not judged" in text_of(page)
        assert "never counts as a zero" in text_of(page)
    found = world.client("owner").get(f"{fay['staff']}/submissions/{fay['submission']}")
    assert "the engine is away" in found.text
    assert "the engine is away" not in world.client("finished").get(fay["report"]).text


# files to keep


def test_the_whole_report_stands_alone(world, fay):
    grade_anew(world, "one", "two")
    reply = world.client("finished").get(f"{fay['report']}.html")
    assert reply.headers["Content-Disposition"].startswith("attachment; ")
    page = reply.text
    ids, levels, targets = tokens(page)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for forbidden in ("<script", "<form", "<link", "<img", " style=", "src=", 'href="/', "hx-"):
        assert forbidden not in page, forbidden
    assert "Question 4" in text_of(reply)
    assert "The one thing works." in text_of(reply)


def test_files_are_attachments_under_a_name_that_people_know(world, fay):
    client, staff = world.client("finished"), world.client("owner")
    for browser, address in (
        (client, f"{fay['report']}.json"),
        (client, f"{fay['report']}/tasks/1.html"),
        (staff, f"{fay['staff']}/report.html"),
        (staff, f"{fay['staff']}/report.json"),
        (staff, f"{fay['staff']}/submissions/{fay['submission']}.html"),
        (staff, f"{fay['staff']}/submissions/{fay['submission']}.json"),
        (staff, f"{fay['staff']}/submissions/{fay['submission']}/files.zip"),
    ):
        reply = browser.get(address)
        assert reply.status_code == 200, address
        assert reply.headers["Content-Disposition"].startswith("attachment; filename="), address
    assert "Backend, Fay.html" in staff.get(f"{fay['staff']}/report.html").headers["Content-Disposition"]


def test_the_staffs_file_has_what_the_staff_reads(world, fay):
    data = json.loads(world.client("owner").get(f"{fay['staff']}/report.json").text)
    assert (data["audience"], data["person"]) == ("grader", "Fay")
    assert data["tasks"][0]["report"]["record"]["seed"] == "seed"


def test_the_staffs_file_has_the_picture_and_the_interview_and_leads_within_itself(world, fay):
    grade_anew(world, "one", "two")
    page = world.client("owner").get(f"{fay['staff']}/report.html").text
    ids, levels, targets = tokens(page)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert {"joined", "interview", "task-1-check-one"} <= set(ids)
    assert "task-1-check-one" in targets
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for forbidden in ("<script", "<form", 'href="/'):
        assert forbidden not in page, forbidden


def test_a_candidates_file_asks_nothing_of_them(world, fay):
    page = world.client("finished").get(f"{fay['report']}.html").text
    assert "What holds" not in page
    assert 'id="interview"' not in page
    assert "Concept by concept" not in page


# the staff's pages


def test_the_picture_leads_to_its_evidence(world, fay):
    grade_anew(world, "one", "two")
    client = world.client("owner")
    page = client.get(f"{fay['staff']}/report").text
    ids, _, targets = tokens(page)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    checks = set(re.findall(r'href="([^"#]+/submissions/[^"#]+)#([^"]+)"', page))
    assert {anchor for _, anchor in checks} == {"check-one", "check-two", "check-three", "check-four"}
    for address, anchor in checks:
        assert f'id="{anchor}"' in client.get(address).text


def test_files_of_a_submission_can_only_be_read(world, fay):
    with world.site.app_context():
        sitting = Sitting(attempt_of("Fay"))
        with writing() as session:
            bad = {"app.py": b"<script>alert(1)</script>\x1b[2J", "x\u202e.py": b"\xff\xfe"}
            session.add(Blob(digest=files_digest(bad), content=pack(bad), size=1))
            session.flush()
            sitting.task.submissions[0].digest = files_digest(bad)
    client = world.client("owner")
    page = client.get(f"{fay['staff']}/submissions/{fay['submission']}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[2J" in re.sub(r"</?span[^>]*>", "", page)
    assert "\u202e" not in page
    archive = client.get(f"{fay['staff']}/submissions/{fay['submission']}/files.zip")
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        assert files.read("app.py") == b"<script>alert(1)</script>\x1b[2J"


def test_the_staff_reads_the_timeline_and_the_declaration(world, fay):
    with world.site.app_context():
        attempts.declare(attempt_of("Fay").id, "A model wrote <i>one</i> test.")
    page = world.client("owner").get(f"{fay['staff']}/report")
    assert "A model wrote &lt;i&gt;one&lt;/i&gt; test." in page.text
    assert re.search("answered question 1 with [A-F]", page.text)
    assert "handed in task 1" in page.text


def test_the_staff_reads_what_stands_while_the_attempt_runs(world):
    ref, attempt = world.find(lambda: (attempt_of("Nora").assessment.ref, attempt_of("Nora").ref))
    page = text_of(world.client("owner").get(f"/assessments/{ref}/attempts/{attempt}/report"))
    assert "Not ended yet" in page
    assert "so far" in page


def test_a_submission_is_graded_again_by_a_click(world, fay):
    client = world.client("owner")
    address = f"{fay['staff']}/submissions/{fay['submission']}"
    assert client.post(f"{address}/grade").status_code == 302
    page = client.get(address)
    assert "being graded again" in text_of(page)
    assert "Grade it again" not in page.text
    client.post(f"{address}/grade")
    assert "It is being graded already." in client.get(address).text


def test_a_submission_of_somebody_else_is_not_found_here(world, fay):
    other = world.find(lambda: attempt_of("Nora").items[-1].submissions[0].ref)
    for ending in ("", ".json", "/files.zip"):
        assert world.client("owner").get(f"{fay['staff']}/submissions/{other}{ending}").status_code == 404


# appeals


def test_an_appeal_on_a_question_and_its_answer_stand_with_the_question(world, fay):
    client, staff = world.client("finished"), world.client("owner")
    sent = client.post(f"{fay['report']}/appeal", data={"number": "2", "text": SAID})
    assert sent.location.endswith("/report#question-2")
    page = client.get(fay["report"]).text
    assert html.escape(SAID) in page
    assert "the answer is still to come" in page
    ref = world.find(lambda: db.session.scalars(select(Appeal).where(Appeal.text == SAID)).one().ref)
    assert f"/appeals/{ref}" in staff.get("/appeals/").text
    shown = staff.get(f"/appeals/{ref}").text
    assert html.escape(SAID) in shown
    assert "is right" in shown
    assert staff.post(f"/appeals/{ref}", data={"decision": "accept", "text": ANSWER}).location == "/appeals/"
    page = client.get(fay["report"])
    assert ANSWER in page.text
    assert "decided by a person" in page.text
    assert "25 of 100" in text_of(page)


def test_an_appeal_on_a_verdict_and_its_answer_stand_with_the_check(world, fay):
    client, staff = world.client("finished"), world.client("owner")
    before = client.get(f"{fay['report']}/tasks/1").text
    assert before.count('name="check" value="second"') == 1
    assert 'name="check" value="first"' not in before, "what passed needs no appeal"
    form = {"number": "1", "check": "second", "text": SAID}
    assert client.post(f"{fay['report']}/appeal", data=form).location.endswith("/tasks/1#check-second")
    assert 'name="check" value="second"' not in client.get(f"{fay['report']}/tasks/1").text
    ref = world.find(lambda: db.session.scalars(select(Appeal).where(Appeal.check == "second")).one().ref)
    shown = staff.get(f"/appeals/{ref}").text
    assert "HIDDENINPUT 4711" in shown, "who decides reads all"
    assert "app.py" in shown
    staff.post(f"/appeals/{ref}", data={"decision": "accept", "text": ANSWER})
    page = client.get(f"{fay['report']}/tasks/1").text
    assert ANSWER in page
    assert "HIDDENINPUT 4711" not in page
    assert world.find(lambda: overrides.of_submission(attempt_of("Fay").items[-1].submissions[0].id)["second"].reason)


def test_an_app_that_did_not_start_can_be_appealed_against_as_a_whole(world, fay):
    grade_anew(world, verdicts=(), start_failure=NOT_STARTED)
    client, staff = world.client("finished"), world.client("owner")
    page = client.get(f"{fay['report']}/tasks/1").text
    assert 'name="check" value=""' in page
    client.post(f"{fay['report']}/appeal", data={"number": "1", "check": "", "text": SAID})
    ref = world.find(lambda: db.session.scalars(select(Appeal).where(Appeal.text == SAID)).one().ref)
    assert "it is graded again" in staff.get(f"/appeals/{ref}").text
    staff.post(f"/appeals/{ref}", data={"decision": "accept", "text": ANSWER})
    assert world.find(lambda: results.unfinished(attempt_of("Fay").items[-1].submissions[0].id))


@pytest.mark.parametrize("about", [{"number": "2"}, {"number": "1", "check": "second"}])
def test_what_was_written_is_kept_where_it_is_not_taken(world, fay, about, monkeypatch):
    monkeypatch.setattr(appeals, "MOST_OPEN", 0)
    reply = world.client("finished").post(f"{fay['report']}/appeal", data={**about, "text": SAID})
    assert reply.status_code == 422
    assert f">{html.escape(SAID)}</textarea>" in reply.text
    assert "appeals are open" in reply.text


def test_an_answer_that_is_not_taken_is_kept(world):
    ref = world.find(lambda: db.session.scalars(select(Appeal)).first().ref)
    before = world.find(lambda: db.session.scalars(select(Override.id)).all())
    reply = world.client("owner").post(f"/appeals/{ref}", data={"decision": "accept", "text": "ok"})
    assert reply.status_code == 422
    assert ">ok</textarea>" in reply.text
    assert world.find(lambda: db.session.scalars(select(Override.id)).all()) == before


def test_an_appeal_in_practice_is_answered_by_graders(world):
    """There is no assessment and no interviewer: the page has all that is needed itself."""
    with world.site.app_context():
        user = db.session.scalars(select(User).where(User.name == "Carl")).one()
        item = db.session.scalars(select(FrozenItem).where(FrozenItem.kind == "task")).first()
        title = item.title
        attempt = practice.begin_task(user.id, item.item, "click")
        sitting = Sitting(attempt)
        sitting.hand_in("# by Carl\n")
        sitting.grade("one")
        ref = attempt.ref
    client = world.client("practising")
    assert "The one thing works." in client.get(f"/attempts/{ref}/report/tasks/1").text
    assert f"<h1>{title}</h1>" in client.get(f"/attempts/{ref}/report").text
    form = {"number": "1", "check": "one", "text": SAID}
    assert client.post(f"/attempts/{ref}/report/appeal", data=form).status_code == 302
    found = world.find(lambda: db.session.scalars(select(Appeal).where(Appeal.text == SAID)).one().ref)
    page = world.client("grader").get(f"/appeals/{found}")
    assert page.status_code == 200
    assert "# by Carl" in page.text
    assert 'href="/assessments/' not in page.text.split("<main")[1]
    assert world.client("owner").get(f"/appeals/{found}").status_code == 404


def test_the_limit_is_each_persons_own(world, fay):
    """People behind one address do not use up each other's appeals."""
    with world.site.test_request_context():
        session["invitation"] = 1
        first = whose()
        session["invitation"] = 2
        assert whose() != first


def test_parts_that_ended_have_no_report_for_a_withdrawn_link(world):
    ref = world.find(lambda: attempt_of("Rolf").ref)
    with world.site.app_context():
        for part in Part:
            attempts.end_part(attempt_of("Rolf").id, part)
    assert world.client("revoked").get(f"/attempts/{ref}/report").status_code == 403
