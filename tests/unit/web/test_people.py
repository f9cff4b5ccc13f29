"""Accounts by the pages: administrators look after all of them, everyone after their own, and the log tells of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.services import accounts
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import AuditEntry, Role, User
from harness.web import create_app, settings
from harness.web.security import limiter
from tests.unit.world_fixtures import PASSWORD

NEW = {"email": "Ivo@Example.org", "name": "Ivo", "role": "interviewer"}


@pytest.fixture
def ada(world):
    return world.client("administrator")


def user_of(world, email: str) -> User:
    return world.find(lambda: db.session.scalars(select(User).where(User.email == email)).one())


def account(world, email: str) -> str:
    return f"/people/{user_of(world, email).ref}"


def link_of(page) -> str:
    return re.search(r'<code class="link"[^>]*>([^<]+)', page.text)[1]


def come_in(world, email: str, password: str = PASSWORD):
    client = world.site.test_client()
    client.post("/login", data={"email": email, "password": password})
    return client


def log(world) -> list[tuple[str, str]]:
    """Who did what, the newest first."""
    return world.find(
        lambda: [
            (one.actor.name if one.actor else "", one.action)
            for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(5))
        ]
    )


def test_somebody_is_added_and_comes_in_by_a_link_that_works_once(world, ada):
    page = ada.post("/people/", data=NEW)
    link = link_of(page)
    assert log(world)[:2] == [("Ada", "account.link"), ("Ada", "account.add")]
    assert link not in ada.get("/people/").text
    ivo = world.site.test_client()
    assert ivo.post(link, data={"password": PASSWORD}).location == "/"
    assert "Hello, Ivo" in ivo.get("/").text
    assert ivo.get("/assessments/").status_code == 200
    assert world.site.test_client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "ines@example.org"}, "account with this address already"),
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": ""}, "Give an address"),
        ({"name": ""}, "Give a name"),
        ({"name": "\u202e"}, "A name has 1 to 100"),
        ({"role": "emperor"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_says_why_and_stays_in_the_form(ada, changed, said):
    page = ada.post("/people/", data=NEW | changed)
    assert page.status_code == 422
    assert said in page.text
    if "name" not in changed:
        assert 'value="Ivo"' in page.text


def test_a_disabled_person_is_out_at_once_and_comes_back(world, ada):
    irma = world.client("other interviewer")
    where = account(world, "irma@example.org")
    assert "can&#39;t log in" in ada.post(where, data={"do": "disable"}, follow_redirects=True).text
    assert irma.get("/").location.startswith("/login")
    assert come_in(world, "irma@example.org").get("/").status_code == 302
    assert "disabled" in ada.get("/people/").text
    ada.post(where, data={"do": "enable"})
    assert come_in(world, "irma@example.org").get("/").status_code == 200
    assert [action for _, action in log(world)[:2]] == ["account.enable", "account.disable"]


def test_another_role_lets_in_elsewhere(world, ada):
    where = account(world, "irma@example.org")
    page = ada.post(where, data={"do": "role", "role": "grader"}, follow_redirects=True)
    assert "Irma is grader now" in page.text
    irma = come_in(world, "irma@example.org")
    assert irma.get("/practice/remarks").status_code == 200
    assert irma.post("/assessments/", data={"title": "x"}).status_code == 403
    ada.post(where, data={"do": "role", "role": "emperor"})
    assert user_of(world, "irma@example.org").role is Role.GRADER


def test_the_last_administrator_is_told_so(world, ada):
    me = account(world, "ada@example.org")
    for form in ({"do": "disable"}, {"do": "role", "role": "candidate"}):
        assert "last administrator" in ada.post(me, data=form, follow_redirects=True).text
    assert ada.get("/people/").status_code == 200


def test_an_account_that_is_not_there_is_404(ada):
    assert ada.post("/people/guess", data={"do": "disable"}).status_code == 404


def test_accounts_are_found_and_paged(world, ada):
    with world.site.app_context():
        for number in range(60):
            accounts.add_user(f"p{number}@example.org", f"Person {number:02}", Role.CANDIDATE)
    first = ada.get("/people/").text
    assert first.count('<li class="card"') == 50
    assert "after=50" in first
    assert ada.get("/people/?after=50").text.count('<li class="card"') == 16
    found = ada.get("/people/?q=person+07").text
    assert found.count('<li class="card"') == 1
    assert "Nobody fits" in ada.get("/people/?q=zzz").text


def test_the_log_goes_back_page_by_page(world, ada):
    with world.site.app_context(), writing() as session:
        for number in range(120):
            session.add(AuditEntry(action="test.deed", subject=f"<script>{number}</script>\u202e"))
    page, seen = ada.get("/people/log").text, []
    assert "Newest" not in page
    for _ in range(10):
        assert page.count("<tr>") <= 51
        seen += re.findall(r"&lt;script&gt;(\d+)", page)
        older = re.search(r'href="(/people/log\?before=\d+)"', page)
        if older is None:
            break
        page = ada.get(older[1]).text
        assert "Newest" in page
    assert seen == [str(number) for number in reversed(range(120))]
    assert "<script>0" not in page


def test_the_log_names_people_and_no_secret(world, ada):
    link = link_of(ada.post(account(world, "carl@example.org"), data={"do": "link"}))
    page = ada.get("/people/log").text
    assert "account: link" in page
    assert "carl@example.org" in page
    assert link.rsplit("/", 1)[1] not in page


def test_ones_own_name_changes(world):
    carl = world.client("practising")
    assert "Your name is changed" in carl.post("/account/name", data={"name": " Karl "}, follow_redirects=True).text
    assert user_of(world, "carl@example.org").name == "Karl"
    page = carl.post("/account/name", data={"name": "\u200b"})
    assert page.status_code == 422
    assert "A name has 1 to 100" in page.text


def test_a_new_password_ends_every_other_session(world):
    here, there = come_in(world, "carl@example.org"), come_in(world, "carl@example.org")
    assert there.get("/account/").status_code == 200
    page = here.post("/account/password", data={"old": PASSWORD, "new": PASSWORD + "!"}, follow_redirects=True)
    assert "Every other device is logged out" in page.text
    assert there.get("/account/").location.startswith("/login")
    assert come_in(world, "carl@example.org").get("/").status_code == 302
    assert come_in(world, "carl@example.org", PASSWORD + "!").get("/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("wrong", PASSWORD + "!", "password is wrong"), (PASSWORD, "short", "12 to 200 characters")],
)
def test_a_password_that_does_not_fit_changes_nothing(world, old, new, said):
    carl = come_in(world, "carl@example.org")
    page = carl.post("/account/password", data={"old": old, "new": new})
    assert page.status_code == 422
    assert said in page.text
    assert PASSWORD not in page.text
    assert come_in(world, "carl@example.org").get("/").status_code == 200


def test_one_logs_out_everywhere(world):
    here, there = come_in(world, "carl@example.org"), come_in(world, "carl@example.org")
    assert here.post("/account/log-out").location == "/login"
    for client in (here, there):
        assert client.get("/account/").status_code == 302


@pytest.fixture
def opened(world):
    """The same platform, where anyone may make an account."""
    config = {name: world.site.config[name] for name in ("SECRET_KEY", "SQLALCHEMY_DATABASE_URI", "TESTING")}
    config |= {"SESSION_COOKIE_SECURE": False, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": True}
    site = create_app(config | {"OPEN_REGISTRATION": True})
    yield site
    limiter.reset()
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


SELF = {"email": "New@Example.org", "name": "New", "password": PASSWORD}


def test_nobody_registers_unless_the_settings_say_so(world):
    client = world.site.test_client()
    assert client.get("/register").status_code == 404
    assert client.post("/register", data=SELF).status_code == 404
    assert "/register" not in client.get("/login").text


def test_the_setting_comes_from_the_environment():
    assert settings.read_environment({"ASSAY_OPEN_REGISTRATION": "yes"}) == {"OPEN_REGISTRATION": True}


def test_who_registers_practises_and_nothing_else(opened):
    client = opened.test_client()
    assert 'href="/register"' in client.get("/login").text
    assert client.post("/register", data=SELF | {"role": "administrator"}).location == "/"
    assert "Begin to practise" in client.get("/").text
    assert client.get("/practice/").status_code == 200
    for address in ("/assessments/", "/people/", "/appeals/", "/metrics"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "ines@example.org"}, "account with this address already"),
        ({"password": "short"}, "12 to 200 characters"),
        ({"name": " "}, "A name has|Give a name"),
    ],
)
def test_a_registration_that_does_not_fit_says_why(opened, changed, said):
    page = opened.test_client().post("/register", data=SELF | changed)
    assert page.status_code == 422
    wrong = re.search(rf'aria-describedby="[^"]*{next(iter(changed))}-error"[^>]*', page.text)[0]
    assert "autofocus" in wrong
    assert page.text.count("autofocus") == 1, "what is wrong comes into focus, and nothing else"
    assert re.search(rf'id="{next(iter(changed))}-error">[^<]*({said})', page.text)
    assert PASSWORD not in page.text


@pytest.mark.parametrize("taken", ["ada@example.org", "ines@example.org", "CORA@example.org "])
def test_a_taken_address_is_told_and_nothing_else_of_its_account(opened, world, taken):
    """That it is taken can't be kept back, since no mail is sent. Whose it is, its role and its state can."""
    before = user_of(world, taken.strip().lower())
    with world.site.app_context(), writing() as session:
        session.scalars(select(User).where(User.email == "cora@example.org")).one().disabled_at = now()
    client = opened.test_client()
    pages = [
        client.post("/register", data={"email": taken, "name": "Mallory", "password": password})
        for password in (f"another {PASSWORD}", PASSWORD)
    ]
    assert [page.status_code for page in pages] == [422] * 2
    wrong, right = (re.sub(r' value="[^"]*"', "", page.text) for page in pages)
    assert wrong == right, "a password that is right by chance opens nothing"
    assert "account with this address already" in right
    assert before.name not in right
    assert before.role.value not in right
    assert client.get("/").status_code == 302
    after = user_of(world, before.email)
    assert (after.name, after.role, after.password_hash) == (before.name, before.role, before.password_hash)


def test_all_taken_addresses_read_alike(opened):
    shown = {
        re.sub(r' value="[^"]*"', "", opened.test_client().post("/register", data=SELF | {"email": email}).text)
        for email in ("ada@example.org", "greta@example.org", "carl@example.org")
    }
    assert len(shown) == 1


def test_somebody_registers_once_however_often_they_click(opened, world):
    client = opened.test_client()
    assert client.post("/register", data=SELF).status_code == 302
    assert opened.test_client().post("/register", data=SELF).status_code == 422
    assert user_of(world, "new@example.org").role is Role.CANDIDATE
    assert log(world)[0] == ("New", "account.register")


def test_registrations_that_work_count_as_well(opened):
    answers = [
        opened.test_client().post("/register", data=SELF | {"email": f"n{number}@example.org"}).status_code
        for number in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_registrations_are_limited(opened):
    client = opened.test_client()
    answers = [client.post("/register", data=SELF | {"email": "nobody"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.get("/register").status_code == 200
