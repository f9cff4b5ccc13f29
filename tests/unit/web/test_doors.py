"""What every answer of the platform holds to, whoever asks: rules for each endpoint, headers, ids, logins."""

from __future__ import annotations

import json
import logging
import re
import sys

import pytest
from sqlalchemy import select

from harness.domain.errors import UsageError
from harness.logs import JsonLines
from harness.services import accounts
from harness.store.base import db
from harness.store.models import Purpose, Role, User
from harness.web import create_app
from harness.web.access import PROGRAMS, RULES

KEY = "k" * 40
PASSWORD = "a long enough password"


@pytest.fixture
def site(database):
    app = create_app(
        {
            "SECRET_KEY": KEY,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}",
            "SESSION_COOKIE_SECURE": False,
            "RATELIMIT_ENABLED": False,
            "TESTING": True,
        }
    )
    yield app  # without a context of its own: each request is to have one
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(site):
    return site.test_client()


@pytest.fixture
def user(site):
    with site.app_context():
        user = accounts.add_user("nora@example.org", "Nora", Role.INTERVIEWER)
        set_password(PASSWORD)
        return user


def set_password(password):
    user = db.session.scalars(select(User).where(User.email == "nora@example.org")).one()
    accounts.use_link(accounts.new_link(Purpose.SET_PASSWORD, user), password)


def token_of(page) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def log_in(client, password=PASSWORD, address="/login"):
    page = client.get(address)
    form = {"email": "nora@example.org", "password": password, "csrf_token": token_of(page)}
    return client.post(address, data=form)


def test_every_endpoint_has_a_rule(site):
    assert {rule.endpoint for rule in site.url_map.iter_rules()} == {*RULES, *PROGRAMS}
    assert not RULES.keys() & PROGRAMS.keys()


def test_who_is_nobody_is_sent_to_the_login_and_back(client, user):
    sent = client.get("/?page=2")
    assert (sent.status_code, sent.location) == (302, "/login?next=/?page%3D2")
    assert log_in(client, address=sent.location).location == "/?page=2"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(client, user, address):
    assert log_in(client, address=f"/login?next={address}").location == "/"


def test_a_wrong_password_and_an_unknown_address_are_alike(client, user):
    wrong = log_in(client, "not the password")
    page = client.get("/login")
    form = {"email": "who@example.org", "password": PASSWORD, "csrf_token": token_of(page)}
    unknown = client.post("/login", data=form)
    assert wrong.status_code == unknown.status_code == 403
    assert re.sub('value="[^"]*"', "", wrong.text) == re.sub('value="[^"]*"', "", unknown.text)


def test_a_form_without_its_token_is_refused(client, user):
    assert client.post("/login", data={"email": "nora@example.org", "password": PASSWORD}).status_code == 400


def test_the_session_is_another_after_the_login(client, user):
    with client.session_transaction() as session:
        session["planted"] = True
    log_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_a_new_password_ends_every_session(site, client, user):
    log_in(client)
    assert client.get("/").status_code == 200
    with site.app_context():
        set_password(PASSWORD + "!")
    assert client.get("/").status_code == 302


def test_the_first_administrator_comes_by_a_link_that_works_once(client, site):
    with site.app_context():
        token = accounts.new_link(Purpose.FIRST_ADMINISTRATOR)
    page = client.get(f"/link/{token}")
    form = {"email": "Root@Example.org", "name": "Root", "password": PASSWORD, "csrf_token": token_of(page)}
    assert client.post(f"/link/{token}", data=form).location == "/"
    with site.app_context():
        made = db.session.scalars(select(User).where(User.email == "root@example.org")).one()
        assert made.role is Role.ADMINISTRATOR
    assert client.get(f"/link/{token}").status_code == 404


def test_a_link_that_was_guessed_shows_no_form(client, site):
    assert client.get("/link/guess").status_code == 404


@pytest.mark.parametrize("address", ["/login", "/healthz", "/nothing-here", "/"])
def test_every_answer_has_its_headers_and_an_id(client, address):
    headers = client.get(address, headers={"X-Request-ID": "well-formed-id"}).headers
    assert headers["X-Request-ID"] == "well-formed-id"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize("sent", ["short", "x" * 65, "with space in it", "line\u00e9feed-x"])
def test_an_id_that_is_no_id_is_replaced(client, sent):
    assert client.get("/healthz", headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent


def test_liveness_needs_nothing_and_readiness_the_database(client, site, tmp_path):
    assert client.get("/readyz").status_code == 200
    empty = create_app({"SECRET_KEY": KEY, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/empty.db"})
    assert empty.test_client().get("/healthz").status_code == 200
    assert empty.test_client().get("/readyz").status_code == 503
    with empty.app_context():
        db.engine.dispose()


def test_metrics_are_for_administrators(client, user):
    assert client.get("/metrics").status_code == 302
    log_in(client)
    assert client.get("/metrics").status_code == 403


@pytest.mark.parametrize(
    ("config", "named"),
    [({}, "ASSAY_SECRET_KEY"), ({"SECRET_KEY": "short"}, "ASSAY_SECRET_KEY"), ({"SECRET_KEY": KEY}, "DATABASE_URL")],
)
def test_without_its_settings_the_platform_does_not_start(config, named):
    with pytest.raises(UsageError, match=named):
        create_app(config)


def test_a_log_line_is_one_json_object_with_its_extras_and_its_traceback():
    try:
        raise ValueError("bro\nken")
    except ValueError:
        record = logging.getLogger("t").makeRecord(
            "t", logging.ERROR, "f", 1, "a %s", ("b",), sys.exc_info(), "f", {"job": 7}
        )
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["message"], told["job"]) == ("ERROR", "a b", 7)
    assert told["traceback"].startswith("Traceback")
    assert "ValueError: bro\nken" in told["traceback"]
