"""Judges the API by HTTP alone. Tokens are taken apart and forged here with the standard library.

"Refused" is any 4xx: which of them it has to be is checked in one place, so that a wrong status code costs
one check and says nothing false of the tokens.
"""

import base64
import hashlib
import hmac
import json
import time

import pytest

HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


def encoded(data):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(segment):
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def header_of(token):
    return json.loads(decoded(token.split(".")[0]))


def claims_of(token):
    return json.loads(decoded(token.split(".")[1]))


def signature(signing_input, key, algorithm):
    return encoded(hmac.new(key.encode(), signing_input.encode(), HASHES[algorithm]).digest())


def signed(claims, key, algorithm="HS256", header_says=None):
    """A token made here: its header may name another algorithm than the one that signed it."""
    head = {"alg": header_says or algorithm, "typ": "JWT"}
    signing_input = f"{encoded(head)}.{encoded(claims)}"
    return f"{signing_input}.{signature(signing_input, key, algorithm)}"


def unsigned(claims, algorithm):
    return f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{encoded(claims)}."


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def me(client, token):
    return client.get("/me", headers=bearer(token))


def refresh(client, token):
    return client.post("/refresh", headers=bearer(token))


def refused(response):
    return 400 <= response.status_code < 500


def accepted(response):
    return response.status_code == 200


class Person:
    """Somebody with an account: registers on creation."""

    def __init__(self, client, seed):
        self.client = client
        self.credentials = {"email": seed.email(), "password": seed.token()}
        response = client.post("/users", json=self.credentials)
        assert response.status_code == 201
        self.id = response.json["id"]

    def login(self):
        """The access and the refresh token of a new login."""
        response = self.client.post("/login", json=self.credentials)
        assert response.status_code == 200
        return pair_of(response)


def pair_of(response):
    assert response.status_code == 200
    return response.json["access_token"], response.json["refresh_token"]


@pytest.fixture
def key(seed):
    return seed.token() + seed.token()


@pytest.fixture
def keyed(make_app, key):
    """A client of an app whose signing key the test knows."""
    return make_app({"JWT_SECRET_KEY": key}).test_client()


@pytest.mark.check("issued-tokens", concept="signature-verification")
def test_tokens_are_signed_and_say_what_the_brief_asks(make_app, seed, key):
    """Tokens are signed with the configured key by HS256 and have the claims and lifetimes of the brief."""
    lifetimes = {"access": seed.integer(200, 900), "refresh": seed.integer(2000, 9000)}
    client = make_app(
        {
            "JWT_SECRET_KEY": key,
            "JWT_ACCESS_TOKEN_EXPIRES": lifetimes["access"],
            "JWT_REFRESH_TOKEN_EXPIRES": lifetimes["refresh"],
        }
    ).test_client()
    Person(client, seed)
    person = Person(client, seed)
    before = time.time()
    first = person.login()
    second = pair_of(refresh(client, first[1]))
    after = time.time()
    for pair in (first, second):
        for token, kind in zip(pair, ("access", "refresh"), strict=True):
            assert header_of(token)["alg"] == "HS256"
            signing_input, _, made = token.rpartition(".")
            assert made == signature(signing_input, key, "HS256")
            claims = claims_of(token)
            assert claims["sub"] == str(person.id)
            assert claims["type"] == kind
            assert before - 2 <= claims["exp"] - lifetimes[kind] <= after + 2
    assert len({claims_of(token)["jti"] for token in first + second}) == 4

    client = make_app({"JWT_SECRET_KEY": key}).test_client()
    person = Person(client, seed)
    before = time.time()
    pair = person.login()
    after = time.time()
    for token, lifetime in zip(pair, (900, 2592000), strict=True):
        assert before - 2 <= claims_of(token)["exp"] - lifetime <= after + 2, "not the lifetime by default"


@pytest.mark.check("forged-signature", concept="signature-verification")
def test_a_token_is_believed_only_with_the_right_signature(keyed, seed, key):
    """A changed token and one that another key has signed are refused, at resources and at /refresh."""
    person, other = Person(keyed, seed), Person(keyed, seed)
    access, renewal = person.login()
    assert accepted(me(keyed, access))
    foreign_key = seed.token() + seed.token()
    for token, use in ((access, me), (renewal, refresh)):
        head, _, made = token.split(".")
        claims = claims_of(token)
        changed = f"{head}.{encoded({**claims, 'sub': str(other.id)})}.{made}"
        assert refused(use(keyed, changed)), "a changed payload was believed"
        assert refused(use(keyed, signed(claims, foreign_key))), "another key's signature was believed"


@pytest.mark.check("algorithm-pinned", concept="algorithm-pinning")
def test_no_other_algorithm_is_accepted(keyed, seed, key, symptom):
    """Tokens of any other algorithm are refused, whichever key signed them, and unsigned ones too."""
    access, _ = Person(keyed, seed).login()
    assert accepted(me(keyed, access))
    claims = claims_of(access)
    algorithms = seed.shuffled(["HS384", "HS512"])
    foreign_key = seed.token() + seed.token()
    for algorithm in algorithms:
        foreign = signed(claims, foreign_key, algorithm)
        assert refused(me(keyed, foreign)), symptom("foreign-signature-accepted")
    for algorithm in algorithms:
        assert refused(me(keyed, signed(claims, key, algorithm))), symptom("other-algorithm-accepted")
    for name in seed.shuffled(["none", "None", "NONE"]):
        assert refused(me(keyed, unsigned(claims, name))), symptom("unsigned-accepted")
    for name in ("RS256", "ES256", "HS1", seed.word()):
        assert refused(me(keyed, signed(claims, key, header_says=name))), symptom("wrong-header-accepted")


@pytest.mark.check("access-expires", concept="token-expiry")
def test_an_access_token_expires(make_app, seed, clock):
    """An access token is good during the configured lifetime and refused after it."""
    lifetime = seed.integer(400, 800)
    client = make_app({"JWT_ACCESS_TOKEN_EXPIRES": lifetime}).test_client()
    access, _ = Person(client, seed).login()
    clock.forward(lifetime - 120)
    assert accepted(me(client, access))
    clock.forward(240)
    assert refused(me(client, access))


@pytest.mark.check("refresh-expires", concept="token-expiry")
def test_a_refresh_token_expires(make_app, seed, clock):
    """A refresh token outlives the access token and is refused after its own lifetime."""
    short, long = seed.integer(200, 400), seed.integer(3000, 6000)
    client = make_app({"JWT_ACCESS_TOKEN_EXPIRES": short, "JWT_REFRESH_TOKEN_EXPIRES": long}).test_client()
    person = Person(client, seed)
    _, used = person.login()
    _, unused = person.login()
    clock.forward(long - 120)
    access, _ = pair_of(refresh(client, used))
    assert accepted(me(client, access))
    clock.forward(240)
    assert refused(refresh(client, unused))


@pytest.mark.check("token-types", concept="token-type")
def test_the_two_kinds_of_token_are_told_apart(client, seed, symptom):
    """A refresh token opens no resource, and an access token buys no new tokens."""
    person = Person(client, seed)
    access, renewal = person.login()
    assert accepted(client.get("/users", headers=bearer(access)))
    for path in seed.shuffled(["/me", "/users"]):
        response = client.get(path, headers=bearer(renewal))
        assert refused(response), symptom("refresh-token-opens-resource")
    assert refused(refresh(client, access)), symptom("access-token-refreshes")


@pytest.mark.check("refresh-rotates", concept="refresh-rotation")
def test_a_refresh_token_works_once(client, seed, symptom):
    """Each use of /refresh gives a pair that works, and the refresh token that was sent is spent."""
    first_access, renewal = Person(client, seed).login()
    used = []
    for _ in range(seed.integer(2, 4)):
        used.append(renewal)
        access, renewal = pair_of(refresh(client, renewal))
        assert renewal not in used
        assert accepted(me(client, access))
    assert accepted(me(client, first_access)), symptom("earlier-access-token-refused")
    assert refused(refresh(client, used[-1])), symptom("used-token-accepted")


@pytest.mark.check("reuse-ends-login", concept="reuse-detection")
def test_a_used_refresh_token_ends_its_login(client, seed, symptom):
    """When a used refresh token comes again, all tokens of that login are refused, the newest included."""
    access, renewal = Person(client, seed).login()
    used = [renewal]
    for _ in range(seed.integer(2, 3)):
        access, renewal = pair_of(refresh(client, used[-1]))
        used.append(renewal)
    newest = used.pop()
    assert refused(refresh(client, seed.choice(used))), symptom("used-token-accepted")
    assert refused(refresh(client, newest)), symptom("newest-refresh-survives")
    assert refused(me(client, access)), symptom("access-survives")


@pytest.mark.check("logout-ends-login", concept="logout-scope")
def test_a_logout_ends_the_whole_login(client, seed, symptom):
    """After a logout neither its access token nor any other token of that login is accepted."""
    earlier, renewal = Person(client, seed).login()
    access, renewal = pair_of(refresh(client, renewal))
    assert client.post("/logout", headers=bearer(access)).status_code == 204
    assert refused(me(client, access)), symptom("access-survives")
    assert refused(refresh(client, renewal)), symptom("refresh-survives")
    assert refused(me(client, earlier)), symptom("earlier-access-survives")


@pytest.mark.check("second-process", concept="revocation-storage")
def test_two_processes_with_one_database_agree(make_app, new_database, seed, key, symptom):
    """What one process has revoked or used up is refused by another one that serves the same database."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database(), "JWT_SECRET_KEY": key}
    here = make_app(config).test_client()
    there = make_app(config, worker="second").test_client()
    person = Person(here, seed)
    ended, _ = person.login()
    assert accepted(me(there, ended))
    assert here.post("/logout", headers=bearer(ended)).status_code == 204
    assert refused(me(there, ended)), symptom("logout-not-shared")
    _, renewal = person.login()
    access, _ = pair_of(refresh(here, renewal))
    assert accepted(me(there, access))
    assert refused(refresh(there, renewal)), symptom("rotation-not-shared")


@pytest.mark.check("other-login-lives", concept="logout-scope", seconds=20)
def test_other_logins_go_on(client, seed, symptom):
    """When one login of a user ends, the tokens of their other logins and of other users stay good."""
    person, bystander = Person(client, seed), Person(client, seed)
    left, stolen, kept, other = person.login(), person.login(), person.login(), bystander.login()
    assert client.post("/logout", headers=bearer(left[0])).status_code == 204
    assert accepted(me(client, kept[0])), symptom("logout-ended-another-login")
    pair_of(refresh(client, stolen[1]))
    refresh(client, stolen[1])
    for access, renewal in (kept, other):
        assert accepted(me(client, access)), symptom("reuse-ended-another-login")
        assert accepted(refresh(client, renewal)), symptom("reuse-ended-another-login")


@pytest.mark.check("role-change-counts", concept="claims-are-a-snapshot", seconds=20)
def test_a_changed_role_counts_at_once(client, seed, symptom):
    """A user's new role counts from the next request on, also with tokens from before the change."""
    admin, person = Person(client, seed), Person(client, seed)
    authority = bearer(admin.login()[0])

    def give(role):
        response = client.patch(f"/users/{person.id}", json={"role": role}, headers=authority)
        assert response.status_code == 200
        assert response.json["role"] == role

    def lists_users(access):
        return client.get("/users", headers=bearer(access))

    as_member, _ = person.login()
    assert refused(lists_users(as_member))
    give("admin")
    as_admin, _ = person.login()
    assert accepted(lists_users(as_admin))
    give("member")
    assert refused(lists_users(as_admin)), symptom("old-role-accepted")
    assert accepted(me(client, as_admin)), symptom("token-lost-with-role")
    give("admin")
    assert accepted(lists_users(as_member)), symptom("new-role-ignored")


@pytest.mark.check("deactivated-user", concept="claims-are-a-snapshot", seconds=20)
def test_a_deactivated_user_is_locked_out(client, seed, symptom):
    """From the moment a user is deactivated their tokens are refused, and so is a login."""
    admin, person = Person(client, seed), Person(client, seed)
    access, renewal = person.login()
    assert accepted(me(client, access))
    response = client.patch(f"/users/{person.id}", json={"active": False}, headers=bearer(admin.login()[0]))
    assert response.status_code == 200
    assert refused(client.post("/login", json=person.credentials)), symptom("login-accepted")
    assert refused(me(client, access)), symptom("token-accepted")
    assert refused(refresh(client, renewal)), symptom("token-accepted")


@pytest.mark.check("payload-tells-nothing", concept="payload-visibility")
def test_a_token_gives_nothing_away(client, seed):
    """Whoever reads the tokens' payloads finds neither the e-mail address nor the password."""
    person = Person(client, seed)
    first = person.login()
    for token in first + pair_of(refresh(client, first[1])):
        text = json.dumps([header_of(token), claims_of(token)]).lower()
        for value in person.credentials.values():
            assert value.lower() not in text


@pytest.mark.check("refusals-are-401", concept="unauthorized-or-forbidden")
def test_what_is_not_authenticated_is_told_so(client, seed, symptom):
    """No token where one is wanted, a bad one, one of an ended login and a wrong password get 401 with a challenge."""
    health = client.get("/health")
    assert (health.status_code, health.json) == (200, {"status": "ok"}), "no token is wanted there"
    person = Person(client, seed)
    access, _ = person.login()
    unreadable = [seed.word(), ".".join(seed.words(3))]
    responses = [use(client, text) for text in unreadable for use in (me, refresh)]
    assert 422 not in [response.status_code for response in responses], symptom("422-for-a-refused-token")
    assert client.post("/logout", headers=bearer(access)).status_code == 204
    responses += [
        client.get("/me"),
        client.get("/users"),
        client.post("/refresh"),
        me(client, access),
        client.post("/login", json={**person.credentials, "password": seed.token()}),
        client.post("/login", json={**person.credentials, "email": seed.email()}),
    ]
    for response in responses:
        assert response.status_code == 401
        assert response.headers.get("WWW-Authenticate", "").lower().startswith("bearer")


@pytest.mark.check("forbidden-is-403", concept="unauthorized-or-forbidden")
def test_who_is_known_but_not_allowed_is_told_so(client, seed):
    """A member gets 403 at the admins' routes, an admin gets in; 404, 409 and 422 tell of everything else."""
    admin, member = Person(client, seed), Person(client, seed)
    authority, token = bearer(admin.login()[0]), bearer(member.login()[0])
    for headers, expected in ((authority, 200), (token, 403)):
        assert client.get("/users", headers=headers).status_code == expected
        changed = client.patch(f"/users/{admin.id}", json={"active": True}, headers=headers)
        assert changed.status_code == expected
    listed = client.get("/users", headers=authority).json["users"]
    assert [(user["id"], user["role"]) for user in listed] == [(admin.id, "admin"), (member.id, "member")]
    assert client.post("/login", json={"email": seed.email()}).status_code == 422
    assert client.post("/login", json={"email": seed.email(), "password": 7}).status_code == 422
    taken = {**member.credentials, "password": seed.token()}
    assert client.post("/users", json=taken).status_code == 409
    nobody = member.id + seed.integer(1000, 9000)
    assert client.patch(f"/users/{nobody}", json={"active": True}, headers=authority).status_code == 404
    for wrong in ({"role": seed.word()}, {"active": seed.word()}):
        response = client.patch(f"/users/{member.id}", json=wrong, headers=authority)
        assert response.status_code == 422
