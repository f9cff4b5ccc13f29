"""The OAuth provider of ours: the code flow with PKCE, and what a test may make it do."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import Client

from sandbox.inside.oauth_provider import CLIENT_ID, CLIENT_SECRET, USER, Provider, challenge

VERIFIER = "v" * 43
BACK = "http://app.example/back"


@pytest.fixture
def provider():
    return Provider("http://provider.example")


@pytest.fixture
def public(provider):
    return Client(provider.public)


@pytest.fixture
def control(provider):
    return Client(provider.control)


def asked(**changes):
    return {
        "client_id": CLIENT_ID,
        "redirect_uri": BACK,
        "response_type": "code",
        "state": "s",
        "code_challenge": challenge(VERIFIER),
        "code_challenge_method": "S256",
    } | changes


def sent_back(public, **changes):
    location = public.get("/authorize", query_string=asked(**changes)).location
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def exchange(public, good_code, **changes):
    form = {"grant_type": "authorization_code", "code": good_code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return public.post("/token", data=form | changes, auth=(CLIENT_ID, CLIENT_SECRET))


def test_rfc_7636_has_this_example():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # appendix B
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_whole_flow(public):
    back = sent_back(public)
    assert back["state"] == "s"
    token = exchange(public, back["code"]).json
    known = public.get("/userinfo", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert known.json == USER


def test_a_code_is_good_once(public):
    code = sent_back(public)["code"]
    assert exchange(public, code).status_code == 200
    assert exchange(public, code).json == {"error": "invalid_grant"}


@pytest.mark.parametrize("changes", [{"code_verifier": "w" * 43}, {"redirect_uri": f"{BACK}/x"}, {"code": "made-up"}])
def test_what_does_not_fit_is_no_grant(public, changes):
    response = exchange(public, sent_back(public)["code"], **changes)
    assert (response.status_code, response.json["error"]) == (400, "invalid_grant")


def test_a_code_stands_for_who_agreed(public, control):
    code = sent_back(public)["code"]
    control.post("/", json={"user": {"sub": "other"}})
    token = exchange(public, code).json["access_token"]
    assert public.get("/userinfo", headers={"Authorization": f"Bearer {token}"}).json == USER


@pytest.mark.parametrize("misbehave", ["", "deny"])
def test_the_browser_is_told_who_answers(public, control, misbehave):
    control.post("/", json={"misbehave": misbehave})
    assert sent_back(public)["iss"] == public.get("/.well-known/openid-configuration").json["issuer"]


def test_pkce_is_asked_for(public):
    assert sent_back(public, code_challenge_method="plain")["error"] == "invalid_request"


def test_a_stranger_is_not_sent_anywhere(public):
    assert public.get("/authorize", query_string=asked(client_id="x")).status_code == 400


def test_a_client_without_its_secret_gets_nothing(public):
    response = public.post("/token", data={"grant_type": "authorization_code", "client_id": CLIENT_ID})
    assert response.status_code == 401


def test_a_refresh_token_is_good_once(public):
    token = exchange(public, sent_back(public)["code"]).json["refresh_token"]
    again = {"grant_type": "refresh_token", "refresh_token": token}
    assert public.post("/token", data=again, auth=(CLIENT_ID, CLIENT_SECRET)).status_code == 200
    assert public.post("/token", data=again, auth=(CLIENT_ID, CLIENT_SECRET)).status_code == 400


def test_a_test_says_who_is_at_the_browser_and_what_goes_wrong(public, control):
    control.post("/", json={"user": {"sub": "other"}, "misbehave": "deny"})
    assert sent_back(public)["error"] == "access_denied"
    control.post("/", json={"misbehave": "token-500"})
    assert exchange(public, sent_back(public)["code"]).status_code == 500
    assert [seen["path"] for seen in control.get("/").json["requests"]] == ["/authorize", "/authorize", "/token"]


def test_a_test_sees_what_was_answered(public, control):
    token = exchange(public, sent_back(public)["code"]).json
    assert json.loads(control.get("/").json["requests"][-1]["answer"]) == token


def test_what_is_known_of_the_user_may_be_no_json(public, control):
    token = exchange(public, sent_back(public)["code"]).json["access_token"]
    control.post("/", json={"misbehave": "userinfo-html"})
    answer = public.get("/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_tokens_expire(public, control):
    control.post("/", json={"lifetime": -1})
    token = exchange(public, sent_back(public)["code"]).json["access_token"]
    assert public.get("/userinfo", headers={"Authorization": f"Bearer {token}"}).status_code == 401
