"""A grader's pages as browsers without script use them: the queue, comments, decisions, and what candidates see."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from harness.domain.digests import files_digest
from harness.domain.packs import pack
from harness.services import appeals, comments, grading_queue, handing_in, overruling, phrases
from harness.services.comments import WHOLE, Place
from harness.store.base import db, writing
from harness.store.models import Appeal, Attempt, Blob, Comment, Invitation, Override, Phrase, ReportPolicy, User
from tests.unit.sitting_fixtures import Sitting
from tests.unit.web.test_reports import grade_anew, set_rule, text_of, tokens
from tests.unit.world_fixtures import grade_all

REASON = "The test asks for what the brief leaves open."
CODE = b"import flask\n\n\ndef create_app():\n    return flask.Flask(__name__)\n"


@pytest.fixture
def fay(world):
    """The addresses of Fay's submission, which is another's code and failed the second check."""
    with world.site.app_context():
        submission = submission_of("Fay")
        with writing() as session:
            files = {"app.py": CODE, "notes.txt": b"one\n"}
            session.add(Blob(digest=files_digest(files), content=pack(files), size=1))
            session.flush()
            submission_of("Fay").digest = files_digest(files)
        attempt = submission.item.attempt
        staff = f"/assessments/{attempt.assessment.ref}/attempts/{attempt.ref}"
        return {
            "page": f"{staff}/submissions/{submission.ref}",
            "staff": staff,
            "report": f"/attempts/{attempt.ref}/report",
            "assessment": attempt.assessment.ref,
        }


def submission_of(name):
    attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == name)).one()
    return attempt.items[-1].submissions[0]


def user(name):
    return db.session.scalars(select(User).where(User.name == name)).one()


def note(world, place=WHOLE, text="It reads well.", publish=False, by="Greta"):
    with world.site.app_context():
        return comments.write(submission_of("Fay").id, user(by), place, text, publish=publish).ref


# the queue


def test_the_queue_leads_from_one_to_the_next_and_back(world):
    client = world.client("grader")
    page = client.get("/grading/?order=oldest")
    names = re.findall(r"<strong>(\w+)</strong>", page.text)
    assert names[:4] == ["Nora", "Otto", "Fay", "Rolf"]
    address, seen = client.get("/grading/next?order=oldest").location, []
    while address:
        page = client.get(address).text
        seen.append(re.search(r"<title>.* of (\w+) ", page)[1])
        following = re.search(r'data-key="n" href="([^"]+)"', page)
        if len(seen) > 1:
            assert re.search(r'data-key="p" href="([^"]+)"', page)
        address = html.unescape(following[1]) if following else None
    assert seen == names
    assert "4 of 4" in page
    assert re.search(r'<a href="(/grading/[^"]+)">←', page)[1] == "/grading/?order=oldest"


def test_filters_stand_in_the_address_and_in_the_form(world):
    client = world.client("grader")
    page = client.get("/grading/?state=decision&low=0&q=nora&order=oldest").text
    assert re.findall(r"<strong>(\w+)</strong>", page.split("Begin with the first")[0]) == []
    assert 'value="decision" selected' in page
    assert 'value="nora"' in page
    assert "1 submission<" in page
    assert "changed by Greta" in page
    link = html.unescape(re.search(r'href="(/assessments/[^"]+)"', page)[1])
    assert "state=decision&low=0.0&q=nora" in link
    assert "1 of 1" in client.get(link).text


@pytest.mark.parametrize(
    "query", ["low=x&high=-3", "state=guess", "after=-5", "after=x", "task=%00&assessment='", "q=%25"]
)
def test_nonsense_in_an_address_is_left_out(world, query):
    assert world.client("grader").get(f"/grading/?{query}").status_code == 200


def test_nothing_fits_and_nothing_is_there(world):
    assert "Nothing fits" in world.client("grader").get("/grading/?q=nobody").text
    assert "Nothing has been handed in yet" in world.client("other interviewer").get("/grading/").text
    assert (
        world.client("grader").get("/grading/next?q=nobody&order=newest").location == "/grading/?order=newest&q=nobody"
    )


def test_pages_of_fifty(world, monkeypatch):
    monkeypatch.setattr(grading_queue, "PAGE", 3)
    monkeypatch.setattr("harness.web.grading_pages.queue.PAGE", 3)
    client = world.client("grader")
    first = client.get("/grading/").text
    assert "1 to 3 of 4" in text_of_html(first)
    further = html.unescape(re.search(r'href="([^"]+)" rel="next">Further', first)[1])
    second = client.get(further).text
    assert "4 to 4 of 4" in text_of_html(second)
    assert 'rel="next">Further' not in second


def text_of_html(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_queries_of_a_submissions_page_are_few(world, fay):
    """Whatever its comments and decisions are."""
    client, seen = world.client("grader"), []

    def count(connection, cursor, statement, *rest):
        seen.append(statement)

    def queries():
        seen.clear()
        assert client.get(f"{fay['page']}?order=newest").status_code == 200
        return len(seen)

    client.get(fay["page"])
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    note(world, Place("app.py", 1, 1), "First.")
    decide(world, "first", "failed")
    few = queries()
    for number in range(2, 6):
        note(world, Place("app.py", number, number), f"Comment {number}.", by="Ada")
    decide(world, "second", "passed")
    decide(world, "third", "failed", by="Ada")
    assert queries() <= few + 1  # the other author


def decide(world, check, outcome, by="Greta"):
    with world.site.app_context():
        return overruling.about_check(submission_of("Fay").id, check, overruling.Outcome(outcome), REASON, user(by)).ref


# the page of a submission


def test_the_page_has_all_that_was_found(world, fay):
    page = world.client("grader").get(fay["page"])
    text = text_of(page)
    for words in ("Submission 1", "66.7 of 100", "counts", "2 checks passed", "self-reported", "HIDDENINPUT 4711"):
        assert words in text
    ids, levels, targets = tokens(page.text)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert levels.count(1) == 1
    assert 'class="kn"' in page.text, "code has colours"
    assert " style=" not in page.text


def test_a_traceback_leads_to_the_code(world, fay):
    trace = 'Traceback:\n  File "/srv/app/app.py", line 5, in create_app\n  File "/srv/app/app.py", line 6, in x\n'
    with world.site.app_context():
        sitting = Sitting(submission_of("Fay").item.attempt)
        verdicts = tuple(replace(one, traceback=trace) for one in sitting.verdicts("one"))
    grade_anew(world, verdicts=verdicts)
    page = world.client("grader").get(fay["page"]).text
    assert '<a href="#L0-5">File &#34;/srv/app/app.py&#34;, line 5</a>' in page
    assert 'id="L0-5"' in page
    assert 'href="#L0-6"' not in page, "there is no such line"


def test_what_changed_and_the_whole_report_have_pages_of_their_own(world, fay):
    client = world.client("grader")
    changes = client.get(f"{fay['page']}?view=changes&order=oldest").text
    assert "def create_app" in changes
    assert "order=oldest" in re.search(r'data-key="n" href="([^"]+)"', changes)[1]
    report = client.get(f"{fay['page']}?view=report").text
    assert "What was checked" in report
    assert client.get(f"{fay['page']}?view=guess").status_code == 200


def test_of_several_submissions_the_page_says_which_counts(world, fay):
    with world.site.app_context():
        other = submission_of("Otto").item
        ref = handing_in.hand_in(other.id, "again", {"app.py": b"# again\n"}).ref
        grade_all()
        address = f"/assessments/{other.attempt.assessment.ref}/attempts/{other.attempt.ref}/submissions"
        first = other.submissions[0].ref
    page = text_of(world.client("grader").get(f"{address}/{ref}"))
    assert "does not count: another one is better" in page
    page = world.client("grader").get(f"{address}/{first}")
    assert "does not count" not in page.text
    assert f"/submissions/{ref}" in page.text


# comments


def test_a_comment_is_written_without_script(world, fay):
    client = world.client("grader")
    page = client.get(fay["page"]).text
    link = html.unescape(re.search(r'href="([^"]+)" data-line="4"', page)[1])
    form = client.get(link).text
    assert '<form class="write" method="post"' in form.split('id="L0-4"')[1].split('id="L0-5"')[0]
    sent = {"file": "0", "first": "4", "last": "5", "text": "<b>Why</b> a factory?"}
    reply = client.post(f"{fay['page']}/comments?order=oldest", data=sent)
    assert re.search(r"\?order=oldest#comment-\S+$", reply.location)
    page = client.get(fay["page"]).text
    assert "&lt;b&gt;Why&lt;/b&gt; a factory?" in page.split('id="L0-5"')[1]
    assert "lines 4 to 5" in page
    kept = select(Comment.path, Comment.first, Comment.last).where(Comment.first == 4)
    assert [tuple(one) for one in world.find(lambda: db.session.execute(kept).all())] == [("app.py", 4, 5)]


def test_a_comment_that_is_not_taken_is_kept_in_its_form(world, fay):
    sent = {"file": "0", "first": "4", "last": "40", "text": "Look <here>"}
    reply = world.client("grader").post(f"{fay['page']}/comments", data=sent)
    assert reply.status_code == 422
    assert "app.py has 5 lines" in reply.text


@pytest.mark.parametrize("sent", [{"file": "9"}, {"file": "x", "first": "y"}, {"file": "0", "first": "9" * 30}, {}])
def test_a_form_that_no_page_made_breaks_nothing(world, fay, sent):
    assert world.client("grader").post(f"{fay['page']}/comments", data=sent).status_code in {404, 422}


def test_a_kept_comment_comes_into_the_form_by_a_button(world, fay):
    with world.site.app_context():
        ref = phrases.keep(user("Greta"), "A name says what it is for.", shared=False).ref
    sent = {"file": "0", "first": "4", "last": "4", "text": "Here:", "use": ref}
    reply = world.client("grader").post(f"{fay['page']}/comments", data=sent)
    assert ">Here:\nA name says what it is for.</textarea>" in reply.text
    assert world.find(lambda: db.session.scalars(select(Comment).where(Comment.first == 4)).all()) == []
    assert world.client("grader").post(f"{fay['page']}/comments", data=sent | {"use": "guess"}).status_code == 404


def test_a_comment_is_kept_to_use_it_again(world, fay):
    world.client("owner").post(f"{fay['page']}/comments", data={"text": "Tests first.", "keep": "on"})
    assert world.find(lambda: phrases.usable(user("Ines"))[0].text) == "Tests first."
    assert "Tests first." in world.client("owner").get("/grading/comments").text
    assert "Tests first." not in world.client("grader").get("/grading/comments").text


def test_ones_own_comment_is_changed_and_removed(world, fay):
    ref, client = note(world, Place("app.py", 2, 2)), world.client("grader")
    assert f"edit={ref}" in client.get(fay["page"]).text
    assert f"edit={ref}" not in world.client("owner").get(fay["page"]).text
    assert "It reads well.</textarea>" in client.get(f"{fay['page']}?edit={ref}").text
    assert "It reads well.</textarea>" not in world.client("owner").get(f"{fay['page']}?edit={ref}").text
    reply = client.post(f"{fay['page']}/comments/{ref}", data={"text": ""})
    assert reply.status_code == 422
    client.post(f"{fay['page']}/comments/{ref}", data={"text": "It reads very well.", "publish": "on"})
    assert "It reads very well." in client.get(fay["page"]).text
    client.post(f"{fay['page']}/comments/{ref}/remove")
    assert "It reads very well." not in client.get(fay["page"]).text


def test_candidates_read_what_is_published_beside_their_code(world, fay):
    note(world, Place("app.py", 4, 5), "A factory, <i>well</i> done.")
    note(world, text="For colleagues alone.")
    client = world.client("finished")
    assert "comments on your code" not in client.get(fay["report"]).text
    staff = world.client("owner")
    assert "2 comments are for the staff alone" in staff.get(fay["page"]).text
    with world.site.app_context():
        hidden = db.session.scalars(select(Comment).where(Comment.text.startswith("For coll"))).one().ref
    world.client("grader").post(f"{fay['page']}/comments/{hidden}/remove")
    staff.post(f"{fay['page']}/comments/publish")
    assert "1 comment on your code" in client.get(fay["report"]).text
    page = client.get(f"{fay['report']}/tasks/1")
    assert "A factory, &lt;i&gt;well&lt;/i&gt; done." in page.text
    assert "app.py , lines 4 to 5" in text_of(page)
    assert "For colleagues" not in page.text
    assert "Greta" not in page.text, "the platform speaks, not a person"
    ids, _, targets = tokens(page.text)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert "A factory, &lt;i&gt;well&lt;/i&gt; done." in client.get(f"{fay['report']}.html").text
    told = json.loads(client.get(f"{fay['report']}.json").text)["tasks"][0]["comments"]
    assert told == [{"submission": 1, "file": "app.py", "lines": [4, 5], "text": "A factory, <i>well</i> done."}]


def test_a_policy_of_scores_shows_no_comment(world, fay):
    note(world, Place("app.py", 4, 5), "A factory.", publish=True)
    set_rule(world, report_policy=ReportPolicy.SCORES)
    client = world.client("finished")
    for path in ("", ".html", ".json"):
        assert "A factory." not in client.get(fay["report"] + path).text
    assert client.get(f"{fay['report']}/tasks/1").status_code == 404


# decisions


def test_a_decision_is_made_read_and_withdrawn(world, fay):
    client = world.client("grader")
    sent = {"check": "second", "outcome": "passed", "reason": REASON, "seen": ""}
    assert client.post(f"{fay['page']}/checks/decide", data=sent).location.endswith("#check-second")
    page = client.get(fay["page"])
    assert "100 of 100 changed by Greta" in text_of(page)
    assert "The tests gave 66.7 of 100. Greta decided otherwise, so it is 100." in text_of(page)
    assert "The test itself: failed." in page.text
    theirs = world.client("finished").get(f"{fay['report']}/tasks/1")
    assert REASON in theirs.text
    assert "100 of 100" in text_of(theirs)
    assert "Greta" not in theirs.text
    assert "changed by Greta" in text_of(client.get(f"{fay['staff']}/report"))
    assert "changed by Greta" in client.get("/grading/").text
    address = re.search(r'action="([^"]+/withdraw)"', page.text)[1]
    assert client.post(address).location.endswith("#check-second")
    page = text_of(client.get(fay["page"]))
    assert "66.7 of 100" in page
    assert "Withdrawn by Greta" in page
    client.post(address)
    assert "withdrawn already" in client.get(fay["page"]).text


def test_a_decision_without_a_reason_is_kept_in_its_form(world, fay):
    sent = {"check": "second", "outcome": "ours", "reason": "so", "seen": ""}
    reply = world.client("grader").post(f"{fay['page']}/checks/decide", data=sent)
    assert reply.status_code == 422
    assert ">so</textarea>" in reply.text
    assert 'value="ours" required checked' in reply.text
    assert world.client("grader").post(f"{fay['page']}/checks/decide", data=sent | {"outcome": "x"}).status_code == 422


def test_an_answer_is_decided_about_on_the_report(world, fay):
    client = world.client("owner")
    address = f"{fay['staff']}/questions/1/decide"
    reply = client.post(address, data={"outcome": "passed", "reason": "so", "seen": ""})
    assert reply.status_code == 422
    assert ">so</textarea>" in reply.text
    reply = client.post(address, data={"outcome": "passed", "reason": REASON, "seen": ""})
    assert reply.location.endswith("/report#question-1")
    page = client.get(f"{fay['staff']}/report")
    assert "Ines decided that it counts as right" in text_of(page)
    assert REASON in world.client("finished").get(fay["report"]).text
    client.post(re.search(r'action="([^"]+/withdraw)"', page.text)[1])
    assert REASON not in world.client("finished").get(fay["report"]).text
    assert client.post(f"{fay['staff']}/questions/9/decide", data={"outcome": "passed"}).status_code == 404


def test_a_decision_of_another_attempt_is_not_withdrawn_here(world, fay):
    ref = world.find(lambda: db.session.scalars(select(Override)).one().ref)  # about Nora's
    assert world.client("grader").post(f"{fay['staff']}/decisions/{ref}/withdraw").status_code == 404


def test_an_appeal_is_answered_beside_the_code(world, fay):
    with world.site.app_context():
        submission = submission_of("Fay")
        appeals.file_about_check(submission.item.attempt_id, submission.id, "second", "The check is <b>wrong</b>.")
        ref = db.session.scalars(select(Appeal).where(Appeal.check == "second")).one().ref
    client = world.client("grader")
    assert "1 appeal" in text_of(client.get("/grading/?state=appeal"))
    page = client.get(fay["page"]).text
    assert "The check is &lt;b&gt;wrong&lt;/b&gt;." in page
    sent = {"decision": "accept", "text": "So it is: the brief says nothing of it.", "back": "submission"}
    reply = client.post(f"/appeals/{ref}?order=newest&state=appeal", data=sent)
    assert reply.location == f"{fay['page']}?order=newest&state=appeal"
    page = text_of(client.get(reply.location))
    assert "answering an appeal" in page
    assert "100 of 100" in page
    assert "fits your filters no more" in page
    assert "/withdraw" not in client.get(fay["page"]).text, "the candidate has read it"


# to use again


def test_what_is_kept_is_changed_and_removed_by_forms(world):
    client = world.client("owner")
    assert client.post("/grading/comments", data={"text": " "}).status_code == 422
    client.post("/grading/comments", data={"text": "Say <why>.", "shared": "on"})
    page = world.client("grader").get("/grading/comments").text
    assert "Say &lt;why&gt;." in page
    assert "shared by Ines" in page
    ref = world.find(lambda: db.session.scalars(select(Phrase).where(Phrase.text == "Say <why>.")).one().ref)
    reply = client.post(f"/grading/comments/{ref}", data={"text": ""})
    assert reply.status_code == 422
    client.post(f"/grading/comments/{ref}", data={"text": "Say why and how."})
    assert "Say why and how." in client.get("/grading/comments").text
    assert "Say why and how." not in world.client("grader").get("/grading/comments").text
    client.post(f"/grading/comments/{ref}/remove")
    assert "Say why and how." not in client.get("/grading/comments").text
