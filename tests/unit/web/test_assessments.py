"""An interviewer's way by the pages: from a draft to a link that works, to scores; and everything that is refused."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import event, select

from harness.services import drawing, inviting
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Assessment,
    AssessmentState,
    AuditEntry,
    FrozenItem,
    Invitation,
    ItemKind,
    User,
)

RULES = {
    "title": "Spring",
    "welcome": "**Hello**",
    "question_minutes": "20",
    "task_minutes": "30",
    "opens_at": "",
    "closes_at": "",
    "ai_rule": "forbidden",
    "report_policy": "scores",
    "most_submissions": "2",
    "counts": "last",
    "pass_mark": "",
}
GUESSES = {"picture": "plane", "kind": "json", "number": 1}  # where an address takes not every word
EVIL = '"><script>alert(1)</script>'


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def draft(ines) -> str:
    """The address of a draft of Ines'."""
    return ines.post("/assessments/", data={"title": "Spring"}).location.removesuffix("/questions")


@pytest.fixture
def look(world):
    """What stands in the store about the assessment of an address."""

    def ask(address: str, what=lambda found: found):
        ref = address.rsplit("/", 1)[1]
        return world.find(lambda: what(db.session.scalars(select(Assessment).where(Assessment.ref == ref)).one()))

    return ask


@pytest.fixture
def backend(world) -> str:
    """The address of the published assessment."""
    return "/assessments/" + world.find(
        lambda: db.session.scalars(select(Assessment.ref).filter_by(title="Backend")).one()
    )


@pytest.fixture
def published(ines, draft, world) -> str:
    """An assessment with one question and one task, to which nobody is invited yet."""
    fill(ines, draft, world)
    ines.post(f"{draft}/publish")
    return draft


def fill(client, draft, world) -> None:
    task = world.find(lambda: drawing.tasks()[0].digest)
    client.post(f"{draft}/questions", data={"fundamentals:junior": "1", "pool": "practice", "do": "draw"})
    client.post(f"{draft}/tasks", data={"task": [task]})


def items(found) -> list[str]:
    return [one.digest for one in found.items]


def text_of(page) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def links_of(page) -> list[str]:
    return re.findall(r'<code class="link"[^>]*>([^<]+)', page.text)


def test_from_nothing_to_a_link_that_works(world, look):
    ines = world.client("other interviewer")
    made = ines.post("/assessments/", data={"title": " Spring  2027 "})
    draft = made.location.removesuffix("/questions")
    assert "None yet" in ines.get(made.location).text

    drawn = ines.post(f"{draft}/questions", data={"mixture": "junior", "pool": "practice"}, follow_redirects=True)
    assert "20 questions" in text_of(drawn)
    assert drawn.text.count('class="badge pass">right') >= 20

    task = world.find(lambda: drawing.tasks()[0].digest)
    assert ines.post(f"{draft}/tasks", data={"task": [task], "go": "on"}).location == f"{draft}/weights"
    assert ines.post(f"{draft}/weights", data={f"weight-{task}": "3", "go": "on"}).location == f"{draft}/rules"
    rules = RULES | {"title": "Spring 2027", "closes_at": "2099-03-01T12:00", "pass_mark": "60"}
    assert ines.post(f"{draft}/rules", data=rules | {"go": "on"}).location == f"{draft}/edit"

    seen = text_of(ines.get(f"{draft}/edit"))
    for part in ("20: 4 Fundamentals, 4 Databases", "1 item weighs more", "forbidden", "60 of 100"):
        assert part in seen
    preview = ines.get(f"{draft}/preview").text
    assert "<strong>Hello</strong>" in preview
    assert "AI tools are forbidden" in preview

    shown = ines.post(f"{draft}/publish", follow_redirects=True)
    assert "Nobody is invited yet" in shown.text
    assert look(draft, lambda found: (found.state, found.pass_mark, len(found.items))) == (
        AssessmentState.PUBLISHED,
        60,
        21,
    )

    page = ines.post(f"{draft}/invite", data={"people": "Nele, nele@example.org, 25", "key": "k"})
    (link,) = links_of(page)
    opened = world.site.test_client().get(link, follow_redirects=True)
    assert "Assessment for Nele" in opened.text
    assert "20 questions, 25 minutes" in text_of(opened)
    assert "opened" in text_of(ines.get(draft))
    assert link.rsplit("/", 1)[1] not in ines.get(draft).text


def test_the_list_and_its_empty_states(world):
    assert "No assessment yet" not in world.client("owner").get("/assessments/").text
    with world.site.app_context(), writing() as session:
        for one in session.scalars(select(Assessment).where(Assessment.title == "Other")):
            session.delete(one)
    assert "No assessment yet" in world.client("other interviewer").get("/assessments/").text
    page = world.client("grader").get("/assessments/").text
    assert "Begin a draft" not in page
    assert "Ines" in page


@pytest.mark.parametrize("title", ["", "   ", "\u202e", "x" * 201])
def test_an_assessment_without_a_title_is_not_begun(ines, title):
    page = ines.post("/assessments/", data={"title": title})
    assert page.status_code == 422
    assert 'class="error"' in page.text


def test_what_was_filled_in_wrongly_is_still_there(ines, draft, look, world):
    fill(ines, draft, world)
    before = look(draft, items)
    sent = {"fundamentals:junior": "3", "orm:mid": "999", "apis:mid": "many", "pool": "exam", "do": "draw"}
    page = ines.post(f"{draft}/questions", data=sent)
    assert page.status_code == 422
    for value in ("3", "999", "many"):
        assert f'value="{value}" aria-label' in page.text
    assert "no number" in page.text
    assert re.search(r"only \d+<", page.text)
    assert '<input type="radio" name="pool" value="exam" checked>' in page.text
    assert look(draft, items) == before

    page = ines.post(f"{draft}/weights", data={f"weight-{before[0]}": "5", f"weight-{before[1]}": "a lot"})
    assert page.status_code == 422
    assert 'value="5"' in page.text
    assert 'value="a lot" aria-invalid="true"' in page.text

    page = ines.post(f"{draft}/rules", data=RULES | {"title": "New", "question_minutes": "0", "welcome": "Kept"})
    assert page.status_code == 422
    assert 'value="New"' in page.text
    assert "Kept</textarea>" in page.text
    assert look(draft, lambda found: found.title) == "Spring"

    page = ines.post(f"{draft}/tasks", data={"task": ["f" * 64]})
    assert page.status_code == 422
    assert "no longer offers" in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"opens_at": "2099-03-02T12:00", "closes_at": "2099-03-01T12:00"}, "closes before it opens"),
        ({"closes_at": "tomorrow"}, "Not a valid datetime"),
        ({"ai_rule": "maybe"}, "Not a valid choice"),
        ({"counts": "all"}, "Not a valid choice"),
        ({"report_policy": "keys"}, "Not a valid choice"),
        ({"pass_mark": "101"}, "between 0 and 100"),
        ({"most_submissions": ""}, "Give a number"),
        ({"task_minutes": "99999"}, "between 1 and 1440"),
        ({"title": " \u202e"}, "A title has 1 to 200"),
    ],
)
def test_rules_that_do_not_fit_say_why(ines, draft, changed, said):
    page = ines.post(f"{draft}/rules", data=RULES | changed)
    assert page.status_code == 422
    assert said in page.text


def test_moments_are_utc(ines, draft, look):
    ines.post(f"{draft}/rules", data=RULES | {"opens_at": "2099-03-01T12:00"})
    assert look(draft, lambda found: found.opens_at.isoformat()) == "2099-03-01T12:00:00+00:00"
    assert 'value="2099-03-01T12:00"' in ines.get(f"{draft}/rules").text


def test_one_question_is_changed_where_it_stands(ines, draft, look):
    ines.post(f"{draft}/questions", data={"fundamentals:junior": "3", "pool": "practice", "do": "draw"})
    before = look(draft, items)
    back = ines.post(f"{draft}/questions/{before[1]}", data={"do": "another"})
    assert back.location == f"{draft}/questions#question-2"
    after = look(draft, items)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]
    ines.post(f"{draft}/questions/{after[0]}", data={"do": "remove"})
    assert look(draft, items) == after[1:]
    assert (
        "no such question" in ines.post(f"{draft}/questions/guess", data={"do": "remove"}, follow_redirects=True).text
    )


def test_items_of_ones_own_content_are_not_called_public(ines, draft, world):
    fill(ines, draft, world)
    assert '<span class="badge">public</span>' in ines.get(f"{draft}/questions").text
    assert "2 of its 2 items come with assay" in ines.get(f"{draft}/edit").text
    with world.site.app_context(), writing() as session:
        for one in session.scalars(select(FrozenItem)):
            one.public = False
    for step in ("questions", "tasks"):
        assert '<span class="badge">public</span>' not in ines.get(f"{draft}/{step}").text
    assert "come with assay" not in ines.get(f"{draft}/edit").text


def test_what_was_revised_is_told_and_renewed(ines, draft, world, look):
    fill(ines, draft, world)
    assert "revised" not in ines.get(f"{draft}/edit").text
    with world.site.app_context(), writing() as session:
        session.get_one(FrozenItem, look(draft, items)[0]).current = False
    assert "1 item was revised, or taken out" in text_of(ines.get(f"{draft}/edit"))
    assert "1 taken out" in ines.post(f"{draft}/renew", follow_redirects=True).text
    assert len(look(draft, items)) == 1


PUBLISHED_REFUSES = {
    "questions": {"mixture": "junior", "pool": "practice"},
    "tasks": {},
    "weights": {"weight-x": "9"},
    "rules": RULES | {"title": "Forged"},
    "publish": {},
    "throw-away": {},
    "renew": {},
}


@pytest.mark.parametrize("step", [*PUBLISHED_REFUSES, "questions/DIGEST"])
def test_forged_posts_do_not_change_what_is_published(world, ines, backend, step):
    def whole():
        ref = backend.rsplit("/", 1)[1]
        found = db.session.scalars(select(Assessment).where(Assessment.ref == ref)).one()
        row = {column.name: getattr(found, column.name) for column in Assessment.__table__.columns}
        return row | {"items": [(one.digest, one.position, one.weight) for one in found.items]}

    before = world.find(whole)
    digest = before["items"][0][0]
    reply = ines.post(
        f"{backend}/{step.replace('DIGEST', digest)}",
        data=PUBLISHED_REFUSES.get(step, {"do": "remove"}),
        follow_redirects=True,
    )
    assert "do not change" in reply.text
    assert world.find(whole) == before


@pytest.mark.parametrize("step", ["edit", "questions", "tasks", "weights", "rules"])
def test_the_steps_of_what_is_published_lead_to_its_page(ines, backend, step):
    assert ines.get(f"{backend}/{step}").location == backend


def test_a_draft_leads_each_reader_to_what_they_may_see(world, draft):
    assert world.client("owner").get(draft).location == f"{draft}/edit"
    assert world.client("grader").get(draft).location == f"{draft}/preview"
    assert world.client("other interviewer").get(draft).status_code == 404


def test_a_draft_is_thrown_away(ines, draft, world):
    assert "is gone" in ines.post(f"{draft}/throw-away", follow_redirects=True).text
    assert ines.get(f"{draft}/edit").status_code == 404
    assert ines.post(f"{draft}/throw-away").status_code == 404


def test_a_copy_is_a_draft_of_ones_own(world, backend, look):
    made = world.client("administrator").post(f"{backend}/copy")
    assert made.location.endswith("/edit")
    copied = made.location.removesuffix("/edit")
    assert look(copied, lambda found: (found.title, found.owner.name, len(found.items))) == ("Backend (copy)", "Ada", 5)


def test_the_window_becomes_longer_closes_and_opens_again(ines, published, look):
    until = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    earlier = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    def move(moment: str) -> str:
        return ines.post(f"{published}/window", data={"closes_at": moment}, follow_redirects=True).text

    assert "can only end later" in move(earlier)
    assert "no date and time" in move("soon")
    assert "Closed: nobody can start" in ines.post(f"{published}/close", follow_redirects=True).text
    assert "Only a published assessment" in ines.post(f"{published}/close", follow_redirects=True).text
    assert "this one is not any more" in text_of(ines.get(f"{published}/invite"))
    assert "The end is changed" in move(until)
    assert look(published, lambda found: (found.state, found.closes_at.strftime("%Y-%m-%dT%H:%M"))) == (
        "published",
        until,
    )
    assert "can only end later" in move(earlier)
    assert "The end is changed" in move("")


def test_links_are_shown_once_and_kept_as_csv_that_is_no_formula(ines, published, world):
    people = '=1+1|cmd,one@example.org\n"+Ann, ""A""",,50\n@Bob\n-Cid'
    page = ines.post(f"{published}/invite", data={"people": people, "key": "k"})
    assert page.status_code == 200
    links = links_of(page)
    assert len(set(links)) == 4
    file = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)"', page.text)[1]
    rows = list(csv.reader(io.StringIO(unquote(file).removeprefix("\ufeff"))))
    assert rows[0] == ["name", "email", "link"]
    assert [row[0] for row in rows[1:]] == ["'=1+1|cmd", '\'+Ann, "A"', "'@Bob", "'-Cid"]
    assert [row[2] for row in rows[1:]] == links
    tokens = [link.rsplit("/", 1)[1] for link in links]
    stored = world.find(lambda: [one.token_digest for one in db.session.scalars(select(Invitation))])
    for address in (published, f"{published}/people", f"{published}/invite", "/"):
        seen = ines.get(address).text
        assert not [token for token in tokens if token in seen]
    assert not set(tokens) & set(stored)


def test_a_mail_that_is_begun_says_only_what_it_should(ines, published):
    page = ines.post(f"{published}/invite", data={"people": "A&bcc=x@y.z?body=, ann@example.org", "key": "k"})
    address = html.unescape(re.search(r'href="(mailto:[^"]+)"', page.text)[1])
    assert re.fullmatch(r"mailto:ann@example\.org\?subject=Spring&body=[^&?=]+", address)


def test_the_same_form_again_invites_nobody(ines, published, look):
    form = re.search(r'name="key" value="([^"]+)"', ines.get(f"{published}/invite").text)[1]
    assert links_of(ines.post(f"{published}/invite", data={"people": "Ann", "key": form}))
    again = ines.post(f"{published}/invite", data={"people": "Ann", "key": form}, follow_redirects=True)
    assert "invited already" in again.text
    assert not links_of(again)
    other = re.search(r'name="key" value="([^"]+)"', ines.get(f"{published}/invite").text)[1]
    assert links_of(ines.post(f"{published}/invite", data={"people": "Ann", "key": other}))
    assert look(published, lambda found: len(found.invitations)) == 2


def test_a_list_with_a_fault_comes_back_as_it_was(ines, published, look):
    text = "Ann, ann@example.org\nBob, bob@, 25\nCid, ann@example.org"
    page = ines.post(f"{published}/invite", data={"people": text, "key": "k"})
    assert page.status_code == 422
    assert text in html.unescape(page.text)
    assert "Line 2: That is not an e-mail address." in page.text
    assert "Line 3: ann@example.org stands in line 1 already." in page.text
    assert look(published, lambda found: found.invitations) == []
    assert ines.post(f"{published}/invite", data={"people": "", "key": "k"}).status_code == 422


def test_a_file_is_read_in_place_of_the_lines(ines, published, look):
    def send(data: bytes):
        file = (io.BytesIO(data), "people.csv")
        return ines.post(f"{published}/invite", data={"people": "Not me", "key": "k", "file": file})

    wrong = send("Zoë".encode("latin-1"))
    assert wrong.status_code == 422
    assert "not UTF-8" in wrong.text
    assert links_of(send("\ufeffname;email\r\nZoë;zoe@example.org\r\n".encode()))
    assert look(published, lambda found: [one.name for one in found.invitations]) == ["Zoë"]


def one_of(world, name: str) -> str:
    """The address of somebody's invitation."""

    def ask():
        found = db.session.scalars(select(Invitation).where(Invitation.name == name)).one()
        return f"/assessments/{found.assessment.ref}/invitations/{found.ref}"

    return world.find(ask)


def test_a_link_is_withdrawn_and_made_anew(ines, published, world):
    (link,) = links_of(ines.post(f"{published}/invite", data={"people": "Ann", "key": "k"}))
    ann = one_of(world, "Ann")
    assert "works no more" in ines.post(ann, data={"do": "revoke"}, follow_redirects=True).text
    assert world.site.test_client().get(link).status_code == 404
    assert "link withdrawn" in ines.get(published).text
    (new,) = links_of(ines.post(ann, data={"do": "new-link"}))
    assert world.site.test_client().get(new).status_code == 302
    assert world.site.test_client().get(link).status_code == 404


def test_more_time_before_the_start(ines, published, world):
    ines.post(f"{published}/invite", data={"people": "Ann", "key": "k"})
    ann = one_of(world, "Ann")
    assert "25 % more time" in ines.post(ann, data={"do": "extra-time", "percent": "25"}, follow_redirects=True).text
    for wrong in ("401", "-1", "x", ""):
        assert "0 to 400" in ines.post(ann, data={"do": "extra-time", "percent": wrong}, follow_redirects=True).text
    assert "+25 % time" in ines.get(published).text
    fay = one_of(world, "Fay")
    assert "no time can be added any more" in ines.get(fay).text
    refused = ines.post(fay, data={"do": "extra-time", "percent": "9"}, follow_redirects=True)
    assert "Every part has started" in refused.text


def test_more_time_while_the_clock_runs_reaches_the_candidates_own_clock(ines, world):
    nora, candidate = one_of(world, "Nora"), world.client("invited")
    seen = candidate.get("/assessment/").text
    question = re.search(r'href="(/attempts/[^"]+/questions/1)"', seen)[1]
    clock = re.search(r'data-clock="([^"]+)"', candidate.get(question).text)[1]
    before = candidate.get(clock).json["deadline"]
    page = ines.get(nora)
    assert "to the clock of the questions" in text_of(page)
    ines.post(nora, data={"do": "add-minutes", "part": "questions", "minutes": "15"})
    told = candidate.get(clock).json
    assert datetime.fromisoformat(told["deadline"]) - datetime.fromisoformat(before) == timedelta(minutes=15)
    assert world.client("other invited").get(clock).status_code == 404
    assert "was given 15 more minutes" in text_of(ines.get(re.search(r'href="([^"]+/attempts/[^"]+)"', page.text)[1]))
    for wrong in ("0", "-1", "x", "99999"):
        sent = {"do": "add-minutes", "part": "tasks", "minutes": wrong}
        assert "Add 1 to 1440 minutes" in ines.post(nora, data=sent, follow_redirects=True).text
    candidate.post(clock.replace("/clock", "/end"))
    assert candidate.get(clock).json == {}
    assert "to the clock of the questions" not in text_of(ines.get(nora))


def test_one_person_may_start_later_than_others(ines, draft, world):
    fill(ines, draft, world)
    ines.post(f"{draft}/rules", data=RULES | {"closes_at": "2099-03-01T12:00"})
    ines.post(f"{draft}/publish")
    (link,) = links_of(ines.post(f"{draft}/invite", data={"people": "Ann", "key": "k"}))
    ann = one_of(world, "Ann")
    for wrong, said in (
        ("2020-01-01T12:00", "has passed"),
        ("2099-02-01T12:00", "nothing would change"),
        ("x", "no date"),
    ):
        sent = {"do": "own-end", "closes_at": wrong}
        assert said in ines.post(ann, data=sent, follow_redirects=True).text
    page = ines.post(ann, data={"do": "own-end", "closes_at": "2099-05-01T12:00"}, follow_redirects=True)
    assert "May start until 1 May 2099, 12:00 UTC , unlike others" in text_of(page)
    assert "Start by 1 May 2099" in text_of(world.site.test_client().get(link, follow_redirects=True))
    page = ines.post(ann, data={"do": "own-end", "closes_at": ""}, follow_redirects=True)
    assert "unlike others" not in page.text


def test_people_are_followed_with_their_time_scores_and_reports(ines, backend):
    seen = text_of(ines.get(backend))
    assert "all 4" in seen
    assert re.search(r"questions [34]\d min left", seen)  # she began when the tests did
    for part in ("Nora working", "Rolf link withdrawn", "Fay finished knows 0"):
        assert part in seen
    page = ines.get(backend).text
    addresses = re.findall(r'href="(/assessments/[^"]+/report)"', page)
    assert len(addresses) == 4
    assert all(ines.get(address).status_code == 200 for address in addresses)
    only = text_of(ines.get(f"{backend}?stage=finished"))
    assert "Fay" in only
    assert "Nora" not in only
    assert "Nobody fits" in ines.get(f"{backend}?q=zzz").text
    assert ines.get(f"{backend}?stage=nonsense&after=-5").status_code == 200


def test_the_list_comes_again_only_where_something_is_new(ines, backend, world):
    again = html.unescape(re.search(r'hx-get="([^"]+)"', ines.get(f"{backend}?q=o").text)[1])
    assert ines.get(again).status_code == 204
    with world.site.app_context():
        found = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
        inviting.invite(found.id, [Invitee("Zoe")], found.owner_id)
    newer = ines.get(again)
    assert newer.status_code == 200
    assert "Zoe" in newer.text
    assert "Fay" not in newer.text
    assert "<html" not in newer.text


def test_graders_read_and_change_nothing(world, backend):
    page = world.client("grader").get(backend)
    assert "Report" in page.text
    for deed in ("Invite people", "Manage", "Close it", "Copy it", 'name="closes_at"'):
        assert deed not in page.text


@pytest.mark.parametrize("person", ["other interviewer", "practising", "nobody", "finished"])
def test_what_is_somebody_elses_is_not_there(world, backend, draft, person):
    """Another interviewer gets 404 for each address of a draft and of a published assessment."""
    client, answers = world.client(person), set()
    for rule in world.site.url_map.iter_rules():
        if rule.endpoint.startswith("assessments.") and "ref" in rule.arguments:
            for address in (draft, backend):
                with world.site.test_request_context():
                    ref = address.rsplit("/", 1)[1]
                    guessed = dict.fromkeys(rule.arguments, "guess") | {
                        "ref": ref,
                        "picture": "plane",
                        "kind": "json",
                        "number": 1,
                    }
                    path = rule.build(guessed)[1]
                answers |= {client.open(path, method=method).status_code for method in rule.methods - {"OPTIONS"}}
    assert answers == {"other interviewer": {404}, "practising": {403}}.get(person, {302, 403})


def test_hostile_titles_names_and_texts_are_only_text(ines, world, draft):
    fill(ines, draft, world)
    welcome = f"{EVIL} [a](javascript:alert(1)) ![i](https://evil.example/x.png)\u202e <img src=x onerror=alert(1)>"
    ines.post(f"{draft}/rules", data=RULES | {"title": f"\u202e{EVIL}", "welcome": welcome})
    ines.post(f"{draft}/publish")
    doubled = EVIL.replace('"', '""')
    made = ines.post(f"{draft}/invite", data={"people": f'"{doubled}\u202e"', "key": "k"})
    (link,) = links_of(made)
    name = world.find(lambda: db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first().name)
    assert name == EVIL
    invited = world.site.test_client()
    pages = [
        made,
        *(ines.get(address) for address in ("/", "/assessments/", draft, f"{draft}/preview", f"{draft}/invite")),
        ines.get(one_of(world, EVIL)),
        world.client("administrator").get("/people/log"),
        invited.get(link, follow_redirects=True),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text
        assert not re.search(r"<(img|a)[^>]*(onerror|javascript:)", page.text)
    assert "&lt;script&gt;alert(1)" in pages[-1].text


def test_what_is_asked_for_is_asked_of_the_store_in_few_queries(ines, draft, world):
    ines.post(f"{draft}/questions", data={"mixture": "mid", "pool": "practice"})
    asked: list[str] = []
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    for address, most in ((f"{draft}/questions", 15), (f"{draft}/edit", 12), ("/assessments/", 12), ("/", 25)):
        asked.clear()
        ines.get(address)
        assert len(asked) <= most, (address, len(asked), asked)


def test_each_deed_is_in_the_log_by_its_person(ines, published, world):
    ines.post(f"{published}/invite", data={"people": "Ann", "key": "k"})
    ann = one_of(world, "Ann")
    for do in ("revoke", "new-link"):
        ines.post(ann, data={"do": do})
    ines.post(ann, data={"do": "extra-time", "percent": "5"})
    ines.post(f"{published}/close")
    ines.post(f"{published}/window", data={"closes_at": ""})
    ines.post(f"{published}/copy")

    def ask():
        me = db.session.scalars(select(User).where(User.email == "ines@example.org")).one()
        mine = select(AuditEntry.action).where(AuditEntry.actor_id == me.id).order_by(AuditEntry.id.desc()).limit(9)
        return list(db.session.scalars(mine))[::-1]

    assert world.find(ask) == [
        "assessment.create",
        "assessment.publish",
        "invitation.create",
        "invitation.revoke",
        "invitation.new-link",
        "invitation.extra-time",
        "assessment.close",
        "assessment.extend",
        "assessment.copy",
    ]


def test_tasks_say_what_they_are(ines, draft, world):
    page = text_of(ines.get(f"{draft}/tasks"))
    rows = world.find(
        lambda: [
            (one.title, one.level, one.minutes, one.topic.title) for one in drawing.tasks() if one.kind is ItemKind.TASK
        ]
    )
    for title, level, minutes, topic in rows:
        assert f"{title} {topic} · {level} · {minutes} minutes" in page
