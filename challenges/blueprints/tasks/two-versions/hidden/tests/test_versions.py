"""Judges the API by HTTP alone, with huts and settings that are made up for each check.

What one rule of the brief asks is checked in one place: a check about links does not look at errors, and the other
way round. So a failure says which rule it was.
"""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

V1, V2, LATEST = "/api/v1/", "/api/v2/", "/api/latest/"
FAMILIES = (V1, V2, LATEST)


class Club:
    """An app with settings of its own, and somebody who knows its key."""

    def __init__(self, make_app, seed, **settings):
        ids = seed.shuffled(range(100, 1000))
        huts = [
            {"id": ids.pop(), "name": seed.title(2), "beds": seed.integer(6, 90), "closed": False}
            for _ in range(seed.integer(3, 5))
        ]
        self.closed = {"id": ids.pop(), "name": seed.title(2), "beds": seed.integer(6, 90), "closed": True}
        self.missing = ids.pop()
        everything = seed.shuffled([*huts, self.closed])
        self.open = [hut for hut in everything if not hut["closed"]]
        self.key, self.program, self.service = seed.token(), seed.word(), seed.word()
        ends = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=seed.integer(0, 40_000))
        self.sunset = format_datetime(ends, usegmt=True)
        config = {"HUTS": everything, "SERVICE": self.service, "API_KEY": self.key, "V1_SUNSET": self.sunset}
        self.client = make_app({**config, **settings}).test_client()

    def get(self, path, key=True, program=True):
        """The answer to somebody who sends the key and a client's name, or leaves one of them out."""
        headers = {}
        if key:
            headers["X-Api-Key"] = key if isinstance(key, str) else self.key
        if program:
            headers["X-Client"] = self.program
        return self.client.get(path, headers=headers)

    def json(self, path):
        """What a request that is in order is answered with."""
        response = self.get(path)
        assert response.status_code == 200, f"GET {path} answered {response.status_code}"
        return response.json

    def routes(self, family):
        """Addresses of both routes of a version: its list, and a hut."""
        return [family, f"{family}huts/{self.open[0]['id']}"]


@pytest.fixture
def club(make_app, seed):
    return Club(make_app, seed)


def in_form(response, family):
    """Whether an error has the form of its version."""
    body = response.get_json(silent=True)
    if not isinstance(body, dict) or set(body) != {"error"}:
        return False
    error = body["error"]
    if family == V1:
        return isinstance(error, str) and error != ""
    return (
        isinstance(error, dict)
        and set(error) == {"status", "message"}
        and error["status"] == response.status_code
        and isinstance(error["message"], str)
        and error["message"] != ""
    )


@pytest.mark.check("site-is-open", concept="hook-scope")
def test_the_site_is_no_part_of_the_api(make_app, seed):
    """The site's page needs neither key nor client, and stays where it is when the API is mounted elsewhere."""
    for club in (Club(make_app, seed), Club(make_app, seed, MOUNT=f"/{seed.word()}")):
        response = club.get("/", key=False, program=False)
        assert response.status_code == 200
        assert response.json == {"service": club.service}


def assert_huts(club, family, fields):
    """A version lists the open huts and shows each alone, with its own fields."""
    links = {"self", "index", "successor"} if family == V1 else {"self", "index"}

    def told(hut):
        return {name: hut[name] for name in fields}

    listed = club.json(family)
    assert set(listed) == {"version", "huts"}
    assert listed["version"] == (1 if family == V1 else 2)
    alone = [club.json(f"{family}huts/{hut['id']}") for hut in club.open]
    for answered in (listed["huts"], alone):
        assert all(set(hut) == set(fields) | links for hut in answered)
        assert [told(hut) for hut in answered] == [told(hut) for hut in club.open]


@pytest.mark.check("version-one-huts", concept="nesting")
def test_version_one_has_the_huts(club):
    """Version 1 lists the open huts in their order and shows each of them, with the fields of version 1."""
    assert_huts(club, V1, ["id", "name"])


@pytest.mark.check("version-two-huts", concept="nesting")
def test_version_two_has_the_huts(club):
    """Version 2 lists the open huts in their order and shows each of them, with the fields of version 2."""
    assert_huts(club, V2, ["id", "name", "beds"])


@pytest.mark.check("latest-huts", concept="repeated-registration")
def test_latest_has_the_huts(club):
    """The second address of version 2 has the same list and the same huts."""
    assert_huts(club, LATEST, ["id", "name", "beds"])


@pytest.mark.check("mounted-api", concept="url-prefixes")
def test_the_api_is_where_it_is_mounted(make_app, seed, symptom):
    """With a path in front, the whole API is found below it, and no longer where it was."""
    mount = f"/{seed.word()}"
    club = Club(make_app, seed, MOUNT=mount)
    if club.get(f"{mount}{V1}").status_code == 404:
        assert club.get(f"{mount}/v1/").status_code != 200, symptom("own-prefix-replaced")
    for family in seed.shuffled(FAMILIES):
        for path in club.routes(family):
            assert club.get(f"{mount}{path}").status_code == 200
            assert club.get(path).status_code == 404


@pytest.mark.check("mounted-links", concept="url-prefixes")
def test_links_lead_to_where_the_api_is_mounted(make_app, seed, symptom):
    """With a path in front of the API, links have it too, both to the hut itself and to its successor."""
    mount = f"/{seed.word()}"
    club = Club(make_app, seed, MOUNT=mount)
    number = seed.choice(club.open)["id"]
    one = club.json(f"{mount}{V1}huts/{number}")
    two = club.json(f"{mount}{V2}huts/{number}")
    links = [one["self"], one["successor"], two["self"]]
    plain = [f"{V1}huts/{number}", f"{V2}huts/{number}", f"{V2}huts/{number}"]
    assert not set(links) & set(plain), symptom("mount-is-missing")
    assert links == [f"{mount}{path}" for path in plain]


@pytest.mark.check("self-links", concept="endpoint-names")
def test_each_hut_links_to_itself(club):
    """In both versions the link of a hut to itself is right, in the list and alone, and leads back to the hut."""
    for family in (V1, V2):
        for hut in club.json(family)["huts"]:
            assert hut["self"] == f"{family}huts/{hut['id']}"
            assert club.json(hut["self"])["self"] == hut["self"]


@pytest.mark.check("index-links", concept="endpoint-names")
def test_each_hut_links_to_its_list(club, seed, symptom):
    """The link from a hut to the list leads to the list of the same version, at the address that was asked."""
    for family in FAMILIES:
        link = club.json(f"{family}huts/{seed.choice(club.open)['id']}")["index"]
        assert link != "/", symptom("link-to-the-site")
        assert family != LATEST or link != V2, symptom("link-leaves-latest")
        assert link == family
        assert {hut["index"] for hut in club.json(family)["huts"]} == {family}


@pytest.mark.check("successor-links", concept="nesting")
def test_version_one_links_to_version_two(club):
    """A hut of version 1 links to the same hut of version 2, in the list and alone."""
    for hut in club.json(V1)["huts"]:
        assert hut["successor"] == f"{V2}huts/{hut['id']}"
        assert club.json(f"{V1}huts/{hut['id']}")["successor"] == hut["successor"]


@pytest.mark.check("latest-links", concept="repeated-registration")
def test_links_of_latest_stay_there(club, symptom):
    """The links of huts to themselves stay at the second address of version 2 when they were asked for there."""
    listed = {hut["id"]: hut["self"] for hut in club.json(LATEST)["huts"]}
    for hut in club.open:
        path = f"huts/{hut['id']}"
        links = [listed[hut["id"]], club.json(f"{LATEST}{path}")["self"]]
        assert f"{V2}{path}" not in links, symptom("link-leaves-latest")
        assert links == [f"{LATEST}{path}"] * 2


@pytest.mark.check("service-header", concept="hook-scope")
def test_every_answer_names_the_service(club, seed, symptom):
    """Every answer names the service: of the API, its errors, the site, and addresses that no route knows."""

    def named(response):
        return response.headers.get("X-Service") == club.service

    for family in FAMILIES:
        for path in club.routes(family):
            assert named(club.get(path))
            assert named(club.get(path, key=False))
        assert named(club.get(f"{family}huts/{club.missing}"))
    others = [f"/{seed.word()}", f"/{seed.word()}/{seed.word()}", f"{V1}{seed.word()}", f"{V2}{seed.word()}"]
    named_others = [named(club.get(path)) for path in ("/", *others)]
    assert any(named_others), symptom("api-answers-only")
    assert all(named_others)


@pytest.mark.check("sunset-on-version-one", concept="hook-scope")
def test_every_answer_of_version_one_says_when_it_ends(club):
    """Every answer of a route of version 1 says when the version ends, errors included."""
    answers = [club.get(path) for path in club.routes(V1)]
    answers += [club.get(path, key=False) for path in club.routes(V1)]
    answers += [club.get(f"{V1}huts/{number}") for number in (club.missing, club.closed["id"])]
    assert [response.status_code for response in answers] == [200, 200, 401, 401, 404, 410]
    assert [response.headers.get("Sunset") for response in answers] == [club.sunset] * len(answers)


@pytest.mark.check("sunset-nowhere-else", concept="hook-scope")
def test_no_other_answer_says_that_it_ends(club, seed, symptom):
    """Neither version 2 nor the site nor an address that no route knows has the header of version 1."""

    def ending(paths, **left_out):
        return ["Sunset" in club.get(path, **left_out).headers for path in paths]

    routes = club.routes(V2) + club.routes(LATEST)
    assert [club.get(path).status_code for path in routes] == [200] * len(routes)
    of_version_two = ending(routes) + ending(routes, key=False) + ending(routes, program=False)
    elsewhere = ending(["/", f"/{seed.word()}", f"/api/{seed.word()}", f"{V2}{seed.word()}"])
    below_version_one = ending([f"{V1}{seed.word()}", f"{V1}huts/{club.missing}/{seed.word()}"])
    assert not all(of_version_two + elsewhere), symptom("on-every-answer")
    assert not any(of_version_two + elsewhere)
    assert not any(below_version_one), symptom("on-unknown-addresses-below")


@pytest.mark.check("key-for-the-api", concept="nesting")
def test_the_whole_api_wants_the_key(club, seed):
    """Both versions, also at the second address, answer with 401 unless the right key is sent."""
    for family in FAMILIES:
        for path in club.routes(family):
            assert club.get(path).status_code == 200
            assert club.get(path, key=False).status_code == 401
            assert club.get(path, key=seed.token()).status_code == 401


@pytest.mark.check("client-for-version-two", concept="hook-scope")
def test_only_version_two_wants_a_client(club):
    """Version 2 answers with 400 if no client is named, at both its addresses; version 1 does not ask."""
    for path in club.routes(V1):
        assert club.get(path, program=False).status_code == 200
    for family in (V2, LATEST):
        for path in club.routes(family):
            assert club.get(path, program=False).status_code == 400
            assert club.client.get(path, headers={"X-Api-Key": club.key, "X-Client": ""}).status_code == 400
            assert club.get(path).status_code == 200


@pytest.mark.check("key-before-client", concept="hook-scope")
def test_the_key_is_asked_for_first(club, seed):
    """Where several things are wrong with a request and the key is one of them, the answer is 401."""
    for family in (V2, LATEST):
        for path in (*club.routes(family), f"{family}huts/{club.missing}", f"{family}huts/{club.closed['id']}"):
            assert club.get(path, key=False, program=False).status_code == 401
            assert club.get(path, key=seed.token(), program=False).status_code == 401


@pytest.mark.check("missing-hut", concept="error-handlers")
def test_a_missing_hut_is_told_in_the_form_of_the_version(club, symptom):
    """A hut that does not exist is a 404 in the form of the version that was asked."""
    for family in FAMILIES:
        path = f"{family}huts/{club.missing}"
        response = club.get(path)
        assert response.status_code == 404
        body = response.get_json(silent=True)
        assert body != {"error": "unknown address", "path": path}, symptom("answer-of-the-app")
        assert in_form(response, family)


@pytest.mark.check("refusals", concept="error-handlers")
def test_other_errors_have_the_form_of_the_version(club):
    """Requests without key or client and those for a closed hut are answered in the form of the version."""
    for family in FAMILIES:
        for path in club.routes(family):
            response = club.get(path, key=False)
            assert response.status_code == 401
            assert in_form(response, family)
        response = club.get(f"{family}huts/{club.closed['id']}")
        assert response.status_code == 410
        assert in_form(response, family)
    for family in (V2, LATEST):
        response = club.get(family, program=False)
        assert response.status_code == 400
        assert in_form(response, family)


@pytest.mark.check("unknown-addresses", concept="error-handlers")
def test_unknown_addresses_below_the_api(club, seed, symptom):
    """An address below the API that no route knows is told as such in JSON, with and without key and client."""
    paths = {family: f"{family}{seed.word()}" for family in FAMILIES}
    paths["/api/"] = f"/api/{seed.word()}"
    paths["deeper"] = f"{V1}huts/{club.open[0]['id']}/{seed.word()}"
    for sent in (True, False):
        answers = {where: club.get(path, key=sent, program=sent) for where, path in paths.items()}
        assert {response.status_code for response in answers.values()} == {404}
        assert any(response.is_json for response in answers.values()), symptom("left-to-a-blueprint")
        by_prefix = [in_form(answers[family], family) for family in FAMILIES]
        assert not all(by_prefix), symptom("form-of-a-version")
        for where, response in answers.items():
            assert response.get_json(silent=True) == {"error": "unknown address", "path": paths[where]}


@pytest.mark.check("own-settings", concept="setup-state")
def test_two_apps_have_their_own_settings(make_app, seed, symptom):
    """Of two apps in one process each keeps its own key, huts and headers."""
    first, second = Club(make_app, seed), Club(make_app, seed)
    for club, other in ((first, second), (second, first)):
        response = club.get(V1)
        if response.status_code == 401:
            assert club.get(V1, key=other.key).status_code != 200, symptom("settings-of-another-app")
        assert response.headers.get("Sunset") != other.sunset, symptom("settings-of-another-app")
        assert response.headers.get("X-Service") != other.service, symptom("settings-of-another-app")
        assert response.status_code == 200
        assert (response.headers.get("Sunset"), response.headers.get("X-Service")) == (club.sunset, club.service)
        assert [hut["id"] for hut in response.json["huts"]] == [hut["id"] for hut in club.open]
