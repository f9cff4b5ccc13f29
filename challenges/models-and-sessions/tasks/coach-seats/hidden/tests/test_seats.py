"""Judges the app by HTTP, and by what its database accepts from another program (``machine:run``).

Bookings have a phone number wherever a test is not about leaving it out, and seats of two trips differ wherever it is
not about their being the same: a wrong rule costs the checks that are about it, and says nothing false of others.
"""

import pytest

BOOKING = "INSERT INTO booking (trip_id, seat, passenger, phone) VALUES (?, ?, ?, ?)"


class Trip:
    """A trip of one app, made by HTTP unless its id is given."""

    def __init__(self, client, seed, symptom, trip_id=None):
        self.client, self.seed, self.symptom = client, seed, symptom
        if trip_id is None:
            response = client.post("/trips", json={"code": seed.word()})
            assert response.status_code == 201
            trip_id = response.json["id"]
        self.id = trip_id

    def at(self, client):
        """The same trip, as another app has it."""
        return Trip(client, self.seed, self.symptom, self.id)

    def show(self):
        response = self.client.get(f"/trips/{self.id}")
        assert response.status_code == 200
        return response.json

    def passengers(self):
        return [booking["passenger"] for booking in self.show()["bookings"]]

    def book(self, row):
        return self._send("bookings", row)

    def load(self, rows):
        return self._send("import", {"bookings": rows})

    def _send(self, route, body):
        """Posts; an error of the database that the app lets out is told apart by its kind."""
        symptom = self.symptom
        try:
            return self.client.post(f"/trips/{self.id}/{route}", json=body)
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            assert "rolled back due to a previous exception" not in told, symptom("session-not-rolled-back")
            assert "constraint failed" not in told, symptom("database-error-let-out")
            raise


@pytest.fixture
def new_trip(client, seed, symptom):
    """``new_trip()`` makes one more trip of the app."""
    return lambda: Trip(client, seed, symptom)


@pytest.fixture
def rows(seed):
    """``rows(n)`` makes up n bookings; all of a test have different seats, none of them the first or the last."""
    seats = seed.shuffled(range(2, 60))
    return lambda count: [
        {"seat": seats.pop(), "passenger": seed.name(), "phone": str(seed.integer(10**6, 10**7))} for _ in range(count)
    ]


@pytest.fixture
def machine(app):
    """``machine(statement, *parameters)`` lets the other program write: ``"stored"`` or ``"refused"``."""
    return lambda statement, *parameters: app.call("machine:run", statement, list(parameters))


def by_seat(rows):
    return sorted(rows, key=lambda row: row["seat"])


def names(rows):
    return [row["passenger"] for row in rows]


# --- what is stored


@pytest.mark.check("trips-kept", concept="typed-columns")
def test_trips_are_kept(client, seed):
    """A new trip is answered with its id, a count of 0 and no bookings, and shown so later; an unknown id is a 404."""
    trips = []
    for code in seed.words(3):
        response = client.post("/trips", json={"code": code})
        assert response.status_code == 201
        assert isinstance(response.json["id"], int)
        assert response.json == {"id": response.json["id"], "code": code, "refused": 0, "bookings": []}
        trips.append(response.json)
    assert [client.get(f"/trips/{trip['id']}").json for trip in trips] == trips

    unknown = f"/trips/{max(trip['id'] for trip in trips) + seed.integer(10, 1000)}"
    booking = {"seat": seed.integer(2, 59), "passenger": seed.name(), "phone": None}
    assert client.get(unknown).status_code == 404
    assert client.delete(unknown).status_code == 404
    assert client.post(f"{unknown}/bookings", json=booking).status_code == 404
    assert client.post(f"{unknown}/import", json={"bookings": [booking]}).status_code == 404


@pytest.mark.check("bookings-kept", concept="flush-and-commit")
def test_bookings_are_kept(new_trip, rows):
    """A booking is answered with its id and its values, and the next request lists it with the others by seat."""
    trip, other = new_trip(), new_trip()
    booked = []
    for row in rows(4):
        response = trip.book(row)
        assert response.status_code == 201
        assert isinstance(response.json["id"], int)
        assert response.json == {"id": response.json["id"], **row}
        booked.append(response.json)
    assert trip.show()["bookings"] == by_seat(booked)
    assert other.show()["bookings"] == []


@pytest.mark.check("phone-left-out", concept="typed-columns")
def test_phone_may_be_left_out(new_trip, rows, symptom):
    """A booking without a phone number, or with null for it, is stored and shown with null."""
    trip = new_trip()
    null, missing = rows(2)
    null["phone"] = None
    del missing["phone"]
    for row in (null, missing):
        response = trip.book(row)
        assert response.status_code != 409, symptom("null-refused")
        assert response.status_code == 201
        assert response.json["phone"] is None
    assert [booking["phone"] for booking in trip.show()["bookings"]] == [None, None]


# --- what is refused


@pytest.mark.check("code-taken", concept="constraints")
def test_a_code_is_taken_once(client, new_trip, seed):
    """A second trip with a code that is taken is a 409, and the first one stays as it is; other codes go on working."""
    new_trip()
    trip = new_trip()
    before = trip.show()
    assert client.post("/trips", json={"code": before["code"]}).status_code == 409
    assert trip.show() == before
    assert client.post("/trips", json={"code": seed.word()}).status_code == 201


@pytest.mark.check("seat-taken", concept="constraints")
def test_a_seat_is_taken_once(new_trip, rows):
    """A second booking of a seat on the same trip is a 409; the first one stays, and other seats can be booked."""
    trip = new_trip()
    first, second, third = rows(3)
    assert trip.book(first).status_code == 201
    assert trip.book({**second, "seat": first["seat"]}).status_code == 409
    assert trip.passengers() == [first["passenger"]]
    assert trip.book(third).status_code == 201
    assert trip.passengers() == names(by_seat([first, third]))


@pytest.mark.check("seat-on-other-trip", concept="constraints")
def test_the_same_seat_on_another_trip(new_trip, rows, symptom):
    """A seat that is booked on one trip can be booked on another trip."""
    trip, other = new_trip(), new_trip()
    first, second = rows(2)
    second["seat"] = first["seat"]
    assert trip.book(first).status_code == 201
    response = other.book(second)
    assert response.status_code != 409, symptom("other-trip-refused")
    assert response.status_code == 201
    assert (trip.passengers(), other.passengers()) == ([first["passenger"]], [second["passenger"]])


@pytest.mark.check("seat-range", concept="constraints")
def test_seats_have_a_range(new_trip, rows, seed):
    """The first and the last seat can be booked, those before and after them are a 409 and not stored."""
    trip = new_trip()
    first, last, *beyond = rows(6)
    first["seat"], last["seat"] = 1, 60
    for row, seat in zip(beyond, [0, 61, -seed.integer(1, 60), seed.integer(62, 999)], strict=True):
        assert trip.book({**row, "seat": seat}).status_code == 409
    assert trip.book(last).status_code == 201
    assert trip.book(first).status_code == 201
    assert trip.passengers() == names([first, last])


@pytest.mark.check("refusals-counted", concept="failed-flush", points=2)
def test_refusals_are_counted(new_trip, rows, seed):
    """Each booking and each import that was refused adds one to the count of its trip, and nothing else does."""
    trip, other = new_trip(), new_trip()
    first, second, third, fourth, fifth = rows(5)
    assert trip.book(first).status_code == 201
    taken, no_seat = {**second, "seat": first["seat"]}, {**third, "seat": 61}
    refusals = [lambda: trip.book(taken), lambda: trip.book(no_seat), lambda: trip.load([fifth, taken, no_seat])]
    refusals += [seed.choice(refusals) for _ in range(seed.integer(1, 4))]
    for count, refusal in enumerate(seed.shuffled(refusals), start=1):
        assert refusal().status_code == 409
        assert trip.show()["refused"] == count
    response = trip.book(fourth)
    assert response.status_code == 201
    assert trip.show()["refused"] == len(refusals)
    assert other.show()["refused"] == 0


@pytest.mark.check("delete-trip", concept="constraints")
def test_trips_are_deleted_without_bookings_only(client, new_trip, rows):
    """A trip without bookings can be deleted; one with bookings is a 409, and it keeps them all."""
    empty, full = new_trip(), new_trip()
    for row in rows(2):
        assert full.book(row).status_code == 201
    before = full.show()
    assert client.delete(f"/trips/{full.id}").status_code == 409
    assert full.show() == before
    assert client.delete(f"/trips/{empty.id}").status_code == 204
    assert client.get(f"/trips/{empty.id}").status_code == 404
    assert full.show() == before


# --- imports


@pytest.mark.check("import-lasts", concept="flush-and-commit")
def test_an_import_lasts(new_trip, rows, symptom):
    """What an import has stored is there in the next request."""
    trip = new_trip()
    imported = rows(4)
    assert trip.load(imported).status_code == 201
    passengers = trip.passengers()
    assert passengers, symptom("gone-with-the-request")
    assert passengers == names(by_seat(imported))
    assert trip.show()["refused"] == 0


@pytest.mark.check("import-answer", concept="identity-map")
def test_an_import_answers_with_the_trip(new_trip, rows, symptom):
    """An import is answered with the trip as it is then: earlier bookings and imported ones together, by seat."""
    trip = new_trip()
    earlier, imported = rows(2), rows(3)
    for row in earlier:
        assert trip.book(row).status_code == 201
    before = trip.show()
    response = trip.load(imported)
    assert response.status_code == 201
    assert response.json != before, symptom("shown-as-before")
    assert {key: response.json[key] for key in ("id", "code", "refused")} == {
        key: before[key] for key in ("id", "code", "refused")
    }
    shown = response.json["bookings"]
    assert [{key: booking[key] for key in booking if key != "id"} for booking in shown] == by_seat(earlier + imported)
    assert all(isinstance(booking["id"], int) for booking in shown)
    assert len({booking["id"] for booking in shown}) == len(shown)


@pytest.mark.check("import-whole-or-not", concept="failed-flush", points=2)
def test_an_import_is_stored_whole_or_not_at_all(make_app, new_database, rows, seed, symptom):
    """An import whose third booking is refused stores none of them, for this process and for another one."""
    address = {"SQLALCHEMY_DATABASE_URI": new_database()}
    trip = Trip(make_app(address).test_client(), seed, symptom)
    there, *imported = rows(5)
    assert trip.book(there).status_code == 201
    imported[2]["seat"] = there["seat"]
    assert trip.load(imported).status_code == 409
    second = trip.at(make_app(address, worker="second").test_client())
    for view in (trip, second):
        passengers = view.passengers()
        assert not set(passengers) & set(names(imported)), symptom("half-stored")
        assert passengers == [there["passenger"]]
    imported.pop(2)
    assert trip.load(imported).status_code == 201


@pytest.mark.check("import-twins", concept="failed-flush")
def test_an_import_that_collides_with_itself(new_trip, rows, symptom):
    """An import in which two bookings want the same seat is a 409 and stores none of its bookings."""
    trip = new_trip()
    imported = rows(4)
    imported[2]["seat"] = imported[1]["seat"]
    response = trip.load(imported)
    assert response.status_code == 409
    assert trip.passengers() == [], symptom("half-stored")


# --- others who write


@pytest.mark.check("second-process", concept="session-scope")
def test_two_processes_see_the_same(make_app, new_database, rows, seed, symptom):
    """Two processes on one database: each shows and respects what the other one has stored a moment ago."""
    address = {"SQLALCHEMY_DATABASE_URI": new_database()}
    here = Trip(make_app(address).test_client(), seed, symptom)
    first, second, third = rows(3)
    assert here.book(first).status_code == 201
    there = here.at(make_app(address, worker="second").test_client())
    assert there.show() == here.show()
    assert there.book(second).status_code == 201
    assert here.passengers() == names(by_seat([first, second]))
    assert here.book({**third, "seat": second["seat"]}).status_code == 409
    assert there.book({**third, "seat": first["seat"]}).status_code == 409
    assert there.show()["refused"] == 2
    assert here.show() == there.show()


def rush(machine, passenger, rival):
    """From now on somebody else gets the seat right before this passenger does. Names are letters and spaces."""
    trigger = f"""
        CREATE TRIGGER rush BEFORE INSERT ON booking WHEN NEW.passenger = '{passenger}' BEGIN
            INSERT INTO booking (trip_id, seat, passenger, phone)
            VALUES (NEW.trip_id, NEW.seat, '{rival["passenger"]}', '{rival["phone"]}');
        END
    """  # noqa: S608
    assert machine(trigger) == "stored"


@pytest.mark.check("rush-booking", concept="failed-flush")
def test_a_seat_that_was_free_a_moment_ago(new_trip, rows, machine, symptom):
    """A seat that somebody takes right before the app's own INSERT is a 409 and counted; the app goes on."""
    trip = new_trip()
    late, rival, next_one = rows(3)
    rush(machine, late["passenger"], rival)
    response = trip.book(late)
    assert response.status_code != 201, symptom("stored-twice")
    assert response.status_code == 409
    assert late["passenger"] not in trip.passengers()
    assert trip.show()["refused"] == 1
    assert trip.book(next_one).status_code == 201


@pytest.mark.check("rush-import", concept="failed-flush")
def test_an_import_that_meets_a_row_of_a_moment_ago(new_trip, rows, machine, symptom):
    """An import that loses one of its seats right before the INSERT is a 409, stores nothing, and is counted."""
    trip = new_trip()
    rival, *imported = rows(4)
    rush(machine, imported[2]["passenger"], rival)
    response = trip.load(imported)
    assert response.status_code != 201, symptom("stored-twice")
    assert response.status_code == 409
    assert not set(trip.passengers()) & set(names(imported)), symptom("half-stored")
    assert trip.show()["refused"] == 1


@pytest.mark.check("machine-unique", concept="constraints")
def test_the_database_refuses_what_is_there_already(new_trip, rows, machine, symptom):
    """The database itself refuses a second booking of a seat on the same trip, and a second trip with the same code."""
    trip, other = new_trip(), new_trip()
    first, second, third = rows(3)
    assert machine(BOOKING, trip.id, first["seat"], first["passenger"], first["phone"]) == "stored"
    assert trip.passengers() == [first["passenger"]]
    again = machine(BOOKING, trip.id, first["seat"], second["passenger"], second["phone"])
    assert again == "refused", symptom("second-row-stored")
    assert machine(BOOKING, trip.id, third["seat"], third["passenger"], third["phone"]) == "stored"
    again = machine("INSERT INTO trip (code, refused) VALUES (?, 0)", trip.show()["code"])
    assert again == "refused", symptom("second-row-stored")
    elsewhere = machine(BOOKING, other.id, first["seat"], second["passenger"], second["phone"])
    assert elsewhere == "stored", symptom("other-trip-refused")


@pytest.mark.check("machine-values", concept="constraints")
def test_the_database_refuses_wrong_values(new_trip, rows, machine, seed, symptom):
    """The database itself refuses seats that do not exist and NULL where a value is required."""
    trip = new_trip()
    first, last, other = rows(3)
    for row, seat in ((first, 1), (last, 60)):
        assert machine(BOOKING, trip.id, seat, row["passenger"], row["phone"]) == "stored"
    for seat in (0, 61, -seed.integer(1, 60), seed.integer(62, 999)):
        stored = machine(BOOKING, trip.id, seat, other["passenger"], other["phone"])
        assert stored == "refused", symptom("no-such-seat")
    assert machine(BOOKING, None, other["seat"], other["passenger"], other["phone"]) == "refused"
    assert machine(BOOKING, trip.id, None, other["passenger"], other["phone"]) == "refused"
    assert machine(BOOKING, trip.id, other["seat"], None, other["phone"]) == "refused"
    assert machine("INSERT INTO trip (code, refused) VALUES (NULL, 0)") == "refused"
    assert machine("INSERT INTO trip (code, refused) VALUES (?, NULL)", seed.word()) == "refused"
    assert trip.passengers() == names([first, last])


@pytest.mark.check("machine-foreign-key", concept="constraints")
def test_the_database_refuses_bookings_of_no_trip(new_trip, rows, machine, seed, symptom):
    """The database itself refuses a booking of a trip that does not exist."""
    trip = new_trip()
    first, second = rows(2)
    assert machine(BOOKING, trip.id, first["seat"], first["passenger"], first["phone"]) == "stored"
    unknown = trip.id + seed.integer(10, 1000)
    stray = machine(BOOKING, unknown, second["seat"], second["passenger"], second["phone"])
    assert stray == "refused", symptom("stray-row-stored")
    assert trip.passengers() == [first["passenger"]]


@pytest.mark.check("machine-default", concept="column-defaults")
def test_a_trip_of_the_machine_starts_at_zero(client, rows, machine, seed, symptom):
    """A trip that the machine inserts without a count is stored, has the count 0, and works like any other."""
    trip_id, code = seed.integer(1000, 9000), seed.word()
    assert machine("INSERT INTO trip (id, code, refused) VALUES (?, ?, 0)", trip_id + 1, seed.word()) == "stored"
    stored = machine("INSERT INTO trip (id, code) VALUES (?, ?)", trip_id, code)
    assert stored == "stored", symptom("default-not-in-table")
    trip = Trip(client, seed, symptom, trip_id)
    count = trip.show()["refused"]
    assert count is not None, symptom("default-not-in-table")
    assert trip.show() == {"id": trip_id, "code": code, "refused": 0, "bookings": []}
    (row,) = rows(1)
    assert trip.book(row).status_code == 201
    assert trip.passengers() == [row["passenger"]]
