"""Entries 106 to 115 of the hostile catalogue, and what else people try against the pages (docs/security-web.md).

106, another's submission or report, is every row of test_access.py; 113, a full queue, is tests of handing in.
"""

from __future__ import annotations

import ast
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

import harness
from harness.services import inviting
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import (
    Answer,
    Assessment,
    Attempt,
    Event,
    Invitation,
    OneTimeLink,
    Submission,
    SubmissionKind,
    User,
)
from harness.web import create_app
from harness.web.security import limiter

CODE = Path(harness.__file__).parent
TEMPLATES = sorted((CODE / "web" / "templates").rglob("*.html"))


def attempt_of(world, name: str) -> tuple[str, int]:
    """The ref of somebody's attempt, and the id of its task."""

    def ask():
        found = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == name)).one()
        return found.ref, found.items[-1].id

    return world.find(ask)


def counted(world, *tables) -> list[int]:
    return world.find(lambda: [db.session.scalar(select(func.count()).select_from(table)) for table in tables])


@pytest.fixture
def strict(world):
    """Makes the same platform, with what tests of single pages leave out."""
    made = []

    def make(**settings):
        site = create_app(
            {
                "SECRET_KEY": "k" * 40,
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{world.path}",
                "SESSION_COOKIE_SECURE": False,
                "RATELIMIT_ENABLED": True,
                "TESTING": True,
                **settings,
            }
        )
        made.append(site)
        return site

    yield make
    if any(site.config["RATELIMIT_ENABLED"] for site in made):
        limiter.reset()
    for site in made:
        with site.app_context():
            db.engine.dispose()


def test_107_links_are_stored_as_digests_and_wrong_ones_are_alike(world):
    replies = [world.client("nobody").get(f"/assessment/open/{token}") for token in ("guess", "x" * 43, "0", "é")]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.text for reply in replies}) == 1
    stored = world.find(
        lambda: [
            *db.session.scalars(select(Invitation.token_digest)),
            *db.session.scalars(select(OneTimeLink.token_digest)),
        ]
    )
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in stored)


@pytest.mark.parametrize(
    ("method", "address", "most"),
    [("GET", "/assessment/open/guess", 30), ("POST", "/login", 10), ("GET", "/link/guess", 20)],
)
def test_107_guessing_is_limited(strict, method, address, most):
    client = strict(WTF_CSRF_ENABLED=False).test_client()
    codes = [client.open(address, method=method).status_code for _ in range(most + 1)]
    assert 429 not in codes[:-1]
    assert codes[-1] == 429
    assert "limit" not in client.open(address, method=method).headers.get("Set-Cookie", "")


def test_107_appeals_are_limited_person_by_person(world, strict):
    site = strict(WTF_CSRF_ENABLED=False)
    address = f"/attempts/{attempt_of(world, 'Fay')[0]}/report/appeal"
    fay, ines = world.client("finished"), world.client("owner")
    fay.application = ines.application = site
    codes = [fay.post(address, data={"number": 1, "text": "short"}).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    assert fay.get(address.removesuffix("/appeal")).status_code == 200
    assert ines.post(address, data={"number": 1, "text": "short"}).status_code == 404, "not hers, and not limited"


def test_108_every_form_wants_its_token(world, strict):
    site = strict(RATELIMIT_ENABLED=False)
    rules = [rule for rule in site.url_map.iter_rules() if "POST" in rule.methods]
    rules = [rule for rule in rules if not rule.endpoint.startswith("api_")]  # where cookies count for nothing
    assert len(rules) > 20
    for rule in rules:
        arguments = {
            name: 1 if name in {"number"} else "questions" if name == "part" else "x" for name in rule.arguments
        }
        with site.test_request_context():
            address = rule.build(arguments)[1]
        for person in ("invited", "owner"):
            client = world.client(person)
            client.application = site
            sent = client.post(address, data={"text": "sent from elsewhere"})
            # what programs call knows of no cookie, so no page can call it in somebody's name
            expected = 401 if rule.rule.startswith("/api/") else 400
            assert sent.status_code == expected, rule.endpoint


LATE = timedelta(days=1)


def test_109_what_comes_late_is_not_taken_whatever_the_client_says(world):
    ref, _ = attempt_of(world, "Nora")
    before = counted(world, Answer, Submission, Event)
    client = world.client("invited")
    with time_machine.travel(now() + LATE, tick=False):
        with client.session_transaction() as session:
            session.permanent = False
        form = {"chosen": "x", "version": "9", "at": "2020-01-01T00:00:00Z"}
        client.post(f"/attempts/{ref}/questions/1", data=form, headers={"Date": "Wed, 01 Jan 2020 00:00:00 GMT"})
        client.post(f"/attempts/{ref}/tasks/1", data={"path": "a.py", "content": "1", "version": "1", "do": "hand-in"})
        client.post(
            f"/attempts/{ref}/tasks/1/upload", data={"archive": (zipped({"a.py": "1"}), "a.zip"), "do": "hand-in"}
        )
    assert counted(world, Answer, Submission, Event) == before


def zipped(files: dict[str, str]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    buffer.seek(0)
    return buffer


def test_110_a_click_that_comes_many_times_at_once_is_one_submission(world):
    ref, item = attempt_of(world, "Nora")

    def click(number: int) -> int:
        form = {"path": "app.py", "content": "# new", "version": "1", "key": "one-click", "do": "hand-in"}
        return world.client("invited").post(f"/attempts/{ref}/tasks/1", data=form).status_code

    with ThreadPoolExecutor(6) as threads:
        codes = list(threads.map(click, range(6)))
    assert set(codes) <= {302, 409}
    made = select(func.count()).where(
        Submission.item_id == item,
        Submission.kind == SubmissionKind.HANDED_IN,
        Submission.key.startswith("in-one-click"),
    )
    assert world.find(lambda: db.session.scalar(made)) == 1


def test_111_what_has_ended_stays_so(world):
    ref, _ = attempt_of(world, "Fay")
    before = counted(world, Answer, Submission, Event)
    client = world.client("finished")
    client.post("/assessment/questions/start")
    client.post("/assessment/tasks/start")
    client.post(f"/attempts/{ref}/questions/1", data={"chosen": "x", "version": "9"})
    client.post(f"/attempts/{ref}/tasks/1", data={"path": "a.py", "content": "1", "version": "1", "do": "hand-in"})
    client.post(f"/attempts/{ref}/questions/end")
    assert counted(world, Answer, Submission, Event) == before
    assert world.find(lambda: db.session.scalars(select(Attempt).where(Attempt.ref == ref)).one().finished_at)


def test_112_what_was_handed_in_is_never_served_as_a_page(world):
    ref, _ = attempt_of(world, "Nora")
    evil = "<script>alert(1)</script>"
    form = {"path": "app.py", "content": evil, "version": "1", "key": "evil", "do": "hand-in"}
    world.client("invited").post(f"/attempts/{ref}/tasks/1", data=form)

    def ask():
        made = db.session.scalars(select(Submission).where(Submission.key.startswith("in-evil"))).one()
        return made.ref, db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().ref

    submission, assessment = world.find(ask)
    base = f"/assessments/{assessment}/attempts/{ref}/submissions/{submission}"
    page = world.client("owner").get(base)
    assert page.status_code == 200
    assert evil not in page.text
    assert "&lt;script&gt;" in re.sub(r"</?span[^>]*>", "", page.text)  # each word has its colour
    files = world.client("owner").get(f"{base}/files.zip")
    assert files.headers["Content-Disposition"].startswith("attachment")
    assert files.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        world.client("invited")
        .get(f"/attempts/{ref}/tasks/1/kit")
        .headers["Content-Disposition"]
        .startswith("attachment")
    )


def test_114_the_platform_fetches_nothing(world):
    clients = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "ftplib", "socket"}
    for file in [*(CODE / "web").rglob("*.py"), *(CODE / "services").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not clients & set(names), file


def test_115_no_address_takes_a_result(world):
    for rule in world.site.url_map.iter_rules():
        assert not re.search(
            "worker|callback|(?<!web)hook|result|job", rule.rule
        )  # webhooks are told, and tell nothing


def test_names_and_texts_of_people_act_nowhere(world):
    evil = '"><script>alert(1)</script>\u202e'
    with world.site.app_context():
        owner = db.session.scalars(select(User).where(User.email == "ines@example.org")).one()
        found = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
        inviting.invite(found.id, [Invitee(evil)], owner.id)
        with writing() as session:
            for one in session.scalars(select(Attempt)):
                one.ai_declaration = evil
            for one in session.scalars(select(Assessment)):
                one.welcome = evil
        ref = found.ref
        attempts = [one.ref for one in db.session.scalars(select(Attempt).where(Attempt.assessment_id == found.id))]
    pages = [f"/assessments/{ref}", f"/assessments/{ref}/preview", "/assessments/", "/appeals/"]
    pages += [f"/assessments/{ref}/attempts/{one}/report" for one in attempts]
    for address in pages:
        reply = world.client("owner").get(address)
        assert reply.status_code == 200, address
        assert "<script>alert" not in reply.text, address


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(CODE).as_posix())
def test_no_template_has_script_or_style_of_its_own(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=", text)
    assert "|safe" not in text.replace(" ", "")


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(world):
    ref, _ = attempt_of(world, "Nora")
    reply = world.client("invited").post(
        f"/attempts/{ref}/tasks/1/upload",
        data=b"0" * (9 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert reply.status_code == 413
    assert "Traceback" not in reply.text


def test_cookies_are_for_tls_only_unless_somebody_says_otherwise(strict):
    site = strict(SESSION_COOKIE_SECURE=True, RATELIMIT_ENABLED=False)
    cookie = site.test_client().get("/login").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_fault_of_ours_tells_nothing(world, monkeypatch):
    from harness.web import home

    monkeypatch.setattr(home, "render_template", lambda *args, **values: 1 / 0)
    world.site.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    reply = world.client("owner").get("/")
    assert reply.status_code == 500
    assert "ZeroDivisionError" not in reply.text
    assert "X-Request-ID" in reply.headers
