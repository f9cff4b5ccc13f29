"""Logins, other origins, and how often something may be asked for."""

import time

import pytest
from visitors import person


def tokens(response, header):
    """The names in a header that lists some, in lower case."""
    listed = ",".join(response.headers.getlist(header)).lower().split(",")
    return {token.strip() for token in listed}


@pytest.mark.check("login-needed", concept="default-deny")
def test_who_is_not_logged_in(app, seed):
    """Who is not logged in gets 401 from everything that is not for anyone."""
    keeper = person(app, seed)
    ada = person(app, seed)
    dog = ada.dog()
    stay = ada.stay(dog)
    one, below, price = f"/dogs/{dog['id']}", f"/dogs/{dog['id']}/stays/{stay['id']}", f"/stays/{stay['id']}/price"
    sent = [
        ("GET", "/me", None),
        ("PATCH", "/me", {"name": seed.name()}),
        ("GET", "/dogs", None),
        ("POST", "/dogs", {"name": seed.word(), "breed": seed.word()}),
        ("GET", one, None),
        ("GET", f"{one}/page", None),
        ("PATCH", one, {"notes": seed.word()}),
        ("DELETE", one, None),
        ("GET", f"{one}/stays", None),
        ("POST", f"{one}/stays", {"arrives": "2027-08-01", "nights": 2}),
        ("GET", below, None),
        ("PATCH", below, {"nights": seed.integer(10, 20)}),
        ("DELETE", below, None),
        ("POST", f"{one}/photo-requests", None),
        ("GET", "/stays", None),
        ("GET", "/stays.csv", None),
        ("GET", f"/search?q={dog['notes']}", None),
        ("PUT", price, {"price": seed.integer(1, 9)}),
        ("DELETE", price, None),
        ("GET", f"/arrivals?day={stay['arrives']}", None),
        ("GET", f"/office/arrivals?day={stay['arrives']}", None),
        ("GET", "/office/accounts", None),
        ("PATCH", f"/office/accounts/{ada.id}", {"role": "keeper"}),
    ]
    stranger = app.test_client()
    for method, path, body in sent:
        response = stranger.open(path, method=method, json=body)
        assert response.status_code == 401, f"{method} {path} answered {response.status_code}"
    leaver = ada.login()
    assert leaver.get("/me").status_code == 200
    assert leaver.post("/logout").status_code == 204
    assert leaver.get(one).status_code == 401
    assert ada.sees(one) == dog
    assert keeper.sees("/stays") == [stay]


@pytest.mark.check("open-addresses", concept="default-deny")
def test_addresses_that_are_open_or_not_there(app, seed, symptom):
    """What is for anyone works without a login, and an address that no route fits is a 404 for everybody."""
    stranger = app.test_client()
    assert stranger.get("/health").json == {"status": "ok"}
    ada = person(app, seed)
    assert stranger.post("/register", json=ada.fields).status_code == 409
    assert stranger.post("/register", json={"email": seed.email()}).status_code == 422
    wrong = {"email": ada.fields["email"], "password": seed.token()}
    assert stranger.post("/login", json=wrong).status_code == 401
    assert stranger.post("/logout").status_code == 204
    for path in (f"/{seed.word()}", f"/{seed.word()}/{seed.integer(1, 99)}", f"/{seed.word()}/{seed.word()}"):
        assert ada.web.get(path).status_code == 404
        assert stranger.get(path).status_code != 401, symptom("login-before-404")
        assert stranger.get(path).status_code == 404
        assert stranger.post(f"{path}/{seed.word()}", json={}).status_code == 404


@pytest.fixture
def origins(seed):
    """Two origins of front ends."""
    return [f"https://app.{seed.word()}.example", f"https://{seed.word()}.example:{seed.integer(2000, 9000)}"]


@pytest.mark.check("listed-origins", concept="allowed-origins", points=2)
def test_scripts_of_other_origins(make_app, origins, seed, symptom):
    """Scripts of the listed origins may read answers, refusals too; no others may, and nobody is refused for them."""
    app = make_app({"FRONTEND_ORIGINS": origins})
    ada = person(app, seed)
    first, second = origins

    def unreadable(origin, kind):
        response = ada.web.get("/me", headers={"Origin": origin})
        assert (response.status_code, response.json["id"]) == (200, ada.id)
        shown = {"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"} & set(response.headers.keys())
        assert not shown, symptom(kind)

    for origin in (f"https://{seed.word()}.example", f"https://{seed.word()}.example.com", "null"):
        unreadable(origin, "any-origin")
    host = first.removeprefix("https://")
    alike = [
        f"{first}.{seed.word()}.example",
        f"{first}{seed.word()}",
        f"https://{seed.word()}.{host}",
        f"https://{seed.word()}{host}",
        first.replace("app.", f"app{seed.choice('xyz')}"),
        f"http://{host}",
        f"{first}:{seed.integer(2000, 9000)}",
        second.rpartition(":")[0],
        second[:-1],
    ]
    for origin in alike:
        unreadable(origin, "alike-origin")
    elsewhere = ada.web.post(
        "/dogs", json={"name": seed.word(), "breed": seed.word()}, headers={"Origin": f"https://{seed.word()}.example"}
    )
    assert elsewhere.status_code == 201
    for origin in seed.shuffled(origins):
        for client, path, status in (
            (ada.web, "/me", 200),
            (app.test_client(), "/me", 401),
            (ada.web, f"/dogs/{elsewhere.json['id'] + 1000}", 404),
        ):
            response = client.get(path, headers={"Origin": origin})
            assert response.status_code == status
            assert response.headers.getlist("Access-Control-Allow-Origin") == [origin]
            assert response.headers.getlist("Access-Control-Allow-Credentials") == ["true"]
            assert tokens(response, "Vary") & {"origin", "*"}, symptom("vary-missing")


@pytest.mark.check("preflights", concept="browser-permissions")
def test_preflights(make_app, origins, seed, symptom):
    """A preflight, which never has cookies, lets the front ends send each method with JSON."""
    app = make_app({"FRONTEND_ORIGINS": origins})
    browser = app.test_client()
    number = seed.integer(1, 99)
    asked = [
        ("GET", "/dogs"),
        ("POST", "/dogs"),
        ("PATCH", f"/dogs/{number}"),
        ("DELETE", f"/dogs/{number}/stays/{number}"),
        ("PATCH", "/me"),
        ("PUT", f"/stays/{number}/price"),
        ("DELETE", f"/stays/{number}/price"),
        ("POST", f"/dogs/{number}/photo-requests"),
        ("PATCH", f"/office/accounts/{number}"),
        ("GET", "/arrivals"),
    ]
    for method, path in asked:
        origin = seed.choice(origins)
        headers = {
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "content-type",
        }
        response = browser.options(path, headers=headers)
        assert response.status_code not in (401, 403), symptom("login-before-preflight")
        assert 200 <= response.status_code < 300
        assert response.headers.getlist("Access-Control-Allow-Origin") == [origin]
        assert response.headers.getlist("Access-Control-Allow-Credentials") == ["true"]
        assert tokens(response, "Vary") & {"origin", "*"}
        assert method.lower() in tokens(response, "Access-Control-Allow-Methods")
        assert "content-type" in tokens(response, "Access-Control-Allow-Headers")


@pytest.fixture
def limit(seed):
    """How many photos an account may ask for."""
    return seed.integer(3, 6)


@pytest.fixture
def kennel(make_app, limit, clock, seed):
    """An app some minutes after a full hour, so that no hour ends within a test by chance."""
    app = make_app({"PHOTOS_PER_HOUR": limit})
    clock.forward(3600 - time.time() % 3600 + seed.integer(60, 600))
    return app


def ask(client, dog, **headers):
    return client.post(f"/dogs/{dog['id']}/photo-requests", headers=headers)


@pytest.mark.check("photos-per-account", concept="limit-keys", points=2)
def test_photos_count_by_account(kennel, limit, seed, symptom):
    """An account's photos are its own: others have theirs, and no header and no new login gives it more."""
    keeper, ada, ben = (person(kennel, seed) for _ in range(3))
    dog, second, other = ada.dog(), ada.dog(), ben.dog()
    for n in range(limit):
        assert ask(ada.web, (dog, second)[n % 2]).status_code == 201
    for _ in range(limit):
        for somebody in (ben, keeper):
            status = ask(somebody.web, other).status_code
            assert status != 429, symptom("shared-by-accounts")
            assert status == 201
    assert ask(ben.web, other).status_code == 429
    assert ask(keeper.web, other).status_code == 429
    assert ask(ada.web, dog).status_code == 429
    assert ask(ada.web, second).status_code == 429
    address = f"203.0.113.{seed.integer(1, 250)}"
    for name, value in (("X-Forwarded-For", address), ("X-Real-IP", address), ("Forwarded", f"for={address}")):
        assert ask(ada.web, dog, **{name: value}).status_code == 429, symptom("evaded-by-header")
    for name, value in (("User-Agent", seed.word()), ("X-Account-Id", str(ben.id)), ("X-User", ben.fields["email"])):
        assert ask(ada.web, dog, **{name: value}).status_code == 429, symptom("evaded-by-other-header")
    assert ask(ada.login(), dog).status_code == 429, symptom("evaded-by-login")
    renewed = ada.web.post("/login", json={key: ada.fields[key] for key in ("email", "password")})
    assert renewed.status_code == 200
    assert ask(ada.web, second).status_code == 429, symptom("evaded-by-login")


@pytest.mark.check("photos-per-hour", concept="limit-counters")
def test_photos_count_by_the_hour(kennel, limit, clock, seed):
    """Too many photos are answered with 429 and how long to wait; then, and no sooner, there are photos again."""
    ada = person(kennel, seed)
    dog = ada.dog()
    assert [ask(ada.web, dog).status_code for _ in range(limit)] == [201] * limit
    assert ask(ada.web, dog).status_code == 429
    clock.forward(seed.integer(600, 1200))
    refused = ask(ada.web, dog)
    assert refused.status_code == 429
    wait = refused.headers.get("Retry-After", "")
    assert wait.isdecimal()
    assert 1 <= int(wait) <= 3600
    for path in ("/dogs", f"/dogs/{dog['id']}", "/stays"):
        for _ in range(limit + 1):
            assert ada.web.get(path).status_code == 200
    clock.forward(int(wait) + 1)
    assert ask(ada.web, dog).status_code == 201
