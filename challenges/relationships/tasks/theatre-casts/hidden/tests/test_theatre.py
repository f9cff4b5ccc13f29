"""Judges the theatre by HTTP alone: what each route answers, and what GET /counts says is left.

Each way of deleting has checks of its own for what has to go, and each of them asks for one kind of row, so that
a single missing cascade costs what hangs on it and no more.
"""

import pytest


class Theatre:
    """Sends the requests, and asserts the status codes that the brief names."""

    def __init__(self, client, seed):
        self.client = client
        self.seed = seed

    def get(self, address):
        response = self.client.get(address)
        assert response.status_code == 200
        return response.json

    def put(self, address, body):
        response = self.client.put(address, json=body)
        assert response.status_code == 200
        return response.json

    def delete(self, address):
        assert self.client.delete(address).status_code == 204

    def add(self, address, body):
        response = self.client.post(address, json=body)
        assert response.status_code == 201
        return response.json

    def status(self, method, address, body=None):
        return self.client.open(address, method=method, json=body).status_code

    def person(self):
        """The id and the name of somebody new."""
        name = self.seed.name()
        return {"id": self.add("/people", {"name": name})["id"], "name": name}

    def people(self, count):
        return [self.person() for _ in range(count)]

    def make(self, *props, director=None, season=None):
        """A new production, with one scene for each list of props."""
        body = {
            "title": self.seed.title(),
            "season": season or self.seed.integer(2020, 2029),
            "director": director and director["id"],
            "scenes": [{"title": self.seed.title(), "props": names} for names in props],
        }
        return self.add("/productions", body)

    def role(self, person):
        """What a request says of somebody in a cast."""
        return {"person": person["id"], "part": self.seed.title(2), "fee": self.seed.integer(100, 900)}

    def join(self, production, person):
        """Somebody joins a cast: what the request said."""
        role = self.role(person)
        self.add(f"/productions/{production['id']}/cast", role)
        return role

    def production(self, production):
        return self.get(f"/productions/{production['id']}")

    def counts(self):
        return self.get("/counts")

    def uses(self):
        """How many scenes use each prop."""
        return {prop["name"]: prop["scenes"] for prop in self.get("/props")["props"]}


def cast_of(*pairs):
    """What a production shows as its cast for (person, role) pairs."""
    return [
        {"person": person, "part": role["part"], "fee": role["fee"]}
        for person, role in sorted(pairs, key=lambda pair: pair[0]["id"])
    ]


def scene_ids(production):
    return [scene["id"] for scene in production["scenes"]]


@pytest.fixture
def theatre(client, seed):
    return Theatre(client, seed)


@pytest.mark.check("scenes-of-their-production", concept="foreign-key-side")
def test_each_production_has_its_own_scenes(theatre, seed):
    """Productions are read back with the fields, scenes and director that each was made with."""
    director = theatre.person()
    bodies = [
        {
            "title": seed.title(),
            "season": seed.integer(2020, 2029),
            "director": person and person["id"],
            "scenes": [{"title": seed.title(), "props": seed.words(count)} for count in seed.shuffled([0, 2, 3])],
        }
        for person in (director, None)
    ]
    ids = [theatre.add("/productions", body)["id"] for body in bodies]
    found = [theatre.get(f"/productions/{number}") for number in ids]
    for number, body, production, person in zip(ids, bodies, found, (director, None), strict=True):
        scenes = [{"title": scene["title"], "props": sorted(scene["props"])} for scene in body["scenes"]]
        numbers = scene_ids(production)
        shown = [{key: scene[key] for key in scene if key != "id"} for scene in production["scenes"]]
        assert shown == scenes
        assert numbers == sorted(numbers)
        expected = {"id": number, "title": body["title"], "season": body["season"], "director": person, "cast": []}
        assert {key: production[key] for key in production if key != "scenes"} == expected
    assert len({*scene_ids(found[0]), *scene_ids(found[1])}) == 6


@pytest.mark.check("both-ends-agree", concept="paired-relationships")
def test_productions_and_people_say_the_same(theatre, seed):
    """What a production says of its director and cast, the people say of themselves, in the order of the brief."""
    director, *actors = theatre.people(4)
    productions = [theatre.make(director=director) for _ in range(3)]
    other = theatre.make(director=actors[0])
    roles = {}
    for production in seed.shuffled([*productions, other]):
        for actor in seed.shuffled(actors):
            roles[production["id"], actor["id"]] = theatre.join(production, actor)
    for production in productions:
        found = theatre.production(production)
        assert found["director"] == director
        assert found["cast"] == cast_of(*((actor, roles[production["id"], actor["id"]]) for actor in actors))
    assert theatre.get(f"/people/{director['id']}")["directs"] == sorted(each["id"] for each in productions)
    for actor in actors:
        assert theatre.get(f"/people/{actor['id']}") == {
            **actor,
            "directs": [other["id"]] if actor is actors[0] else [],
            "castings": [
                {
                    key: value
                    for key, value in {"production": number, **roles[number, actor["id"]]}.items()
                    if key != "person"
                }
                for number in sorted(each["id"] for each in [*productions, other])
            ],
        }


@pytest.mark.check("values-per-pair", concept="association-objects")
def test_part_and_fee_belong_to_the_pair(theatre, symptom):
    """Somebody in two casts has another part and fee in each, also after one of them has changed."""
    person, colleague = theatre.people(2)
    first, second = theatre.make(), theatre.make()
    roles = [theatre.join(production, person) for production in (first, second)]
    with_colleague = theatre.join(first, colleague)
    assert theatre.production(second)["cast"] == cast_of((person, roles[1]))
    assert theatre.production(first)["cast"] != cast_of((person, roles[1]), (colleague, with_colleague)), symptom(
        "value-follows-the-person"
    )
    assert theatre.production(first)["cast"] == cast_of((person, roles[0]), (colleague, with_colleague))
    changed = theatre.role(person)
    for cast in ([], [changed]):
        theatre.put(f"/productions/{second['id']}/cast", {"cast": cast})
    assert theatre.production(second)["cast"] == cast_of((person, changed))
    assert theatre.production(first)["cast"] == cast_of((person, roles[0]), (colleague, with_colleague))


@pytest.mark.check("pair-is-unique", concept="association-objects")
def test_nobody_joins_a_cast_twice(theatre, symptom):
    """Who is in a cast and joins it again gets 409, and their part and fee stay what they were."""
    person, colleague = theatre.people(2)
    first, second = theatre.make(), theatre.make()
    role = theatre.join(first, person)
    again = theatre.status("POST", f"/productions/{first['id']}/cast", theatre.role(person))
    assert again != 201 or theatre.counts()["castings"] != 2, symptom("second-casting")
    assert again == 409
    assert theatre.production(first)["cast"] == cast_of((person, role))
    theatre.join(first, colleague)
    theatre.join(second, person)
    assert theatre.counts()["castings"] == 3


@pytest.mark.check("list-without-twins", concept="association-objects")
def test_a_cast_that_lists_somebody_twice_is_refused(theatre, seed, symptom):
    """A cast that lists somebody twice gets 409, and the cast stays what it was."""
    person, newcomer = theatre.people(2)
    production = theatre.make()
    role = theatre.join(production, person)
    twice = seed.choice([person, newcomer])
    cast = seed.shuffled([theatre.role(person), theatre.role(newcomer), theatre.role(twice)])
    answered = theatre.status("PUT", f"/productions/{production['id']}/cast", {"cast": cast})
    assert answered != 200 or theatre.counts()["castings"] != 3, symptom("second-casting")
    assert answered == 409
    assert theatre.production(production)["cast"] == cast_of((person, role))
    assert theatre.counts()["castings"] == 1


@pytest.mark.check("cast-is-replaced", concept="association-objects")
def test_a_new_cast_takes_the_place_of_the_old_one(theatre, seed, symptom):
    """Who is left out of a cast loses this casting and nothing else; newcomers are in."""
    before, after = theatre.people(3), theatre.people(2)
    production, other = theatre.make(), theatre.make()
    for person in before:
        theatre.join(production, person)
    kept = theatre.join(other, before[0])
    roles = [theatre.role(person) for person in after]
    answer = theatre.put(f"/productions/{production['id']}/cast", {"cast": seed.shuffled(roles)})
    assert theatre.counts()["people"] == 5, symptom("people-deleted")
    expected = cast_of(*zip(after, roles, strict=True))
    assert theatre.production(production)["cast"] == answer["cast"] == expected
    assert theatre.production(other)["cast"] == cast_of((before[0], kept))
    assert theatre.get(f"/people/{before[1]['id']}")["castings"] == []
    assert theatre.counts()["castings"] == 3
    theatre.put(f"/productions/{production['id']}/cast", {"cast": []})
    assert theatre.counts()["castings"] == 1


@pytest.mark.check("some-stay-in-the-cast", concept="flush-time-writes")
def test_who_stays_in_a_cast_gets_the_new_part(theatre, seed, symptom):
    """Where a new cast lists somebody who is in it, they stay, with the part and the fee of the new list."""
    leaver, stayer, newcomer = theatre.people(3)
    production = theatre.make()
    for person in (leaver, stayer):
        theatre.join(production, person)
    pairs = [(person, theatre.role(person)) for person in (newcomer, stayer)]
    cast = {"cast": [role for _, role in seed.shuffled(pairs)]}
    try:
        answer = theatre.put(f"/productions/{production['id']}/cast", cast)
    except Exception as error:
        assert "UNIQUE constraint failed" not in str(error), symptom("inserted-before-the-delete")
        raise
    assert theatre.production(production)["cast"] == answer["cast"] == cast_of(*pairs)
    assert theatre.counts()["castings"] == 2


@pytest.mark.check("one-prop-per-name", concept="secondary-tables")
def test_scenes_share_props_by_name(theatre, seed, symptom):
    """A name is one prop, whether its scenes come in one request or in several."""
    shared, late, single = seed.words(3)
    first = theatre.make([shared, single])
    try:
        second = theatre.make([shared], [])
    except Exception as error:
        assert "UNIQUE constraint failed" not in str(error), symptom("stored-name-refused")
        raise
    assert theatre.counts()["props"] <= 2, symptom("a-prop-for-each-use")
    theatre.put(f"/scenes/{scene_ids(second)[1]}/props", {"props": [shared]})
    assert theatre.counts()["props"] <= 2, symptom("a-prop-for-each-use")
    theatre.make([late, shared], [late])
    counts = theatre.counts()
    assert (counts["props"], counts["prop_uses"]) == (3, 7)
    uses = {shared: 4, late: 2, single: 1}
    assert theatre.get("/props")["props"] == [{"name": name, "scenes": uses[name]} for name in sorted(uses)]
    assert theatre.production(first)["scenes"][0]["props"] == sorted([shared, single])


@pytest.mark.check("prop-is-unlinked", concept="secondary-tables")
def test_a_prop_that_is_left_out_stays(theatre, seed, symptom):
    """A prop that a scene no longer uses stays, for the other scenes and by itself, and only this use goes."""
    shared, single, new = seed.words(3)
    production = theatre.make([shared, single], [shared])
    scene = scene_ids(production)[0]
    answer = theatre.put(f"/scenes/{scene}/props", {"props": [new]})
    assert answer == {**production["scenes"][0], "props": [new]}
    assert theatre.counts()["props"] >= 3, symptom("props-deleted")
    assert theatre.uses() == {shared: 1, single: 0, new: 1}
    assert theatre.counts()["prop_uses"] == 2
    assert theatre.production(production)["scenes"] == [answer, production["scenes"][1]]


@pytest.mark.check("prop-goes", concept="secondary-tables")
def test_a_deleted_prop_leaves_its_scenes(theatre, seed, symptom):
    """When a prop is deleted its uses go, and scenes and other props stay."""
    gone, kept = seed.words(2)
    production = theatre.make([gone, kept], [gone], [kept])
    theatre.delete(f"/props/{gone}")
    scenes = [{**scene, "props": [name for name in scene["props"] if name != gone]} for scene in production["scenes"]]
    assert theatre.production(production)["scenes"] == scenes
    assert theatre.uses() == {kept: 2}
    assert theatre.counts()["prop_uses"] == 2, symptom("uses-left")


@pytest.mark.check("scenes-go-with-production", concept="delete-cascade")
def test_scenes_go_with_their_production(theatre, seed, symptom):
    """When a production is deleted its scenes go, and those of other productions stay."""
    gone, kept = theatre.make([], [], []), theatre.make([], [])
    try:
        theatre.delete(f"/productions/{gone['id']}")
    except Exception as error:
        assert "NOT NULL constraint failed" not in str(error), symptom("keys-emptied")
        raise
    assert theatre.status("GET", f"/productions/{gone['id']}") == 404
    assert theatre.production(kept) == kept
    counts = theatre.counts()
    assert counts["productions"] == 1
    assert counts["scenes"] == 2, symptom("scenes-left")


@pytest.mark.check("castings-go-with-production", concept="delete-cascade")
def test_castings_go_with_their_production(theatre, symptom):
    """When a production is deleted its castings go; its director, its cast and their other castings stay."""
    director, *actors = theatre.people(4)
    gone, kept = theatre.make(director=director), theatre.make(director=director)
    for actor in actors:
        theatre.join(gone, actor)
    role = theatre.join(kept, actors[0])
    theatre.delete(f"/productions/{gone['id']}")
    assert theatre.counts()["people"] == 4, symptom("people-deleted")
    assert theatre.production(kept) == {**kept, "cast": cast_of((actors[0], role))}
    assert theatre.counts()["castings"] == 1, symptom("castings-left")
    assert theatre.get(f"/people/{director['id']}")["directs"] == [kept["id"]]
    assert theatre.get(f"/people/{actors[1]['id']}")["castings"] == []


@pytest.mark.check("props-outlive-production", concept="secondary-tables")
def test_props_stay_when_a_production_goes(theatre, seed, symptom):
    """When a production is deleted the prop uses of its scenes go, and all props stay."""
    shared, single = seed.words(2)
    gone, kept = theatre.make([shared], [shared, single]), theatre.make([shared])
    theatre.delete(f"/productions/{gone['id']}")
    assert theatre.counts()["props"] >= 2, symptom("props-deleted")
    assert theatre.production(kept) == kept
    assert theatre.uses() == {shared: 1, single: 0}
    assert theatre.counts()["prop_uses"] == 1, symptom("uses-left")


@pytest.mark.check("left-out-scene-goes", concept="delete-orphan")
def test_a_scene_that_is_left_out_is_deleted(theatre, seed, symptom):
    """A scene that a production's new list leaves out is deleted, with its prop uses; props and the rest stay."""
    shared, single = seed.words(2)
    production = theatre.make([shared], [shared, single], [])
    other = theatre.make([shared])
    kept = [production["scenes"][0], production["scenes"][2]]
    address = f"/productions/{production['id']}/scenes"
    try:
        answer = theatre.put(address, {"scenes": seed.shuffled([scene["id"] for scene in kept])})
    except Exception:
        assert theatre.counts()["productions"] == 2, symptom("production-deleted")
        raise
    counts = theatre.counts()
    assert counts["productions"] == 2, symptom("production-deleted")
    assert scene_ids(theatre.production(production)) == [scene["id"] for scene in kept]
    assert counts["scenes"] == 3, symptom("orphan-left")
    assert counts["props"] >= 2, symptom("props-deleted")
    assert theatre.production(production) == answer == {**production, "scenes": kept}
    assert theatre.production(other) == other
    assert theatre.uses() == {shared: 2, single: 0}
    assert counts["prop_uses"] == 2
    theatre.put(address, {"scenes": []})
    assert theatre.counts()["scenes"] == 1


@pytest.mark.check("scene-moves", concept="delete-orphan")
def test_a_scene_moves_to_another_production(theatre, seed, symptom):
    """A scene that another production lists moves there with its id, title and props, and leaves the old one."""
    old = theatre.make(seed.words(2), seed.words(1))
    new = theatre.make(seed.words(1), seed.words(1))
    moving, staying = seed.shuffled(old["scenes"])
    scenes = sorted([moving, *new["scenes"]], key=lambda each: each["id"])
    body = {"scenes": seed.shuffled([scene["id"] for scene in scenes])}
    try:
        answer = theatre.put(f"/productions/{new['id']}/scenes", body)
    except Exception as error:
        assert "has been deleted" not in str(error), symptom("scene-lost")
        raise
    assert theatre.counts()["scenes"] >= 4, symptom("scene-lost")
    assert theatre.production(new) == answer == {**new, "scenes": scenes}
    assert theatre.production(old) == {**old, "scenes": [staying]}
    assert theatre.counts()["scenes"] == 4
    theatre.put(f"/productions/{old['id']}/scenes", {"scenes": [staying["id"]]})
    assert theatre.production(new) == answer


@pytest.mark.check("castings-go-with-person", concept="delete-cascade")
def test_castings_go_with_their_person(theatre, symptom):
    """When a person is deleted their castings go; the productions and the rest of the casts stay."""
    gone, kept = theatre.people(2)
    productions = [theatre.make([], []), theatre.make()]
    for production in productions:
        theatre.join(production, gone)
    role = theatre.join(productions[0], kept)
    theatre.delete(f"/people/{gone['id']}")
    assert theatre.status("GET", f"/people/{gone['id']}") == 404
    counts = theatre.counts()
    assert counts["productions"] == 2, symptom("productions-deleted")
    assert (counts["people"], counts["scenes"]) == (1, 2)
    assert counts["castings"] == 1, symptom("castings-left")
    assert theatre.production(productions[0]) == {**productions[0], "cast": cast_of((kept, role))}
    assert theatre.production(productions[1]) == productions[1]


@pytest.mark.check("director-becomes-null", concept="delete-cascade")
def test_productions_outlive_their_director(theatre, symptom):
    """When a person is deleted the productions that they directed stay, without a director, whoever comes next."""
    other, gone = theatre.people(2)
    productions = [theatre.make([], director=person) for person in (gone, gone, other)]
    theatre.delete(f"/people/{gone['id']}")
    assert theatre.counts()["productions"] == 3, symptom("productions-deleted")
    orphaned = [{**production, "director": None} for production in productions[:2]]
    assert [theatre.production(production) for production in productions] == [*orphaned, productions[2]]
    newcomer = theatre.person()
    assert theatre.get(f"/people/{newcomer['id']}")["directs"] == [], symptom("next-person-directs")
    assert [theatre.production(production) for production in productions] == [*orphaned, productions[2]]


@pytest.mark.check("new-begin-empty", concept="database-cascades")
def test_nothing_is_inherited_from_what_was_deleted(theatre, seed, symptom):
    """What is added after a delete has nothing that belonged to what was deleted, whatever its id."""
    actor, colleague = theatre.people(2)
    word = seed.word()
    kept = theatre.make([word])
    theatre.join(kept, colleague)

    production = theatre.make([word], [word])
    theatre.join(production, actor)
    theatre.delete(f"/productions/{production['id']}")
    fresh = theatre.make()
    assert (fresh["scenes"], fresh["cast"]) == ([], []), symptom("production-inherits")
    assert theatre.make([])["scenes"][0]["props"] == [], symptom("scene-inherits")

    theatre.delete(f"/people/{colleague['id']}")
    theatre.delete(f"/people/{actor['id']}")
    for person in theatre.people(2):
        assert theatre.get(f"/people/{person['id']}")["castings"] == [], symptom("person-inherits")

    theatre.put(f"/scenes/{scene_ids(kept)[0]}/props", {"props": [word]})
    theatre.delete(f"/props/{word}")
    other = seed.word()
    theatre.make([other])
    assert theatre.uses() == {other: 1}, symptom("prop-inherits")
    assert theatre.production(kept)["scenes"][0]["props"] == [], symptom("prop-inherits")


@pytest.mark.check("season-goes", concept="database-cascades")
def test_a_season_goes_with_all_that_it_owns(theatre, seed, symptom):
    """When a season is deleted its productions go with scenes, castings and prop uses; the rest stays."""
    season = seed.integer(2030, 2039)
    director, actor = theatre.people(2)
    shared, single = seed.words(2)
    kept = theatre.make([shared], season=season + 1, director=director)
    gone = [theatre.make([shared, single], [shared], season=season, director=director) for _ in range(2)]
    for production in gone:
        theatre.join(production, actor)
    role = theatre.join(kept, actor)
    theatre.delete(f"/seasons/{season}")
    for production in gone:
        assert theatre.status("GET", f"/productions/{production['id']}") == 404
    counts = theatre.counts()
    rows = (counts["scenes"], counts["castings"], counts["prop_uses"])
    assert rows != (5, 3, 7), symptom("all-left")
    assert rows == (1, 1, 1)
    assert (counts["people"], counts["productions"]) == (2, 1)
    assert theatre.uses() == {shared: 1, single: 0}
    assert theatre.production(kept) == {**kept, "cast": cast_of((actor, role))}
    theatre.delete(f"/seasons/{season}")
    assert theatre.counts() == counts


@pytest.mark.check("unknown-things", concept="foreign-key-side")
def test_what_is_not_there_is_refused(theatre, seed):
    """What is not there gets 404 in an address and 422 in a body, and such a request changes nothing."""
    unknown = seed.integer(10_000, 99_999)
    person = theatre.person()
    word = seed.word()
    production = theatre.make([word], [])
    role = theatre.join(production, person)
    before, counts = theatre.production(production), theatre.counts()
    scene = scene_ids(production)[0]
    nobody = {"id": unknown}
    scenes = [{"title": seed.title(), "props": seed.words(1)}]
    address = f"/productions/{production['id']}"
    refused = {
        404: [
            ("GET", f"/people/{unknown}", None),
            ("DELETE", f"/people/{unknown}", None),
            ("DELETE", f"/productions/{unknown}", None),
            ("PUT", f"/productions/{unknown}/scenes", {"scenes": [scene]}),
            ("PUT", f"/scenes/{unknown}/props", {"props": []}),
            ("POST", f"/productions/{unknown}/cast", theatre.role(person)),
            ("PUT", f"/productions/{unknown}/cast", {"cast": [theatre.role(person)]}),
            ("DELETE", f"/props/{seed.word()}", None),
        ],
        422: [
            ("POST", "/productions", {"title": seed.title(), "season": 2031, "director": unknown, "scenes": scenes}),
            ("PUT", f"{address}/scenes", {"scenes": [scene, unknown]}),
            ("POST", f"{address}/cast", theatre.role(nobody)),
            ("PUT", f"{address}/cast", {"cast": [theatre.role(person), theatre.role(nobody)]}),
        ],
    }
    for code, requests in refused.items():
        for method, path, body in requests:
            assert theatre.status(method, path, body) == code
    assert theatre.counts() == counts
    assert theatre.production(production) == before == {**production, "cast": cast_of((person, role))}
