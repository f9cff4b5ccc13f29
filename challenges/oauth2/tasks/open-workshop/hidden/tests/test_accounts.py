"""Who somebody is, and what happens when a login fails."""

import pytest
from browser import Browser, asked_of, changed, leads_to


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


@pytest.fixture
def in_service(make_app, provider):
    """Opens new browsers at an app without TESTING, where an exception becomes a status of 500."""
    app = make_app({"TESTING": False})
    return lambda: Browser(app, provider)


@pytest.fixture
def fails(symptom):
    """Checks that a callback logs nobody in and nobody out, and gives its answer."""

    def check(browser, address, before):
        response = browser.come_back(address)
        assert browser.name == before, symptom("login-changed")
        return response

    return check


@pytest.mark.check("declined", concept="callback-errors")
def test_who_declines_is_not_logged_in(in_service, provider, person, fails, symptom):
    """An error of the provider in the callback logs nobody in or out, and no token is asked for."""
    ada, eve = person(), person()
    fresh, busy = in_service(), in_service()
    busy.login(ada)
    before = len(asked_of(provider, "/token"))
    for one, name in ((fresh, None), (busy, ada["name"])):
        provider.set(misbehave="deny")
        response = fails(one, one.answered(eve), name)
        assert len(asked_of(provider, "/token")) == before, symptom("token-asked-for")
        assert response.status_code == 403
        provider.set(misbehave="")
        other = changed(one.answered(eve), code=None, error="temporarily_unavailable")
        assert fails(one, other, name).status_code == 502
    fresh.login(eve)


@pytest.mark.check("no-token", concept="callback-errors")
def test_the_provider_gives_no_token(in_service, provider, person, fails, symptom):
    """When the token endpoint gives no token, the answer is 502; nobody is logged in or out, and later it works."""
    ada, eve = person(), person()
    fresh, busy = in_service(), in_service()
    busy.login(ada)
    for fault in ("token-500", "token-html", "token-without-token", ""):
        for one, name in ((fresh, None), (busy, ada["name"])):
            address = one.answered(eve)
            provider.set(misbehave=fault)
            if not fault:
                provider.cut()
            response = fails(one, address, name)
            if not fault:
                provider.mend()
            provider.set(misbehave="")
            assert response.status_code != 500, symptom("not-handled")
            assert response.status_code == 502
    fresh.login(eve)


@pytest.mark.check("no-userinfo", concept="callback-errors")
def test_the_provider_does_not_say_who_it_is(in_service, provider, person, fails, symptom):
    """When there is no answer to who it is, the answer is 502; nobody is logged in or out, and later it works."""
    ada, eve = person(), person()
    nameless = {key: value for key, value in eve.items() if key != "sub"}
    fresh, busy = in_service(), in_service()
    busy.login(ada)
    for fault in ("userinfo-500", "userinfo-html", "userinfo-401", ""):
        for one, name in ((fresh, None), (busy, ada["name"])):
            provider.set(misbehave=fault)
            response = fails(one, one.answered(eve if fault else nameless), name)
            assert response.status_code != 500, symptom("not-handled")
            assert response.status_code == 502
    fresh.login(eve)


@pytest.mark.check("found-again", concept="stable-identity")
def test_an_account_is_found_again(browser, seed, person, symptom):
    """Who comes back with another name and another address has the same account, with the new data."""
    ada = person()
    one = browser()
    one.login(person())
    one.login(ada)
    before = one.me
    later = ada | {"name": seed.name(), "email": seed.email(), "email_verified": seed.choice([True, False])}
    two = browser()
    two.login(later)
    assert two.me["id"] == before["id"], symptom("new-account")
    assert two.me["email"] == later["email"]
    two.login({"sub": ada["sub"]})
    assert two.me == {"id": before["id"], "name": None, "email": None, "member": False}


@pytest.mark.check("same-address", concept="stable-identity")
def test_an_address_is_not_a_person(browser, person, symptom):
    """Another person with the same address has another account, whether the address is proven or not."""
    ada = person()
    one = browser()
    one.login(ada)
    ids = [one.me["id"]]
    for proven in (False, True):
        other = browser()
        other.login(person(email=ada["email"], email_verified=proven))
        assert other.me["id"] not in ids, symptom("merged")
        ids.append(other.me["id"])
    again = browser()
    again.login(ada)
    assert again.me["id"] == ids[0]


@pytest.mark.check("members", concept="stable-identity")
def test_only_a_proven_address_makes_a_member(make_app, provider, seed, person, symptom):
    """A member is who has a proven address of the list, as of the last login."""
    listed = [seed.email() for _ in range(4)]
    app = make_app({"MEMBERS": seed.shuffled(listed)})

    def member(known):
        one = Browser(app, provider)
        one.login(known)
        assert one.me["email"] == known["email"]
        return one.me["member"]

    ada = person(email=listed[0])
    assert member(ada) is True
    assert member(person()) is False
    assert member(person(email=listed[1], email_verified=False)) is False, symptom("unproven-address-counts")
    silent = person(email=listed[2])
    del silent["email_verified"]
    assert member(silent) is False, symptom("unproven-address-counts")
    assert member(silent | {"email_verified": True}) is True
    assert member(ada | {"email": listed[3], "email_verified": False}) is False, symptom("unproven-address-counts")
    assert member(ada | {"email": seed.email()}) is False


@pytest.mark.check("logout", concept="own-login")
def test_a_logout_ends_the_login_here(browser, person):
    """A logout ends the login in this browser and in no other one, and a new login works."""
    ada, eve = person(), person()
    one, two = browser(), browser()
    one.login(ada)
    two.login(ada)
    assert leads_to(one.post("/logout"), "/")
    assert one.me is None
    assert two.name == ada["name"]
    assert leads_to(one.post("/logout"), "/")
    one.login(eve)
    one.login(ada)
    assert one.me == two.me
