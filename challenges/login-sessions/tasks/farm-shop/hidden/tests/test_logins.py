"""How long logins last, and what is left of a session when they begin and end."""

import pytest
from browser import Browser


@pytest.fixture
def registered(seed):
    """Registers a new customer and gives what they type into the login form."""

    def register(app):
        person = {"email": seed.email(), "password": seed.token()}
        assert Browser(app).post("/register", person).status_code == 201
        return person

    return register


@pytest.mark.check("closing-ends-login", concept="session-lifetime")
def test_a_login_ends_with_the_browser_session(make_app, registered, seed, symptom):
    """Without remember-me a login is gone when the browser has been closed."""
    idle = seed.integer(900, 1800)
    app = make_app({"IDLE_SECONDS": idle})
    person, browser = registered(app), Browser(app)
    browser.login(person, remember="")
    lasting = [cookie.seconds for cookie in browser.set_cookies if not cookie.deletes and cookie.seconds is not None]
    assert browser.customer == person["email"]
    browser.close()
    kept_while_idle = bool(lasting) and max(lasting) <= idle + 60
    assert browser.customer is None, symptom("kept-until-idle" if kept_while_idle else "kept-for-long")


@pytest.mark.check("idle-ends-login", concept="session-lifetime")
def test_a_login_ends_when_it_is_idle(make_app, registered, seed, clock, symptom):
    """A login goes on while there are requests, and ends when there was none for the configured time."""
    idle = seed.integer(900, 1800)
    app = make_app({"IDLE_SECONDS": idle})
    person, reader, writer = registered(app), Browser(app), Browser(app)
    reader.login(person)
    writer.login(person)
    for _ in range(seed.integer(2, 3)):
        clock.forward(idle - 120)
        writer.put_into_basket(seed.word())
        if reader.get("/account").status_code != 200:
            assert writer.customer is None, symptom("reading-does-not-count")
            pytest.fail("a login ended although there were requests")
    assert reader.customer == writer.customer == person["email"]
    clock.forward(idle + 120)
    assert reader.customer is None, symptom("goes-on-for-ever")
    assert reader.get("/account").status_code == 302
    assert writer.customer is None, symptom("goes-on-for-ever")


@pytest.mark.check("remembered", concept="remembered-logins")
def test_a_remembered_browser_is_logged_in_again(make_app, registered, seed, clock):
    """With remember-me a login goes on when the browser was closed or idle, by a cookie with the right expiry date."""
    idle, remember = seed.integer(900, 1800), seed.integer(400_000, 4_000_000)
    app = make_app({"IDLE_SECONDS": idle, "REMEMBER_SECONDS": remember})
    person, browser = registered(app), Browser(app)
    browser.login(person, remember=seed.word())
    lasting = [cookie.seconds for cookie in browser.set_cookies if not cookie.deletes and cookie.seconds is not None]
    assert lasting, "no cookie with an expiry date came with the answer to the login"
    assert abs(max(lasting) - remember) <= 60
    for _ in range(seed.integer(2, 3)):
        browser.close()
        assert browser.customer == person["email"]
        assert browser.get("/account").json == {"email": person["email"]}
    clock.forward(idle + 120)
    assert browser.customer == person["email"]


@pytest.mark.check("login-empties-basket", concept="session-takeover")
def test_a_planted_basket_does_not_survive_a_login(app, registered, seed, symptom):
    """What was in the basket before a login is gone after it, the basket works on, and the next login replaces all."""
    person, mallory = registered(app), Browser(app)
    planted = seed.words(2)
    for item in planted:
        mallory.put_into_basket(item)
    victim = Browser(app).take_cookies(mallory)
    assert victim.basket == planted
    victim.login(person)
    assert victim.customer == person["email"]
    left = victim.basket
    assert not set(planted) & set(left), symptom("planted-basket-left")
    assert left == []
    mine = seed.word()
    victim.put_into_basket(mine)
    assert victim.basket == [mine]
    other = registered(app)
    victim.login(other)
    assert victim.home() == {"customer": other["email"], "basket": []}


@pytest.mark.check("login-leaves-copies-behind", concept="session-takeover")
def test_cookies_from_before_a_login_do_not_lead_to_it(app, registered, seed, symptom):
    """Whoever has the cookies from before a login gets neither at the login nor at its basket."""
    person, mallory = registered(app), Browser(app)
    mallory.put_into_basket(seed.word())
    victim = Browser(app).take_cookies(mallory)
    victim.login(person)
    mine = seed.word()
    victim.put_into_basket(mine)
    emptied = victim.basket == [mine]
    found = mallory.home()
    assert found["customer"] is None, symptom("emptied-session-kept" if emptied else "full-session-kept")
    assert mine not in found["basket"]
    assert mallory.get("/account").status_code == 302
    assert victim.customer == person["email"]


@pytest.mark.check("login-replaces-remembering", concept="remembered-logins")
def test_a_login_ends_an_earlier_remember_me(app, registered, seed, symptom):
    """When somebody logs in without remember-me, a remember-me that was in the browser before is over."""
    mallory, person = registered(app), registered(app)
    planted = Browser(app)
    planted.login(mallory, remember="yes")
    victim = Browser(app).take_cookies(planted)
    victim.login(person)
    assert victim.customer == person["email"]
    victim.close()
    assert victim.customer != mallory["email"], symptom("earlier-remembering-left")


@pytest.mark.check("logout-leaves-nothing", concept="ending-logins")
def test_a_logout_leaves_nothing(app, registered, seed):
    """After a logout neither the login nor the basket is left, and other browsers go on."""
    person = registered(app)
    browser, other = Browser(app), Browser(app)
    for each in (browser, other):
        each.login(person)
        each.put_into_basket(seed.word())
    for _ in range(2):  # the second time nobody is logged in
        response = browser.post("/logout")
        assert response.status_code == 302
        assert browser.home() == {"customer": None, "basket": []}
    assert browser.get("/account").status_code == 302
    assert other.customer == person["email"]


@pytest.mark.check("logout-ends-remembering", concept="remembered-logins")
def test_a_logout_ends_remember_me(app, registered, symptom):
    """After a logout the browser is not remembered, whether it is closed or not."""
    person = registered(app)
    for closed_before in (False, True):
        browser = Browser(app)
        browser.login(person, remember="yes")
        if closed_before:
            browser.close()
            assert browser.customer == person["email"]
        assert browser.post("/logout").status_code == 302
        assert browser.customer is None, symptom("remembered-after-logout")
        browser.close()
        assert browser.customer is None, symptom("remembered-after-logout")


def changed_password(browser, person, seed):
    """Changes the password in a browser."""
    fields = {"current": person["password"], "new": seed.token()}
    assert browser.post("/account/password", fields).status_code == 204


@pytest.mark.check("new-password-ends-logins", concept="ending-logins")
def test_a_new_password_ends_other_logins(app, registered, seed, symptom):
    """When the password is changed, logins elsewhere and copied cookies are refused, and nobody else notices."""
    person, bystander = registered(app), registered(app)
    here, elsewhere, thief, unconcerned = (Browser(app) for _ in range(4))
    here.login(person)
    elsewhere.login(person)
    unconcerned.login(bystander)
    thief.take_cookies(here)
    assert [each.customer for each in (elsewhere, thief)] == [person["email"]] * 2
    thief.take_cookies(here)
    changed_password(here, person, seed)
    assert elsewhere.customer is None, symptom("other-browser-logged-in")
    assert thief.customer is None, symptom("copied-cookies-logged-in")
    assert elsewhere.get("/account").status_code == 302
    assert here.customer == person["email"]
    assert unconcerned.customer == bystander["email"]


@pytest.mark.check("new-password-ends-remembering", concept="remembered-logins")
def test_a_new_password_ends_remember_me(app, registered, seed, symptom):
    """When the password is changed, all browsers that were remembered before have to log in again."""
    person, bystander = registered(app), registered(app)
    here, elsewhere, thief, unconcerned = (Browser(app) for _ in range(4))
    for browser, who in ((here, person), (elsewhere, person), (unconcerned, bystander)):
        browser.login(who, remember="yes")
    thief.take_cookies(here)
    changed_password(here, person, seed)
    assert here.customer == person["email"]
    for browser in (elsewhere, thief):
        assert browser.customer is None, symptom("remembered-after-change")
        browser.close()
        assert browser.customer is None, symptom("remembered-after-change")
    unconcerned.close()
    assert unconcerned.customer == bystander["email"]


@pytest.mark.check("second-process", concept="key-rotation", seconds=20)
def test_two_processes_serve_one_shop(make_app, new_database, registered, seed, symptom):
    """Another process with the same database and key knows a login, a basket, a remember-me and a changed password."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database()}
    here, there = make_app(config), make_app(config, worker="second")
    person, browser, item = registered(here), Browser(here), seed.word()
    browser.login(person, remember="yes")
    browser.put_into_basket(item)
    other = Browser(there).take_cookies(browser)
    assert other.home() == {"customer": person["email"], "basket": [item]}
    other.close()
    assert other.customer == person["email"]
    changed_password(other, person, seed)
    assert browser.customer is None, symptom("change-not-shared")
    assert other.customer == person["email"]
