"""Requests that other sites make a member's browser send."""

import json

import pytest
from browser import FROM_OTHER_SITE, WITHOUT_A_WORD, WITHOUT_REFERER, Browser

UNASKED = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]


@pytest.fixture
def passwords(seed):
    """Two accounts: the one of the victim, and the one of the attacker."""
    return {seed.word(): seed.token(), seed.word(): seed.token()}


@pytest.fixture
def site(make_app, passwords):
    return make_app({"MEMBERS": passwords})


@pytest.fixture
def victim(site, passwords):
    """The browser of a member who is logged in."""
    return Browser(site).log_in(*list(passwords.items())[0])


@pytest.fixture
def attacker(site, passwords):
    """The browser of another member, also logged in."""
    return Browser(site).log_in(*list(passwords.items())[1])


@pytest.mark.check("forged-add", concept="ambient-credentials")
def test_forged_plant(victim, seed):
    """Another site's form, sent by a member's browser without a token, adds no plant."""
    victim.add_plant(seed.title())
    before = victim.diary()
    victim.post("/plants", {"name": seed.title()}, FROM_OTHER_SITE)
    assert victim.diary() == before, "a plant was added"


@pytest.mark.check("forged-profile", concept="global-and-form-checks")
def test_forged_profile(victim, seed):
    """Another site's form, sent by a member's browser without a token, changes no e-mail address."""
    before = victim.diary()
    victim.post("/profile", {"email": seed.email()}, FROM_OTHER_SITE)
    assert victim.diary() == before, "the address was changed"


@pytest.mark.check("forged-delete", concept="global-and-form-checks")
def test_forged_delete(victim, seed):
    """Another site's form, sent by a member's browser without a token, deletes no plant."""
    plant = victim.add_plant(seed.title())
    before = victim.diary()
    victim.post(f"/plants/{plant}/delete", {}, FROM_OTHER_SITE)
    assert victim.diary() == before, "a plant was deleted"


@pytest.mark.check("forged-logout", concept="global-and-form-checks")
def test_forged_logout(victim):
    """Another site's form, sent by a member's browser without a token, logs nobody out."""
    victim.post("/logout", {}, FROM_OTHER_SITE)
    assert victim.diary() is not None, "the member was logged out"


@pytest.mark.check("links-change-nothing", concept="side-effects-by-get")
def test_links(victim, seed, symptom):
    """A GET of the addresses for deleting and logging out changes nothing and is answered with 405."""
    plant = victim.add_plant(seed.title())
    before = victim.diary()
    deleted = victim.get(f"/plants/{plant}/delete")
    assert victim.diary() == before, symptom("changed-by-get")
    left = victim.get("/logout")
    assert victim.diary() == before, symptom("changed-by-get")
    assert (deleted.status_code, left.status_code) == (405, 405)


@pytest.mark.check("forged-json", concept="simple-requests")
def test_forged_json(victim, seed, symptom):
    """JSON under a content type that another site may send unasked waters no plant."""
    plant = victim.add_plant(seed.title())
    before = victim.diary()
    for content_type in seed.shuffled(UNASKED):
        body = json.dumps({"watered": True, seed.word(): "="})
        victim.raw(f"/api/plants/{plant}/watered", body, content_type)
        assert victim.diary() == before, symptom("changed-without-token")


@pytest.mark.check("json-needs-token", concept="global-and-form-checks")
def test_json_without_token(victim, seed, symptom):
    """JSON without a token in the header changes nothing: 400, and a JSON object with `error`."""
    plant = victim.add_plant(seed.title())
    before = victim.diary()
    response = victim.fetch(f"/api/plants/{plant}/watered", {"watered": True}, {}, FROM_OTHER_SITE)
    assert victim.diary() == before, symptom("changed-without-token")
    assert response.status_code != 200, symptom("answered-200")
    assert response.status_code == 400
    assert response.is_json, "the answer is no JSON"
    assert "error" in response.json


@pytest.mark.check("refusals-are-400", concept="global-and-form-checks")
def test_refusals(victim, seed, symptom):
    """A form for a plant or for the profile that comes without a token is answered with 400."""
    before = victim.diary()
    responses = [
        victim.post("/plants", {"name": seed.title()}, FROM_OTHER_SITE),
        victim.post("/profile", {"email": seed.email()}, FROM_OTHER_SITE),
    ]
    assert victim.diary() == before, "a request without a token changed something"
    assert [response.status_code for response in responses] != [200, 200], symptom("answered-200")
    assert [response.status_code for response in responses] == [400, 400]


@pytest.mark.check("foreign-token-forms", concept="token-binding")
def test_foreign_token_in_forms(site, victim, attacker, seed, symptom):
    """A token that somebody got in another browser, logged in or not, is good for none of a member's forms."""
    plant, bait = victim.add_plant(seed.title()), attacker.add_plant(seed.title())
    visitor = Browser(site).open("/login").fields("/login")
    diary, profile = attacker.open("/"), attacker.open("/profile")
    forgeries = [
        ("/plants", diary.fields("/plants"), {"name": seed.title()}),
        ("/profile", profile.fields("/profile"), {"email": seed.email()}),
        (f"/plants/{plant}/delete", diary.fields(f"/plants/{bait}/delete"), {}),
        ("/logout", diary.fields("/logout"), {}),
    ]
    before = victim.diary()
    for path, fields, values in forgeries:
        assert fields is not None, f"there is no form for {path}"
        victim.post(path, values, FROM_OTHER_SITE)
        assert victim.diary() == before, f"{path} needs no token at all"
        for token in (fields, visitor):
            victim.post(path, token | values, FROM_OTHER_SITE)
            assert victim.diary() == before, symptom("foreign-token-accepted")


@pytest.mark.check("foreign-token-json", concept="token-binding")
def test_foreign_token_in_header(victim, attacker, seed, symptom):
    """A token that somebody got in another browser is good for nothing in the header either."""
    plant = victim.add_plant(seed.title())
    address, before = f"/api/plants/{plant}/watered", victim.diary()
    victim.fetch(address, {"watered": True}, {}, FROM_OTHER_SITE)
    assert victim.diary() == before, "the route needs no token at all"
    victim.fetch(address, {"watered": True}, attacker.open("/").script_headers, FROM_OTHER_SITE)
    assert victim.diary() == before, symptom("foreign-token-accepted")


@pytest.mark.check("forged-login", concept="what-a-token-proves")
def test_forged_login(site, victim, passwords, symptom):
    """No form of another site logs somebody in as the attacker: without a token, or with the attacker's own."""
    name, password = list(passwords.items())[1]
    account = {"name": name, "password": password}
    stranger, visitor = Browser(site), Browser(site)
    visitor.open("/login")
    tokens = Browser(site).open("/login").fields("/login")
    for browser in (stranger, visitor, victim):
        before = browser.diary()
        browser.post("/login", account, FROM_OTHER_SITE)
        assert browser.diary() == before, symptom("login-without-token")
        browser.post("/login", tokens | account, FROM_OTHER_SITE)
        assert browser.diary() == before, symptom("foreign-token-accepted")


@pytest.mark.check("quiet-forgery", concept="request-provenance")
def test_forgery_that_names_no_page(victim, seed, symptom):
    """A form without a token adds no plant, also where no header says which page has sent it."""
    before = victim.diary()
    victim.post("/plants", {"name": seed.title()}, FROM_OTHER_SITE)
    assert victim.diary() == before, "a request that names its page was accepted"
    for headers in (WITHOUT_REFERER, WITHOUT_A_WORD):
        victim.post("/plants", {"name": seed.title()}, headers)
        assert victim.diary() == before, symptom("unnamed-page-accepted")


@pytest.mark.check("cookies-same-site", concept="samesite-cookies")
def test_cookies(site, passwords):
    """Every cookie that comes with the login page, a login and the diary says SameSite=Lax or Strict."""
    browser = Browser(site).log_in(*list(passwords.items())[0])
    browser.open("/")
    assert browser.cookies, "no cookie was set"
    for cookie in browser.cookies:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert attributes & {"samesite=lax", "samesite=strict"}, "a cookie without SameSite=Lax or Strict"
