"""Whose dogs and stays somebody reads and changes, one by one and many at a time."""

import csv
import io
import re

import pytest
from visitors import ids, person

REFUSED = (403, 404)
BROKEN = (400, 415, 422)


@pytest.fixture
def keeper(app, seed):
    """The keeper, who is the first to register."""
    return person(app, seed)


@pytest.fixture
def ada(app, seed, keeper):
    """A customer."""
    return person(app, seed)


@pytest.fixture
def ben(app, seed, ada):
    """Another customer."""
    return person(app, seed)


def dog_requests(dog_id, seed):
    """One request of each kind about a dog: method, path, body."""
    stay = {"arrives": "2027-05-01", "nights": seed.integer(1, 9)}
    return [
        ("GET", f"/dogs/{dog_id}", None),
        ("GET", f"/dogs/{dog_id}/page", None),
        ("GET", f"/dogs/{dog_id}/stays", None),
        ("PATCH", f"/dogs/{dog_id}", {"notes": seed.word()}),
        ("POST", f"/dogs/{dog_id}/stays", stay),
        ("POST", f"/dogs/{dog_id}/photo-requests", {}),
        ("DELETE", f"/dogs/{dog_id}", None),
    ]


def stay_requests(dog_id, stay_id, seed):
    """One request of each kind about a stay: method, path, body."""
    path = f"/dogs/{dog_id}/stays/{stay_id}"
    return [("GET", path, None), ("PATCH", path, {"nights": seed.integer(10, 90)}), ("DELETE", path, None)]


def rows_of(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.check("dogs-by-id", concept="object-ownership", points=2)
def test_dogs_of_others(ada, ben, seed, symptom):
    """A dog of somebody else is neither shown nor changed nor removed, and gets no stays or photos."""
    dog = ada.dog()
    stay = ada.stay(dog)
    for method, path, body in dog_requests(dog["id"], seed):
        response = ben.web.open(path, method=method, json=body)
        assert response.status_code in REFUSED, f"{method} was not refused"
    for method, path, body in dog_requests(dog["id"], seed)[:5]:
        claim = {"owner_id": ben.id}
        response = ben.web.open(path, method=method, query_string=claim, json=body and body | claim)
        assert response.status_code in REFUSED, symptom("owner-from-request")
    assert ada.sees(f"/dogs/{dog['id']}") == dog
    assert ada.sees(f"/dogs/{dog['id']}/stays") == [stay]


@pytest.mark.check("stays-by-id", concept="object-ownership", points=2)
def test_stays_of_others(keeper, ada, ben, seed, symptom):
    """A stay is found below its own dog alone, and there only by those who reach the dog."""
    dog, mine = ada.dog(), ben.dog()
    stay, own_stay = ada.stay(dog), ben.stay(mine)
    for method, path, body in stay_requests(dog["id"], stay["id"], seed):
        assert ben.web.open(path, method=method, json=body).status_code in REFUSED
    for method, path, body in stay_requests(mine["id"], stay["id"], seed):
        response = ben.web.open(path, method=method, json=body)
        assert response.status_code in REFUSED, symptom("stay-of-another-dog")
    for method, path, body in stay_requests(mine["id"], stay["id"], seed):
        assert keeper.web.open(path, method=method, json=body).status_code == 404, symptom("keepers-anywhere")
    assert ada.sees(f"/dogs/{dog['id']}/stays") == [stay]
    assert ben.sees(f"/dogs/{mine['id']}/stays") == [own_stay]


@pytest.mark.check("same-as-missing", concept="concealed-existence", points=2)
def test_nothing_tells_that_it_exists(ada, ben, seed, symptom):
    """The answers for a dog or stay of somebody else and for one that does not exist are the same."""
    dog, mine = ada.dog(), ben.dog()
    stay = ada.stay(dog)
    missing = dog["id"] + seed.integer(10_000, 90_000)

    def answer(method, path, body):
        response = ben.web.open(path, method=method, json=body)
        return response.status_code, re.sub(r"\d+", "#", response.text)

    def alike(theirs, nobodys):
        found, expected = answer(*theirs), answer(*nobodys)
        assert found[0] != 403, symptom("told-by-403")
        assert not (found[0] in BROKEN and expected[0] == 404), symptom("told-by-422")
        assert found == expected
        return found[0]

    pairs = [
        *zip(dog_requests(dog["id"], seed), dog_requests(missing, seed), strict=True),
        *zip(stay_requests(dog["id"], stay["id"], seed), stay_requests(missing, stay["id"], seed), strict=True),
        *zip(stay_requests(mine["id"], stay["id"], seed), stay_requests(mine["id"], missing, seed), strict=True),
    ]
    for theirs, nobodys in pairs:
        assert alike(theirs, nobodys) == 404
    broken = [
        ("PATCH", "/dogs/{}", {"name": seed.integer(1, 9)}),
        ("POST", "/dogs/{}/stays", {"nights": seed.word()}),
        ("POST", "/dogs/{}/stays", {}),
    ]
    for method, path, body in broken:
        status = alike((method, path.format(dog["id"]), body), (method, path.format(missing), body))
        assert status in (404, 422)


@pytest.mark.check("own-lists", concept="scoped-queries", points=2)
def test_lists_and_export(keeper, ada, ben, seed, symptom):
    """The lists of dogs and stays and the export hold what the person reaches, whatever the query asks for."""
    dogs = [ada.dog(), ada.dog()]
    theirs = [ada.stay(dog) for dog in dogs]
    mine = ben.dog()
    stay = ben.stay(mine)
    price = seed.integer(1000, 9000)
    assert keeper.web.put(f"/stays/{theirs[0]['id']}/price", json={"price": price}).status_code == 200
    assert ids(ben.sees("/dogs")) == [mine["id"]]
    assert not set(ids(ben.sees(f"/dogs?owner_id={ada.id}"))) & set(ids(dogs)), symptom("owner-from-query")
    assert ids(ben.sees(f"/dogs?owner_id={ben.id}")) == [mine["id"]]
    assert ben.sees("/stays") == [stay]
    assert ben.sees("/stays?status=requested") == [stay]
    assert ben.sees("/stays?status=confirmed") == []
    assert not set(ids(ben.sees(f"/stays?owner_id={ada.id}"))) & set(ids(theirs))
    rows = rows_of(ben.web.get("/stays.csv"))
    assert [(row["dog"], row["arrives"]) for row in rows] == [(mine["name"], stay["arrives"])]


@pytest.mark.check("own-search", concept="scoped-queries")
def test_search(ada, ben, seed, symptom):
    """A search finds and counts dogs that the person reaches, by their names and by their notes."""
    word = seed.word()
    for _ in range(seed.integer(2, 3)):
        ada.dog(notes=f"{seed.word()} {word}")
    ada.dog(name=f"{word} {seed.word()}")
    mine = [ben.dog(notes=f"{word} {seed.word()}"), ben.dog(name=f"{seed.word()} {word}")]
    found = ben.sees(f"/search?q={word}")
    assert sorted(ids(found["dogs"])) == ids(mine)
    assert found["total"] == len(mine), symptom("others-counted")
    assert ben.sees(f"/search?q={word}&owner_id={ada.id}")["total"] in (0, len(mine))


@pytest.mark.check("customers-work", concept="object-ownership")
def test_customers_see_to_their_own(ada, seed):
    """Customers add, change, list and remove their own dogs and stays."""
    dog, other = ada.dog(name="B" + seed.word()), ada.dog(name="A" + seed.word())
    note, breed = seed.word(), seed.word()
    changed = ada.web.patch(f"/dogs/{dog['id']}", json={"notes": note, "breed": breed})
    assert (changed.status_code, changed.json) == (200, dog | {"notes": note, "breed": breed})
    assert ada.sees(f"/dogs/{dog['id']}") == changed.json
    assert ids(ada.sees("/dogs")) == [other["id"], dog["id"]]
    assert dog["name"] in ada.web.get(f"/dogs/{dog['id']}/page").text
    late, early = ada.stay(dog, arrives="2027-08-09"), ada.stay(dog, arrives="2027-08-02")
    assert (late["price"], late["status"], late["dog_id"]) == (None, "requested", dog["id"])
    nights = seed.integer(10, 20)
    path = f"/dogs/{dog['id']}/stays/{early['id']}"
    response = ada.web.patch(path, json={"nights": nights, "arrives": "2027-08-03"})
    assert (response.status_code, response.json) == (200, early | {"nights": nights, "arrives": "2027-08-03"})
    assert ada.sees(path) == response.json
    assert ada.sees(f"/dogs/{dog['id']}/stays") == ada.sees("/stays") == [response.json, late]
    assert [row["nights"] for row in rows_of(ada.web.get("/stays.csv"))] == [str(nights), str(late["nights"])]
    assert ada.web.post(f"/dogs/{dog['id']}/photo-requests").status_code == 201
    assert ada.web.delete(path).status_code == 204
    assert ada.web.get(path).status_code == 404
    assert ada.web.post("/dogs", json={"name": seed.word()}).status_code == 422
    assert ada.web.post(f"/dogs/{dog['id']}/stays", json={"arrives": "2027-08-02", "nights": "3"}).status_code == 422
    assert ada.web.delete(f"/dogs/{dog['id']}").status_code == 204
    assert ids(ada.sees("/dogs")) == [other["id"]]
    assert ada.sees("/stays") == []


@pytest.mark.check("search-pages", concept="scoped-queries")
def test_a_search_with_many_results(ada, seed):
    """A search counts all that was found and shows the first ten of it by name."""
    word, names = seed.word(), sorted(seed.words(12))
    for name in seed.shuffled(names):
        ada.dog(name=name, notes=f"likes {word}")
    ada.dog()
    found = ada.sees(f"/search?q={word}")
    assert found["total"] == 12
    assert [dog["name"] for dog in found["dogs"]] == names[:10]
