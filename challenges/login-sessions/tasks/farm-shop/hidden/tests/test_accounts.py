"""Registration, passwords, guarded pages, and what outsiders can learn and do."""

import pytest
from browser import Browser, leads_to, sent_to_login, stays_here


def registered(app, seed):
    """A new customer: what they type into the login form."""
    person = {"email": seed.email(), "password": seed.token()}
    response = Browser(app).post("/register", person)
    assert response.status_code == 201
    assert response.json == {"email": person["email"]}
    return person


@pytest.mark.check("registration", concept="user-loading")
def test_customers_register_and_log_in(app, seed):
    """Registering answers as the brief says, and two customers at a time each see their own account."""
    people = [registered(app, seed), registered(app, seed)]
    browsers = [Browser(app), Browser(app)]
    taken = {**people[0], "password": seed.token()}
    assert browsers[0].post("/register", taken).status_code == 409
    for fields in ({"email": seed.email()}, {"password": seed.token()}, {"email": seed.email(), "password": ""}):
        assert browsers[0].post("/register", fields).status_code == 400
    assert browsers[0].post("/register", {"email": seed.email(), "password": seed.token()}).status_code == 201
    assert browsers[0].customer is None
    for browser, person in zip(browsers, people, strict=True):
        assert leads_to(browser.login(person), "/account")
    for browser, person in zip(browsers, people, strict=True):
        assert browser.customer == person["email"]
        assert browser.get("/account").json == {"email": person["email"]}


@pytest.mark.check("guarded-pages", concept="guarded-views")
def test_strangers_are_sent_to_the_login_and_back(app, seed):
    """Who is not logged in is sent to the login with `next`, and after the login to the page they asked for."""
    person, browser = registered(app, seed), Browser(app)
    asked_for = f"/account?{seed.word()}={seed.word()}"
    response = browser.get(asked_for)
    assert sent_to_login(response)
    assert sent_to_login(browser.get("/account/invoices"))
    fields = {"current": person["password"], "new": seed.token()}
    assert sent_to_login(browser.post("/account/password", fields))
    assert leads_to(browser.post(response.headers["Location"], person), asked_for)
    assert browser.get(asked_for).json == {"email": person["email"]}


@pytest.mark.check("fresh-logins", concept="guarded-views")
def test_a_remembered_login_is_not_fresh(make_app, seed, clock, symptom):
    """The invoices ask for the password again when a login goes on only because it is remembered."""
    idle = seed.integer(900, 1800)
    app = make_app({"IDLE_SECONDS": idle})
    person, browser = registered(app, seed), Browser(app)
    browser.login(person, remember="yes")
    assert browser.get("/account/invoices").json == {"invoices": []}
    browser.close()
    assert browser.customer == person["email"]
    response = browser.get("/account/invoices")
    assert response.status_code != 200, symptom("remembered-login-let-in")
    assert sent_to_login(response)
    assert leads_to(browser.post(response.headers["Location"], {**person, "remember": "yes"}), "/account/invoices")
    assert browser.get("/account/invoices").status_code == 200
    clock.forward(idle + 120)
    assert browser.customer == person["email"]
    assert sent_to_login(browser.get("/account/invoices")), symptom("fresh-after-idling")


@pytest.mark.check("hash-method-changes", concept="password-hashes")
def test_old_hashes_stay_good(make_app, new_database, seed):
    """Customers who registered while another hash method was configured can log in with their password only."""
    database = new_database()
    methods = seed.shuffled(["pbkdf2:sha256:900", "pbkdf2:sha512:700", "pbkdf2:sha256:1100"])
    apps = [make_app({"SQLALCHEMY_DATABASE_URI": database, "PASSWORD_HASH_METHOD": method}) for method in methods]
    people = [registered(app, seed) for app in apps]
    for person in people:
        for app in apps:
            browser = Browser(app)
            assert browser.post("/login", {**person, "password": seed.token()}).status_code == 401
            browser.login(person)
            assert browser.customer == person["email"]


@pytest.mark.check("password-change", concept="password-hashes")
def test_the_password_is_changed(app, seed):
    """A change needs the current password; after it the new one works and the old one does not."""
    person, browser = registered(app, seed), Browser(app)
    browser.login(person)
    changed = {**person, "password": seed.token()}
    wrong = {"current": seed.token(), "new": seed.token()}
    assert browser.post("/account/password", wrong).status_code == 403
    for fields in ({"current": person["password"]}, {"current": person["password"], "new": ""}, {"new": seed.token()}):
        assert browser.post("/account/password", fields).status_code == 400
    assert browser.customer == person["email"]
    Browser(app).login(person)
    fields = {"current": person["password"], "new": changed["password"]}
    assert browser.post("/account/password", fields).status_code == 204
    assert browser.customer == person["email"]
    assert Browser(app).post("/login", person).status_code == 401
    Browser(app).login(changed)


@pytest.mark.check("same-refusal", concept="guessing-limits")
def test_a_refusal_does_not_tell_who_is_registered(app, seed, symptom):
    """An address that is not registered and a wrong password get the same 401."""
    person = {"email": seed.email(), "password": seed.token()}
    guess = {**person, "password": seed.token()}
    unknown = Browser(app).post("/login", guess)
    assert Browser(app).post("/register", person).status_code == 201
    wrong = Browser(app).post("/login", guess)
    same = (unknown.status_code, unknown.data) == (wrong.status_code, wrong.data)
    assert same, symptom("refusals-differ")
    assert unknown.status_code == 401


@pytest.mark.check("cookie-flags", concept="cookie-attributes")
def test_cookies_have_their_flags(make_app, seed, symptom):
    """All cookies are HttpOnly and SameSite, and Secure just if the configuration says so."""
    came = []
    for secure in seed.shuffled([True, False]):
        app = make_app({"SECURE_COOKIES": secure})
        site = {"base_url": "https://localhost" if secure else "http://localhost"}
        person, browser = registered(app, seed), Browser(app)
        for path, fields in (("/basket", {"item": seed.word()}), ("/login", {**person, "remember": "yes"})):
            browser.post(path, fields, **site)
            came += [(secure, cookie) for cookie in browser.set_cookies if not cookie.deletes]
    assert {secure for secure, _ in came} == {True, False}
    for secure, cookie in sorted(came, key=lambda each: each[1].seconds is not None):
        flags = cookie.attributes
        right = "httponly" in flags and flags.get("samesite", "").lower() in ("lax", "strict")
        right = right and ("secure" in flags) == secure
        assert right, symptom("session-cookie" if cookie.seconds is None else "lasting-cookie")


@pytest.mark.check("next-followed", concept="safe-redirects")
def test_a_path_of_the_site_is_followed(app, seed):
    """After the login `next` leads to a path of this site, with its query."""
    person = registered(app, seed)
    query = f"{seed.word()}={seed.word()}&page={seed.integer(2, 99)}"
    paths = ["/account/invoices", f"/account?{query}", "/", f"/account/invoices?{seed.word()}={seed.integer(2, 99)}"]
    for path in seed.shuffled(paths):
        response = Browser(app).post("/login", person, query_string={"next": path})
        assert leads_to(response, path), f"{path} was not followed"


@pytest.mark.check("next-elsewhere", concept="safe-redirects", seconds=20)
def test_no_other_site_is_reached(app, seed, symptom):
    """Whatever `next` says, a login is answered with 302 to this site, as browsers read the address."""
    person, browser = registered(app, seed), Browser(app)
    evil = f"{seed.word()}.example"
    plain = [f"https://{evil}/", f"http://{evil}/{seed.word()}", f"HTTPS://{evil}"]
    alike = [f"http://localhost@{evil}/", f"http://localhost.{evil}/", f"http://{evil}/?http://localhost/"]
    hidden = [
        *(f"{slashes}{evil}/{seed.word()}" for slashes in ("//", "///", "////", "/\\", "\\\\", "\\/", "/\\/")),
        *(f"https:{slashes}{evil}" for slashes in ("", "/", "///", "\\\\")),
        *(f"{start}//{evil}" for start in (" ", "\t", "\x01")),
        f"/\t/{evil}/",
        f"/\t\t/{evil}/{seed.word()}",
        f"javascript:location='{evil}'",
    ]
    broken = [f"/\n/{evil}", f"/\r\n/{evil}", f"\n//{evil}", f"ht\ntps://{evil}", f"/{seed.word()}\r\nX-Mark: {evil}"]
    kinds = ((plain, "other-host"), (alike, "alike-host"), (hidden, "hidden-host"), (broken, "host-behind-line-break"))
    for addresses, kind in kinds:
        for address in seed.shuffled(addresses):
            response = browser.post("/login", person, query_string={"next": address})
            assert response.status_code == 302
            assert stays_here(response.headers["Location"]), symptom(kind)
