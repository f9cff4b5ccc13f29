"""Grain comes and goes, also while somebody else moves some."""

import pytest
from yard import Yard


@pytest.fixture
def yard(make_app, live, new_database, eventually):
    """Two processes of the app on one database."""
    return Yard(make_app, live, new_database, eventually)


def added_up(movements):
    """The levels that a silo has after each of its movements."""
    levels = [0]
    for movement in movements:
        levels.append(levels[-1] + movement["tonnes"])
    return levels[1:]


def check_done(answer, symptom):
    """The request was carried out, although another one came in between."""
    assert answer.status_code != 500, symptom("error-instead")
    assert answer.status_code != 409, symptom("refused-without-need")
    assert answer.status_code == 201


@pytest.mark.check("movements-answer", concept="atomic-updates")
def test_one_after_the_other(client, seed):
    """Silos, intakes, outtakes and the list of movements answer as described; what is refused changes nothing."""
    name, capacity = seed.title(2), seed.integer(100, 200)
    added = client.post("/silos", json={"name": name, "capacity": capacity})
    silo = added.json["id"]
    empty = {"id": silo, "name": name, "capacity": capacity, "level": 0, "version": 1}
    assert (added.status_code, added.json) == (201, empty)
    first, second = seed.integer(50, 90), seed.integer(10, 40)
    came = client.post(f"/silos/{silo}/intakes", json={"tonnes": first})
    assert (came.status_code, came.json["tonnes"], came.json["level"]) == (201, first, first)
    left = client.post(f"/silos/{silo}/outtakes", json={"tonnes": second})
    assert (left.status_code, left.json["tonnes"], left.json["level"]) == (201, -second, first - second)

    level = first - second
    for path, tonnes, status in [
        ("intakes", capacity - level + 1, 409),
        ("outtakes", level + 1, 409),
        ("intakes", 0, 400),
        ("outtakes", -second, 400),
        ("intakes", str(second), 400),
    ]:
        refused = client.post(f"/silos/{silo}/{path}", json={"tonnes": tonnes})
        assert (refused.status_code, "error" in refused.json) == (status, True)
    assert client.get(f"/silos/{silo}").json == empty | {"level": level}
    assert client.get(f"/silos/{silo}/movements").json == [came.json, left.json]
    for path in ("", "/movements"):
        assert client.get(f"/silos/{silo + 1}{path}").status_code == 404
    assert client.post(f"/silos/{silo + 1}/intakes", json={"tonnes": first}).status_code == 404

    assert client.post(f"/silos/{silo}/intakes", json={"tonnes": capacity - level}).json["level"] == capacity
    assert client.post(f"/silos/{silo}/outtakes", json={"tonnes": capacity}).json["level"] == 0


@pytest.mark.check("two-processes-add-up", concept="atomic-updates")
def test_two_processes(yard, seed, symptom):
    """An outtake during which another process takes in grain: both are done, and the level is right after both."""
    start, out, into = seed.integer(60, 90), seed.integer(10, 25), seed.integer(26, 40)
    silo = yard.silo(seed.title(2), 500, start)
    answer, others = yard.meet(
        yard.here("POST", f"/silos/{silo}/outtakes", tonnes=out),
        yard.there("POST", f"/silos/{silo}/intakes", tonnes=into),
    )
    check_done(answer, symptom)
    assert [other.status_code for other in others] == [201]
    level = yard.look(silo)["level"]
    assert level != start + into, symptom("answered-but-not-done")
    assert level not in (start - out, start), symptom("lost-update")
    assert level == start + into - out
    assert sorted(movement["tonnes"] for movement in yard.journal(silo)) == sorted([start, into, -out])


@pytest.mark.check("two-threads-add-up", concept="atomic-updates")
def test_two_threads(yard, seed, symptom):
    """The same with both requests in one process, each in a thread of its own."""
    start, out, into = seed.integer(60, 90), seed.integer(10, 25), seed.integer(26, 40)
    silo = yard.silo(seed.title(2), 500, start)
    answer, others = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", tonnes=into),
        yard.here("POST", f"/silos/{silo}/outtakes", tonnes=out),
    )
    check_done(answer, symptom)
    assert [other.status_code for other in others] == [201]
    assert yard.look(silo)["level"] == start + into - out
    assert sorted(movement["tonnes"] for movement in yard.journal(silo)) == sorted([start, into, -out])


@pytest.mark.check("journal-adds-up", concept="atomic-updates")
def test_journal(yard, seed, symptom):
    """After two intakes at once the listed levels add up, and each answer has the level right after its movement."""
    silo = yard.silo(seed.title(2), 900, seed.integer(60, 90))
    answer, (other,) = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", tonnes=seed.integer(10, 25)),
        yard.there("POST", f"/silos/{silo}/intakes", tonnes=seed.integer(26, 40)),
    )
    check_done(answer, symptom)
    movements = yard.journal(silo)
    listed = [movement["level"] for movement in movements]
    assert listed == added_up(movements), symptom("level-of-another-moment")
    assert yard.look(silo)["level"] == listed[-1]
    assert answer.json in movements, symptom("level-of-another-moment")
    assert other.json in movements


@pytest.mark.check("bounds-hold", concept="atomic-updates", points=2, seconds=40)
def test_bounds(yard, seed, symptom):
    """Where another process takes the last tonnes, or the last room, the request is refused and changes nothing."""
    start, first, second = seed.integer(60, 70), seed.integer(40, 49), seed.integer(50, 59)
    silo = yard.silo(seed.title(2), 500, start)
    answer, (other,) = yard.meet(
        yard.here("POST", f"/silos/{silo}/outtakes", tonnes=first),
        yard.there("POST", f"/silos/{silo}/outtakes", tonnes=second),
    )
    assert answer.status_code != 500, symptom("error-instead")
    assert sorted([answer.status_code, other.status_code]) == [201, 409], symptom("both-took-the-last")
    taken = first if answer.status_code == 201 else second
    assert yard.look(silo)["level"] == start - taken
    assert [movement["tonnes"] for movement in yard.journal(silo)] == [start, -taken]

    silo = yard.silo(seed.title(2), start, 0)
    answer, (other,) = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", tonnes=first),
        yard.there("POST", f"/silos/{silo}/intakes", tonnes=second),
    )
    assert answer.status_code != 500, symptom("error-instead")
    assert sorted([answer.status_code, other.status_code]) == [201, 409], symptom("both-took-the-last")
    taken = first if answer.status_code == 201 else second
    assert yard.look(silo)["level"] == taken
    assert [movement["tonnes"] for movement in yard.journal(silo)] == [taken]


@pytest.mark.check("interrupted-twice", concept="whole-retries")
def test_interrupted_twice(yard, seed, symptom):
    """A request with a key is done in full also where others come in between twice; none of them is lost."""
    start, own = seed.integer(60, 90), seed.integer(10, 25)
    silo = yard.silo(seed.title(2), 900, start)
    between = [seed.integer(26, 40), seed.integer(41, 60)]
    answer, others = yard.meet(
        yard.here("POST", f"/silos/{silo}/intakes", key=seed.token(), tonnes=own),
        *[yard.there("POST", f"/silos/{silo}/intakes", key=seed.token(), tonnes=tonnes) for tonnes in between],
    )
    check_done(answer, symptom)
    assert {other.status_code for other in others} == {201}
    moved = [start, own, *between[: len(others)]]
    level = yard.look(silo)["level"]
    assert level != sum(moved) - own, symptom("answered-but-not-done")
    assert level == sum(moved), symptom("lost-update")
    assert sorted(movement["tonnes"] for movement in yard.journal(silo)) == sorted(moved)
