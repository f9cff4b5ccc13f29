"""Name and capacity of a silo are changed by who has seen its current version."""

import pytest
from yard import Yard


@pytest.fixture
def yard(make_app, live, new_database, eventually):
    """Two processes of the app on one database."""
    return Yard(make_app, live, new_database, eventually)


@pytest.mark.check("outdated-version", concept="version-counter")
def test_outdated_version(client, seed):
    """A change counts the version up; one with an outdated version, or less capacity than level, changes nothing."""
    silo = client.post("/silos", json={"name": seed.title(2), "capacity": 100}).json["id"]
    level = client.post(f"/silos/{silo}/intakes", json={"tonnes": seed.integer(60, 90)}).json["level"]
    name, capacity = seed.title(2), seed.integer(120, 150)
    changed = client.put(f"/silos/{silo}", json={"name": name, "capacity": capacity, "version": 1})
    expected = {"id": silo, "name": name, "capacity": capacity, "level": level, "version": 2}
    assert (changed.status_code, changed.json) == (200, expected)
    for change, status in [
        ({"name": seed.title(2), "capacity": 500, "version": 1}, 409),
        ({"name": seed.title(2), "capacity": 500, "version": 3}, 409),
        ({"name": seed.title(2), "capacity": level - 1, "version": 2}, 409),
        ({"name": seed.title(2), "capacity": 500}, 400),
    ]:
        refused = client.put(f"/silos/{silo}", json=change)
        assert (refused.status_code, "error" in refused.json) == (status, True)
    assert client.get(f"/silos/{silo}").json == expected
    assert client.put(f"/silos/{silo + 1}", json={"name": name, "capacity": 1, "version": 1}).status_code == 404
    exactly = client.put(f"/silos/{silo}", json={"name": name, "capacity": level, "version": 2})
    assert (exactly.status_code, exactly.json) == (200, expected | {"capacity": level, "version": 3})


@pytest.mark.check("two-editors", concept="version-counter", points=2)
def test_two_editors(yard, seed, symptom):
    """Of two changes of one version at once, one is done; the other is refused with 409 and changes nothing."""
    silo = yard.silo(seed.title(2), 100)
    mine = {"name": seed.title(2), "capacity": 150, "version": 1}
    theirs = {"name": seed.title(2), "capacity": 200, "version": 1}
    answer, (other,) = yard.meet(
        yard.here("PUT", f"/silos/{silo}", **mine), yard.there("PUT", f"/silos/{silo}", **theirs)
    )
    assert answer.status_code != 500, symptom("error-instead")
    both = (answer.status_code, other.status_code) == (200, 200)
    assert not (both and yard.look(silo)["name"] == theirs["name"]), symptom("answered-but-not-done")
    assert not both, symptom("overwritten")
    assert sorted([answer.status_code, other.status_code]) == [200, 409]
    kept = mine if answer.status_code == 200 else theirs
    assert yard.look(silo) == kept | {"id": silo, "level": 0, "version": 2}


@pytest.mark.check("capacity-and-level", concept="version-counter", seconds=40)
def test_capacity_and_level(yard, seed, symptom):
    """A smaller capacity and an intake at once never leave a silo with more than it has room for."""
    name, start, into = seed.title(2), seed.integer(60, 70), seed.integer(20, 29)
    change = {"name": seed.title(2), "capacity": start + into - 1, "version": 1}
    silo = yard.silo(name, 100, start)
    edit, (intake,) = yard.meet(
        yard.here("PUT", f"/silos/{silo}", **change), yard.there("POST", f"/silos/{silo}/intakes", tonnes=into)
    )
    assert edit.status_code != 500, symptom("error-instead")
    assert (edit.status_code, intake.status_code) != (200, 201), symptom("too-small-for-its-level")
    before = {"id": silo, "name": name, "capacity": 100, "level": start, "version": 1}
    done = {(409, 201): {"level": start + into}, (200, 409): change | {"version": 2}}
    assert yard.look(silo) == before | done[edit.status_code, intake.status_code]

    silo = yard.silo(name, 100, start)
    intake, (edit,) = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", tonnes=into), yard.there("PUT", f"/silos/{silo}", **change)
    )
    assert intake.status_code != 500, symptom("error-instead")
    assert (edit.status_code, intake.status_code) != (200, 201), symptom("old-capacity")
    assert yard.look(silo) == before | {"id": silo} | done[edit.status_code, intake.status_code]


@pytest.mark.check("edits-and-movements", concept="version-counter")
def test_edits_and_movements(yard, seed, symptom):
    """A new name and an intake at once are both done; movements leave the version as it is."""
    start, into, name = seed.integer(60, 90), seed.integer(10, 25), seed.title(2)
    silo = yard.silo(seed.title(2), 500, start)
    edit, (intake,) = yard.meet(
        yard.here("PUT", f"/silos/{silo}", name=name, capacity=400, version=1),
        yard.there("POST", f"/silos/{silo}/intakes", tonnes=into),
    )
    assert (edit.status_code, intake.status_code) == (200, 201), symptom("movements-count")
    expected = {"id": silo, "name": name, "capacity": 400, "level": start + into, "version": 2}
    assert yard.look(silo) == expected, symptom("movements-count")
    later = yard.there("PUT", f"/silos/{silo}", name=name, capacity=300, version=2)()
    assert (later.status_code, later.json) == (200, expected | {"capacity": 300, "version": 3})
