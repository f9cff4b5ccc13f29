"""What goes to the provider, what comes back, and what a callback needs to log somebody in."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from browser import (
    Browser,
    asked_of,
    changed,
    cookies_in,
    leads_to,
    query_of,
    rest_of,
    stays_here,
    tokens_of,
)


@pytest.fixture
def person(seed):
    """Makes a person with an account at the provider."""

    def make(**changes):
        known = {"sub": seed.token(), "name": seed.name(), "email": seed.email(), "email_verified": True}
        return known | changes

    return make


@pytest.fixture
def browser(app, provider):
    """Opens a new browser."""
    return lambda: Browser(app, provider)


@pytest.mark.check("login-address", concept="back-channel")
def test_the_way_to_the_provider(browser, provider, person, symptom):
    """What the browser takes to the provider is what the brief asks for, and neither the secret nor the verifier."""
    one, states = browser(), []
    for _ in range(2):
        address = one.begin()
        assert address.startswith(f"{provider.url}/authorize?")
        assert provider.client_secret not in unquote(address), symptom("secret-in-address")
        query = query_of(address)
        assert query["response_type"] == "code"
        assert query["client_id"] == provider.client_id
        assert query["redirect_uri"] == "http://localhost/callback"
        assert {"openid", "profile", "email"} <= set(query["scope"].split())
        assert query["code_challenge_method"] == "S256"
        states.append(query["state"])
        assert one.come_back(one.agree(address, person())).status_code == 302
        verifier = asked_of(provider, "/token")[-1]["form"]["code_verifier"]
        assert verifier not in unquote(address), symptom("verifier-in-address")
    assert states[0] != states[1]
    assert one.me is not None
    assert not any(provider.client_secret in cookies_in(answer) + rest_of(answer) for answer in one.answers)


@pytest.mark.check("exchange", concept="back-channel")
def test_the_site_exchanges_the_code(browser, provider, person):
    """The callback has the code exchanged from server to server, and shows who the provider says it is."""
    one, ada = browser(), person()
    assert one.me is None
    address = one.answered(ada)
    assert asked_of(provider, "/token") == []
    assert leads_to(one.come_back(address), "/")
    exchanged = [seen["form"]["code"] for seen in asked_of(provider, "/token") if seen["status"] == 200]
    assert exchanged == [query_of(address)["code"]]
    assert 200 in [seen["status"] for seen in asked_of(provider, "/userinfo")]
    me = one.me
    assert type(me["id"]) is int
    assert (me["name"], me["email"], me["member"]) == (ada["name"], ada["email"], False)


@pytest.mark.check("callback-proves-nothing", concept="back-channel")
def test_the_callback_says_nothing_of_who_it_is(browser, seed, person, symptom):
    """What else stands in the callback's address is not believed, with a good code or with a made-up one."""
    victim, attacker = person(), person()
    home = browser()
    home.login(victim)
    told = {**victim, "email_verified": "true", "user": victim["sub"], "id": "1"}
    one = browser()
    response = one.come_back(changed(one.answered(attacker), code=seed.token(), **told))
    assert one.me is None, symptom("code-not-exchanged")
    assert response.status_code == 502
    assert one.come_back(changed(one.answered(attacker), **told)).status_code == 302
    me = one.me
    assert me["name"] == attacker["name"], symptom("arguments-believed")
    assert me["id"] != home.me["id"], symptom("arguments-believed")


@pytest.mark.check("foreign-callback", concept="state")
def test_a_callback_of_another_login_is_refused(browser, seed, person, symptom):
    """A callback without `state`, with a made-up one or with another browser's logs nobody in, and nobody out."""
    ada, eve = person(), person()
    attacker, fresh, waiting, busy = browser(), browser(), browser(), browser()
    waiting.begin()
    busy.login(ada)
    for state in (None, "", seed.token()):
        response = waiting.come_back(changed(waiting.answered(eve), state=state))
        assert waiting.me is None, symptom("state-not-compared")
        assert response.status_code == 400
    for victim, before in ((fresh, None), (waiting, None), (busy, ada["name"])):
        response = victim.come_back(attacker.answered(eve))
        assert victim.name == before, symptom("foreign-state-accepted")
        assert response.status_code == 400
    for victim, before in ((browser(), None), (busy, ada["name"])):
        response = victim.come_back(changed(attacker.answered(eve), state=None))
        assert victim.name == before, symptom("state-not-compared")
        assert response.status_code == 400


@pytest.mark.check("state-works-once", concept="state")
def test_a_state_is_good_for_one_login(browser, person, symptom):
    """When a `state` has led to a login, a second callback with it is refused, also with a code that is new."""
    one, ada, eve = browser(), person(), person()
    address = one.begin()
    callback = one.agree(address, ada)
    assert one.come_back(callback).status_code == 302
    response = one.come_back(one.agree(address, eve))
    assert one.name == ada["name"], symptom("second-login-accepted")
    assert response.status_code == 400
    assert one.come_back(callback).status_code == 400
    assert one.name == ada["name"]


@pytest.mark.check("two-tabs", concept="state")
def test_several_logins_in_one_browser(browser, person, symptom):
    """Logins that are under way in several tabs of one browser end in any order."""
    ada, eve = person(), person()
    one = browser()
    first, second = one.begin(), one.begin()
    response = one.come_back(one.agree(first, ada))
    assert response.status_code == 302, symptom("earlier-login-void")
    assert one.name == ada["name"]
    response = one.come_back(one.agree(second, eve))
    assert response.status_code == 302, symptom("login-ended-the-other")
    assert one.name == eve["name"]
    two = browser()
    first, second = two.begin(), two.begin()
    assert two.come_back(two.agree(second, ada)).status_code == 302
    assert two.come_back(two.agree(first, eve)).status_code == 302, symptom("login-ended-the-other")
    assert two.name == eve["name"]


@pytest.mark.check("second-process", concept="state")
def test_a_login_ends_at_another_process(make_app, provider, new_database, person, symptom):
    """A login that began at one process ends at another one with the same database and key."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database()}
    here, there = make_app(config), make_app(config, worker="second")
    ada = person()
    one = Browser(here, provider)
    callback = one.answered(ada)
    one.move_to(there)
    assert one.come_back(callback).status_code == 302, symptom("login-unknown-there")
    account = one.me
    one.move_to(here)
    assert one.me == account
    two = Browser(there, provider)
    two.login(ada)
    assert two.me == account


@pytest.mark.check("way-back", concept="state")
def test_the_callback_comes_from_another_site(browser, person, symptom):
    """A login works in a browser that sends no cookie with `SameSite=Strict` along with the callback."""
    one, ada = browser(), person()
    callback = one.answered(ada)
    one.forget_strict_cookies()
    assert one.come_back(callback).status_code == 302, symptom("strict-cookie-needed")
    assert one.name == ada["name"]


@pytest.mark.check("fresh-verifier", concept="pkce")
def test_each_login_has_its_own_verifier(browser, provider, person, symptom):
    """Each login has a PKCE verifier of its own, of the form that RFC 7636 asks for."""
    ada = person()
    one, two = browser(), browser()
    for each in (one, one, two):
        each.login(ada)
    verifiers = [seen["form"]["code_verifier"] for seen in asked_of(provider, "/token") if seen["status"] == 200]
    assert len(verifiers) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", verifier) for verifier in verifiers)
    assert verifiers[1] != verifiers[2], symptom("same-for-everyone")
    assert len(set(verifiers)) == 3, symptom("same-in-one-browser")


@pytest.mark.check("copied-code", concept="pkce")
def test_a_code_that_was_copied_is_worth_nothing(browser, person, symptom):
    """A code of another browser's login, brought with a `state` of one's own, logs nobody in."""
    ada, eve = person(), person()
    victim, attacker = browser(), browser()
    code = query_of(victim.answered(ada))["code"]
    response = attacker.come_back(changed(attacker.answered(eve), code=code))
    assert attacker.me is None, symptom("copied-code-accepted")
    assert response.status_code == 502


@pytest.mark.check("redirect-uri", concept="redirect-uri")
def test_the_callback_is_where_the_browser_is(app, provider, seed, person, symptom):
    """The redirect URI has the scheme, the host and the prefix that the browser uses, and a login there works."""
    for scheme in seed.shuffled(["http", "https"]):
        host = f"{seed.word()}.example.com"
        one = Browser(app, provider, f"{scheme}://{host}/{seed.word()}")
        address = one.begin()
        asked = urlsplit(query_of(address)["redirect_uri"])
        assert (asked.scheme, asked.netloc) == (scheme, host)
        assert asked.path != "/callback", symptom("prefix-left-out")
        ada = person()
        assert one.come_back(one.agree(address, ada)).status_code == 302
        assert one.name == ada["name"]
    plain = Browser(app, provider, f"http://{seed.word()}.example.com")
    plain.login(person())


@pytest.mark.check("next", concept="return-address")
def test_a_login_leads_back(browser, seed, person, symptom):
    """A login leads to the page that was asked for, each tab's to its own, and never to another site."""
    ada, evil = person(), f"{seed.word()}.example"
    response = browser().login(ada, next=f"https://{evil}/")
    assert stays_here(response), symptom("other-site-followed")
    disguised = [f"//{evil}/", f"///{evil}", rf"\\{evil}", rf"/\{evil}/", f"https:{evil}", f"/\t/{evil}", f"\n//{evil}"]
    for address in [
        *disguised,
        f"/\n/{evil}",
        f" //{evil}",
        f"HTTP://{evil}",
        f"http:///{evil}",
        "javascript:alert(1)",
    ]:
        assert stays_here(browser().login(ada, next=address)), symptom("disguised-site-followed")
    pages = [
        f"/{seed.word()}/{seed.integer(1, 99)}?{seed.word()}={seed.word()}&day={seed.integer(1, 9)}",
        f"/{seed.word()}",
    ]
    for page in pages:
        assert leads_to(browser().login(ada, next=page), page), symptom("page-not-followed")
    one = browser()
    tabs = [(page, one.begin(next=page)) for page in pages]
    for page, address in tabs:
        assert leads_to(one.come_back(one.agree(address, ada)), page), symptom("page-of-another-tab")


@pytest.mark.check("tokens-stay", concept="token-storage")
def test_tokens_stay_on_the_server(browser, provider, person, symptom):
    """No token of the provider is in anything that a browser gets."""
    one = browser()
    one.login(person(), next="/kiln")
    one.login(person())
    assert one.me is not None
    one.post("/logout")
    tokens = tokens_of(provider)
    assert len(tokens) == 4
    for answer in one.answers:
        cookies, rest = cookies_in(answer), rest_of(answer)
        assert not any(token in cookies for token in tokens), symptom("token-in-cookie")
        assert not any(token in rest for token in tokens), symptom("token-in-answer")
