"""The API: tokens and scopes, lists page by page, deeds, and problems for whatever goes wrong."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from harness.services import api_tokens
from harness.services.api_tokens import Scope
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import ApiToken, Assessment, Attempt, FrozenItem, Invitation, ItemKind, Submission, User
from harness.web import create_app
from harness.web.api import limits
from harness.web.api.problems import MIMETYPE
from harness.web.security import limiter
from tests.unit.cohort_fixtures import grow
from tests.unit.world_fixtures import SETTINGS, STAFF, World, grade_all

BASE = "/api/v1"


class Program:
    """A program with a token."""

    def __init__(self, world, person: str, scopes: tuple[str, ...] = ()) -> None:
        self.client = world.site.test_client()

        def make() -> str:
            if person in STAFF:
                user = db.session.scalars(select(User).where(User.email == STAFF[person][0])).one()
                chosen = scopes or [one.value for one in api_tokens.scopes_for(user)]
                return api_tokens.create(user, "test", chosen, 30)
            return api_tokens.create_for(db.session.scalars(select(Invitation).where(Invitation.name == person)).one())

        self.token = world.find(make)

    def ask(self, address: str, method: str = "GET", more_headers=(), **more):
        headers = {"Authorization": f"Bearer {self.token}", **dict(more_headers)}
        return self.client.open(f"{BASE}{address}", method=method, headers=headers, **more)


@pytest.fixture
def ines(world):
    return Program(world, "owner")


@pytest.fixture
def backend(world):
    return world.find(lambda: db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().ref)


def project(**files: str) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    data.seek(0)
    return data


def test_a_token_says_whose_it_is(world, ines):
    assert ines.ask("/me").json == {"name": "Ines", "role": "interviewer", "scopes": [one.value for one in Scope]}
    greta = Program(world, "grader").ask("/me").json
    assert greta["scopes"] == ["assessments:read", "reports:read", "webhooks:write", "submit"]
    nora = Program(world, "Nora").ask("/me").json
    assert (nora["name"], nora["role"], nora["scopes"]) == ("Nora", "invited", ["submit"])


def test_without_a_token_that_works_there_is_nothing(world, ines):
    client = world.client("owner")  # logged in by a cookie, which counts for nothing
    refused = [
        client.get(f"{BASE}/me"),
        world.client("nobody").get(f"{BASE}/me", headers={"Authorization": "Bearer x"}),
    ]
    world.find(lambda: [api_tokens.revoke(one.user_id, one.ref) for one in db.session.scalars(select(ApiToken))])
    refused.append(ines.ask("/me"))
    for reply in refused:
        assert (reply.status_code, reply.mimetype) == (401, MIMETYPE)
        assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_in_time_and_with_its_account(world, ines):
    with time_machine.travel(now() + timedelta(days=31)):
        assert ines.ask("/me").status_code == 401
    assert ines.ask("/me").status_code == 200

    def disable() -> None:
        db.session.scalars(select(User).where(User.name == "Ines")).one().disabled_at = now()
        db.session.commit()

    world.find(disable)
    assert ines.ask("/me").status_code == 401


def test_a_scope_that_lacks_is_named(world, backend):
    reader = Program(world, "owner", (Scope.READ_ASSESSMENTS.value,))
    assert reader.ask("/assessments").status_code == 200
    reply = reader.ask(f"/assessments/{backend}/close", "POST")
    assert (reply.status_code, reply.mimetype) == (403, MIMETYPE)
    assert "assessments:write" in reply.json["detail"]


def test_a_candidates_account_gives_no_more_than_handing_in(world):
    def ask() -> list[str]:
        carl = db.session.scalars(select(User).where(User.name == "Carl")).one()
        return [one.value for one in api_tokens.scopes_for(carl)]

    assert world.find(ask) == ["submit"]
    assert Program(world, "practising").ask("/assessments").status_code == 403


def test_lists_come_page_by_page_and_miss_nothing_that_comes_meanwhile(world, ines, backend):
    first = ines.ask(f"/assessments/{backend}/invitations?limit=2")
    assert len(first.json["items"]) == 2
    assert re.search(r'^<http.*after=.*>; rel="next"$', first.headers["Link"])
    ines.ask(f"/assessments/{backend}/invitations", "POST", json={"people": [{"name": "Late"}]})
    rest = ines.ask(f"/assessments/{backend}/invitations?limit=50&after={first.json['next']}").json
    names = [one["name"] for one in first.json["items"] + rest["items"]]
    assert sorted(names) == ["Fay", "Nora", "Otto", "Rolf"]
    assert rest["next"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "after=nonsense", "after=djE6LTE"])
def test_a_list_says_what_does_not_fit(ines, query):
    reply = ines.ask(f"/assessments?{query}")
    assert (reply.status_code, reply.mimetype) == (422, MIMETYPE)
    assert reply.json["errors"]["query"]


def test_from_a_blueprint_to_an_invitation(ines):
    made = ines.ask(
        "/assessments",
        "POST",
        json={
            "title": "By a program",
            "questions": "fundamentals:junior=2",
            "tasks": ["contexts/busy-weighbridge"],
            "pass_mark": 60,
        },
    )
    assert made.status_code == 201
    assert [one["kind"] for one in made.json["items"]] == ["question", "question", "task"]
    ref = made.json["ref"]
    assert ines.ask(f"/assessments/{ref}/publish", "POST").json["state"] == "published"
    reply = ines.ask(f"/assessments/{ref}/invitations", "POST", json={"people": [{"name": "Pat", "extra_percent": 25}]})
    (told,) = reply.json
    assert "/assessment/open/" in told["link"]
    assert told["invitation"]["extra_percent"] == 25
    invitation = told["invitation"]["ref"]
    changed = ines.ask(f"/invitations/{invitation}", "PATCH", json={"extra_percent": 50})
    assert changed.json["extra_percent"] == 50
    assert ines.ask(f"/invitations/{invitation}/revoke", "POST").json["revoked_at"]
    assert ines.ask(f"/assessments/{ref}/close", "POST").json["state"] == "closed"


def test_what_does_not_fit_leaves_nothing_behind(world, ines):
    before = len(ines.ask("/assessments?limit=200").json["items"])
    for body in (
        {},
        {"title": "x", "questions": "fundamentals:junior=9999"},
        {"title": "x", "questions": "nonsense"},
        {"title": "x", "tasks": ["no/such-task"]},
        {"title": "x", "unknown": 1},
    ):
        assert ines.ask("/assessments", "POST", json=body).status_code == 422, body
    assert len(ines.ask("/assessments?limit=200").json["items"]) == before


def test_scores_reports_and_files(world, ines, backend):
    attempts = ines.ask(f"/assessments/{backend}/attempts").json["items"]
    assert len(attempts) == 4
    known = next(one for one in attempts if one["know"]["value"] is not None)
    assert known["know"]["low"] <= known["know"]["value"] <= known["know"]["high"]
    report = ines.ask(f"/attempts/{known['ref']}/report").json
    assert report["audience"] == "grader"
    assert report["interview"]
    listed = ines.ask(f"/assessments/{backend}/submissions").json["items"]
    assert {one["state"] for one in listed} == {"done"}
    whole = ines.ask(f"/submissions/{listed[0]['ref']}").json
    assert whole["report"]["audience"] == "grader"
    files = ines.ask(f"/submissions/{listed[0]['ref']}/files")
    assert zipfile.is_zipfile(io.BytesIO(files.data))


def test_another_interviewers_things_are_not_there(world, backend):
    irma = Program(world, "other interviewer")

    def refs() -> tuple[str, str, str]:
        attempt = db.session.scalars(select(Attempt).where(Attempt.assessment_id.is_not(None))).first()
        return attempt.ref, db.session.scalars(select(Submission)).first().ref, attempt.invitation.ref

    attempt, submission, invitation = world.find(refs)
    for address, method in (
        (f"/assessments/{backend}", "GET"),
        (f"/assessments/{backend}/publish", "POST"),
        (f"/assessments/{backend}/invitations", "GET"),
        (f"/assessments/{backend}/attempts", "GET"),
        (f"/attempts/{attempt}/report", "GET"),
        (f"/submissions/{submission}", "GET"),
        (f"/submissions/{submission}/files", "GET"),
        (f"/invitations/{invitation}/revoke", "POST"),
    ):
        reply = irma.ask(address, method)
        assert (reply.status_code, reply.mimetype) == (404, MIMETYPE), address


def test_practice_keeps_two_tasks_apart(world):
    carl = Program(world, "practising")
    chosen = select(FrozenItem.item).where(FrozenItem.kind == ItemKind.TASK, FrozenItem.current)
    tasks = world.find(lambda: db.session.scalars(chosen.limit(2)).all())
    made = []
    for task in tasks:
        sent = {"archive": (project(app__py=f"# {task}\n"), "p.zip")}
        reply = carl.ask(f"/submissions?task={task}", "POST", data=sent)
        world.find(grade_all)
        made.append(reply.json["task"])
    assert made == tasks


def test_what_was_handed_in_before_something_else_is_handed_in_again(world):
    """Where the last submission counts, it is the last again."""
    nora = Program(world, "Nora")
    (task,) = nora.ask("/tasks").json

    def hand_in(text: str, key: str = "") -> str:
        sent, headers = {"archive": (project(app__py=text), "p.zip")}, {"Idempotency-Key": key} if key else {}
        reply = nora.ask(f"/submissions?task={task['task']}", "POST", data=sent, more_headers=headers)
        assert reply.status_code == 201, reply.json
        return reply.json["ref"]

    def allow() -> None:
        db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().most_submissions = 5
        db.session.commit()

    world.find(allow)
    first, second = hand_in("one\n"), hand_in("two\n", "click")
    assert hand_in("one\n") not in {first, second}
    assert hand_in("two\n", "click") == second


def test_an_invited_person_hands_in_from_their_own_machine(world):
    nora = Program(world, "Nora")
    (task,) = nora.ask("/tasks").json
    sent = {"archive": (project(app__py="# from home\n"), "project.zip")}
    made = nora.ask(f"/submissions?task={task['task']}", "POST", data=sent)
    assert made.status_code == 201
    assert made.json["state"] == "waiting"
    again = nora.ask(
        f"/submissions?task={task['task']}", "POST", data={"archive": (project(app__py="# from home\n"), "p.zip")}
    )
    assert again.json["ref"] == made.json["ref"]
    mine = nora.ask(f"/my-submissions/{made.json['ref']}").json
    assert (mine["score"], mine["report"]) == (None, None)  # the report comes at the end
    assert Program(world, "Otto").ask(f"/my-submissions/{made.json['ref']}").status_code == 404


def test_the_same_files_again_tell_no_score_that_its_person_may_not_read_yet(world):
    nora = Program(world, "Nora")
    (task,) = nora.ask("/tasks").json

    def hand_in():
        sent = {"archive": (project(app__py="# from home\n"), "p.zip")}
        return nora.ask(f"/submissions?task={task['task']}", "POST", data=sent)

    hand_in()
    world.find(grade_all)
    again = hand_in()
    assert (again.json["state"], again.json["score"], again.json["report"]) == ("done", None, None)


def test_handing_in_what_is_no_project_is_refused(world):
    nora = Program(world, "Nora")
    (task,) = nora.ask("/tasks").json
    for data in ({}, {"archive": (io.BytesIO(b"no zip"), "project.zip")}):
        reply = nora.ask(f"/submissions?task={task['task']}", "POST", data=data, content_type="multipart/form-data")
        assert (reply.status_code, reply.mimetype) == (422, MIMETYPE)
    reply = nora.ask("/submissions?task=no/such-task", "POST", data={"archive": (project(app__py="x"), "p.zip")})
    assert reply.status_code == 404
    assert Program(world, "Fay").ask("/tasks").json == []


def test_practice_takes_submissions_by_an_accounts_token(world):
    carl = Program(world, "practising")
    sent = {"archive": (project(app__py="x = 1\n"), "project.zip")}
    made = carl.ask("/submissions?task=contexts/busy-weighbridge", "POST", data=sent)
    assert made.status_code == 201
    assert carl.ask(f"/my-submissions/{made.json['ref']}").status_code == 200


@pytest.mark.parametrize(("address", "method", "status"), [("/nothing", "GET", 404), ("/me", "DELETE", 405)])
def test_every_failure_is_a_problem(ines, address, method, status):
    reply = ines.ask(address, method)
    assert (reply.status_code, reply.mimetype, reply.json["status"]) == (status, MIMETYPE, status)


def test_what_http_has_a_header_for_keeps_it(ines):
    assert ines.ask("/me", "DELETE").headers["Allow"].split(", ").count("GET") == 1


def test_what_is_too_large_is_a_problem(world):
    nora = Program(world, "Nora")
    (task,) = nora.ask("/tasks").json
    sent = b"x" * (world.site.config["MAX_CONTENT_LENGTH"] + 1)
    kind = "multipart/form-data; boundary=x"
    reply = nora.ask(f"/submissions?task={task['task']}", "POST", data=sent, content_type=kind)
    assert (reply.status_code, reply.mimetype) == (413, MIMETYPE)


def test_beside_the_api_a_failure_is_a_page(world):
    for address in ("/apis", "/api", "/nothing"):
        assert world.site.test_client().get(address).mimetype == "text/html"


@pytest.fixture
def limited(world):
    """The same platform with its limits, of which nothing is used yet."""
    limits_on = {**SETTINGS, "RATELIMIT_ENABLED": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{world.path}"}
    site = create_app(limits_on)
    limiter.reset()
    yield World(site, world.path, world.original)
    limiter.reset()
    limiter.enabled = False  # it is the process's, and not the app's
    with site.app_context():
        db.engine.dispose()


def test_a_token_that_asks_too_often_waits(limited):
    ines, irma = Program(limited, "owner"), Program(limited, "other interviewer")
    with time_machine.travel(now(), tick=False):
        replies = [ines.ask("/me") for _ in range(limits.ASKING.amount + 1)]
        assert {reply.status_code for reply in replies[:-1]} == {200}
        assert (replies[-1].status_code, replies[-1].mimetype) == (429, MIMETYPE)
        assert 1 <= int(replies[-1].headers["Retry-After"]) <= 60
        assert irma.ask("/me").status_code == 200


def test_handing_in_is_limited_as_well(limited):
    nora = Program(limited, "Nora")
    with time_machine.travel(now(), tick=False):
        statuses = []
        for _ in range(limits.HANDING_IN.amount + 1):
            sent = {"archive": (project(app__py="x = 1\n"), "p.zip")}
            statuses.append(nora.ask("/submissions?task=no/such-task", "POST", data=sent).status_code)
    assert (set(statuses[:-1]), statuses[-1]) == ({404}, 429)


def test_who_guesses_tokens_waits_and_nobody_else_does(limited):
    client = limited.site.test_client()
    ines = Program(limited, "owner")
    with time_machine.travel(now(), tick=False):
        for number in range(limits.GUESSING.amount):
            guess = {"Authorization": f"Bearer assay_{number}"}
            assert client.get(f"{BASE}/me", headers=guess).status_code == 401
        assert ines.ask("/me").status_code == 429  # from the same address
        assert ines.ask("/me", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize("person", ["owner", "grader"])
def test_lists_ask_the_store_as_often_for_many_as_for_few(world, backend, person):
    asked: list[str] = []
    program = Program(world, person)
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    lists = ["attempts", "submissions", *(["invitations"] if person == "owner" else [])]

    def counts() -> list[int]:
        found = []
        for name in lists:
            asked.clear()
            assert program.ask(f"/assessments/{backend}/{name}?limit=200").status_code == 200
            found.append(len(asked))
        return found

    counts()
    few = counts()
    world.find(lambda: grow(40, 40, []))
    assert counts() == few


def test_a_fault_of_ours_tells_nothing(world, ines, monkeypatch):
    world.site.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr(api_tokens, "find", lambda token: 1 / 0)
    reply = ines.ask("/me")
    assert (reply.status_code, reply.mimetype) == (500, MIMETYPE)
    assert "ZeroDivision" not in reply.text


def test_a_token_is_made_shown_once_and_revoked(world):
    carl = world.client("practising")
    page = carl.post("/account/tokens", data={"name": "laptop", "scope": "submit", "days": "30"}).text
    token = re.search(r"assay_[\w-]+", page)[0]
    assert token not in carl.get("/account/tokens").text
    assert carl.post("/account/tokens", data={"name": "x", "scope": "reports:read", "days": "30"}).status_code == 422
    assert carl.post("/account/tokens", data={"name": "x", "scope": "submit", "days": "0"}).status_code == 422
    reply = world.site.test_client().get(f"{BASE}/me", headers={"Authorization": f"Bearer {token}"})
    assert reply.json["name"] == "Carl"
    newest = select(ApiToken).order_by(ApiToken.id.desc())
    ref = world.find(lambda: db.session.scalars(newest).first().ref)
    assert world.client("other practising").post(f"/account/tokens/{ref}/revoke").status_code == 404
    carl.post(f"/account/tokens/{ref}/revoke")
    reply = world.site.test_client().get(f"{BASE}/me", headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == 401


def test_an_invited_person_gets_a_token_that_ends_the_one_before(world):
    nora = world.client("invited")
    pages = [nora.post("/assessment/token") for _ in range(2)]
    first, second = (re.search(r"assay_[\w-]{20,}", page.text)[0] for page in pages)
    replies = [
        world.site.test_client().get(f"{BASE}/tasks", headers={"Authorization": f"Bearer {token}"})
        for token in (first, second)
    ]
    assert [reply.status_code for reply in replies] == [401, 200]
