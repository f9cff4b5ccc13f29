"""Holds the app and its document against the brief, and so against each other.

What the document means is asked of ``contract.py``: which samples it lets pass, never how it is written.
"""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urljoin

import openapi_spec_validator
import pytest
from contract import Contract

HEALTH = ("GET", "/api/health")
LIST = ("GET", "/api/boats")
ADD = ("POST", "/api/boats")
SHOW = ("GET", "/api/boats/{}")
CHANGE = ("PATCH", "/api/boats/{}")
DELETE = ("DELETE", "/api/boats/{}")
HIRE = ("POST", "/api/boats/{}/hires")
RETURN = ("POST", "/api/hires/{}/return")
OPEN = [HEALTH, LIST, SHOW]
GUARDED = [ADD, CHANGE, DELETE, HIRE, RETURN]

BOAT_FIELDS = {"id", "code", "name", "kind", "seats", "note"}
HIRE_FIELDS = {"id", "boat_id", "guest", "hours", "price", "returned_on"}
PRICES = {"kayak": "9.50", "canoe": "12.00", "pedalo": "14.25", "rowing": "11.40"}
KINDS = sorted(PRICES)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Service:
    """An app whose token the test knows, and the document that it serves."""

    def __init__(self, app, token, seed):
        self.client = app.test_client()
        self.token = token
        self.seed = seed
        self.codes = iter(seed.shuffled(range(100, 1000)))
        self._contract = None

    @property
    def contract(self):
        if self._contract is None:
            reply = self.client.get("/openapi.json")
            assert reply.status_code == 200
            self._contract = Contract(reply.json)
        return self._contract

    def send(self, route, number=None, **options):
        """A request with the token. ``number`` is the id in the path."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.send_bare(route, number, headers=headers, **options)

    def send_bare(self, route, number=None, **options):
        method, path = route
        return self.client.open(path.replace("{}", str(number)), method=method, **options)

    def new_boat(self, **changes):
        """A boat to be sent, with all fields."""
        seed = self.seed
        return {
            "code": f"{seed.choice(LETTERS)}{seed.choice(LETTERS)}-{next(self.codes)}",
            "name": seed.title(2),
            "kind": seed.choice(KINDS),
            "seats": seed.integer(2, 11),
            "note": seed.title(3),
            "key_code": f"{seed.integer(1000, 9999)}",
            **changes,
        }

    def add(self, **changes):
        """Adds a boat. What its reply shows beyond the brief is one check's business, and left out here."""
        reply = self.send(ADD, json=self.new_boat(**changes))
        assert reply.status_code == 201
        return {field: reply.json[field] for field in sorted(BOAT_FIELDS)}

    def new_hire(self, **changes):
        return {"guest": self.seed.name(), "hours": self.seed.integer(2, 7), **changes}

    def hire(self, boat, **changes):
        reply = self.send(HIRE, boat["id"], json=self.new_hire(**changes))
        assert reply.status_code == 201
        return reply.json

    def nobody(self):
        """An id that nothing has."""
        return self.seed.integer(10_000, 90_000)


@pytest.fixture
def service(make_app, seed):
    token = seed.token()
    return Service(make_app({"API_TOKEN": token}), token, seed)


def without(payload, field):
    return {key: value for key, value in payload.items() if key != field}


@pytest.mark.check("document-valid", concept="served-document")
def test_every_app_serves_a_valid_document(service, make_app, seed):
    """The document is served without a token and is valid OpenAPI 3.0 or 3.1, also by a second app of the process."""
    second = Service(make_app({"API_TOKEN": seed.token()}), seed.token(), seed)
    for each in (service, second):
        reply = each.client.get("/openapi.json")
        assert reply.status_code == 200
        assert reply.mimetype == "application/json"
        assert str(reply.json.get("openapi")).startswith(("3.0.", "3.1."))
        openapi_spec_validator.validate(reply.json)
    assert set(second.contract.operations) == set(service.contract.operations)


@pytest.mark.check("every-route", concept="spec-from-code")
def test_the_document_has_every_route_and_no_other(service, symptom):
    """The document has the eight operations of the brief, and none that the brief does not have."""
    found = set(service.contract.operations) - {("GET", "/openapi.json")}
    missing = {*OPEN, *GUARDED} - found
    served = all(is_served(service, route) for route in missing)
    assert not missing or not served, symptom("served-and-missing")
    assert found == {*OPEN, *GUARDED}
    reply = service.send_bare(HEALTH)
    assert reply.status_code == 200 and reply.json == {"status": "ok"}
    assert service.contract.flaw(*HEALTH, reply) is None
    assert service.contract.is_open(*HEALTH) and not service.contract.conforms(*HEALTH, 200, {})


def is_served(service, route):
    """Whether the app has a route: an unknown id is a 404, too, so only its other routes can miss by one."""
    status = service.send(route, 1, json={}).status_code
    return status != 405 and (status != 404 or "{}" in route[1])


@pytest.mark.check("operation-ids", concept="spec-from-code")
def test_every_operation_has_an_id_of_its_own(service):
    """Every operation in the document has an operationId, and no two have the same."""
    ids = [operation.get("operationId") for operation in service.contract.operations.values()]
    assert ids and all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == len(ids)


def refused(reply, documented, symptom, accepted="app-accepts"):
    """What the brief forbids has to be refused by the app, and not to be allowed by the document."""
    taken = reply.status_code in (200, 201)
    assert not taken or documented, symptom(accepted)
    assert taken or not documented, symptom("document-allows")
    assert not taken and not documented
    assert reply.status_code == 422


def query_samples(seed):
    """Per query parameter: texts that it allows and texts that it forbids."""
    return {
        "limit": (["1", "50", str(seed.integer(2, 49))], ["0", "51", str(seed.integer(52, 900)), "-1", seed.word()]),
        "offset": (["0", str(seed.integer(1, 400))], ["-1", str(-seed.integer(2, 90)), seed.word()]),
        "min_seats": (["1", "12", str(seed.integer(2, 11))], ["0", "13", str(seed.integer(14, 99)), seed.word()]),
        "kind": (KINDS, [seed.word(), seed.choice(KINDS).upper()]),
    }


@pytest.mark.check("query-rules", concept="arguments")
def test_the_query_parameters_have_the_same_bounds_in_both(service, seed, symptom):
    """Values of each query parameter, at its bounds and beyond, are judged alike by the brief, document and app."""
    for name, (allowed, forbidden) in query_samples(seed).items():
        schema = service.contract.query_parameter(*LIST, name)
        for text in allowed:
            reply = service.send_bare(LIST, query_string={name: text})
            assert reply.status_code == 200
            assert service.contract.allows_text(schema, text), symptom("document-forbids")
            assert service.contract.flaw(*LIST, reply) is None
        for text in forbidden:
            reply = service.send_bare(LIST, query_string={name: text})
            refused(reply, service.contract.allows_text(schema, text), symptom)


@pytest.mark.check("query-defaults", concept="arguments", seconds=20)
def test_the_list_is_cut_as_documented(service, seed, symptom):
    """Limit and offset have the brief's defaults in the document and in the app; the total counts every match."""
    for name, default in (("limit", 20), ("offset", 0)):
        schema = service.contract.query_parameter(*LIST, name)
        documented = service.contract.default(schema)
        assert documented == default and not isinstance(documented, bool), symptom("not-documented")
    count = seed.integer(22, 26)
    boats = [service.add() for _ in range(count)]
    ids = [boat["id"] for boat in boats]

    def listed(**query):
        reply = service.send_bare(LIST, query_string=query)
        assert reply.status_code == 200
        assert set(reply.json) == {"boats", "total"}
        return [boat["id"] for boat in reply.json["boats"]], reply.json["total"]

    assert listed() == (ids[:20], count)
    first, size = seed.integer(1, 9), seed.integer(2, 9)
    assert listed(offset=first) == (ids[first : first + 20], count)
    assert listed(offset=first, limit=size) == (ids[first : first + size], count)
    kind, seats = boats[0]["kind"], boats[0]["seats"]
    matching = [boat["id"] for boat in boats if boat["kind"] == kind and boat["seats"] >= seats]
    assert listed(kind=kind, min_seats=seats, limit=1) == (matching[:1], len(matching))


@pytest.mark.check("unknown-query", concept="arguments")
def test_an_unknown_query_parameter_is_refused(service, seed, symptom):
    """A query parameter that the document does not name is refused as documented, alone and beside a known one."""
    strict_bodies = service.send(ADD, json=service.new_boat(**{seed.word(): 1})).status_code == 422
    for query in ({seed.word(): seed.word()}, {"limit": "5", seed.word(): "1"}):
        reply = service.send_bare(LIST, query_string=query)
        assert reply.status_code != 200 or not strict_bodies, symptom("ignored")
        assert reply.status_code == 422
        assert service.contract.flaw(*LIST, reply) is None


def judged(service, symptom, route, number, allowed, forbidden):
    """Sends bodies that the brief allows and forbids: document and app have to agree with it, and with each other."""
    for body in allowed:
        reply = service.send(route, number() if callable(number) else number, json=body)
        assert reply.status_code in (200, 201)
        assert service.contract.allows(*route, body), symptom("document-forbids")
    for body in forbidden:
        reply = service.send(route, number() if callable(number) else number, json=body)
        refused(reply, service.contract.allows(*route, body), symptom)


@pytest.mark.check("boat-rules", concept="field-types", seconds=20)
def test_a_new_boat_obeys_the_same_rules_in_both(service, seed, symptom):
    """New boats, at the bounds of each field and beyond them, are judged alike by the brief, document and app."""
    new, letter, digit = service.new_boat, seed.choice(LETTERS), seed.integer(1, 9)
    code = f"{letter}-{digit}"
    allowed = [new(code=code), new(code=f"{letter * 3}-{digit}{digit}0"), without(new(), "note"), new(note="")]
    allowed += [
        new(name="n"),
        new(name="n" * 40),
        new(seats=1),
        new(seats=12),
        new(note="n" * 200),
        new(key_code="0070"),
    ]
    allowed += [new(kind=kind) for kind in KINDS]
    forbidden = [without(new(), field) for field in ("code", "name", "kind", "seats", "key_code")]
    forbidden += [new(name=None), new(seats=None), new(key_code=None)]
    forbidden += [new(name=""), new(name="n" * 41), new(seats=0), new(seats=13), new(seats=-digit), new(note="n" * 201)]
    forbidden += [new(kind=seed.word()), new(key_code="123"), new(key_code="12345"), new(key_code="12a4")]
    wrong = [
        code.lower(),
        f"{letter * 4}-{digit}",
        f"{letter}-{digit}000",
        f"{letter}{digit}",
        f"x{code}",
        f"{code}x",
        "",
    ]
    forbidden += [new(code=each) for each in wrong]
    judged(service, symptom, ADD, None, allowed, forbidden)
    assert service.send_bare(LIST).json["total"] == len(allowed)


@pytest.mark.check("hire-rules", concept="document-and-behaviour", seconds=20)
def test_a_new_hire_obeys_the_same_rules_in_both(service, seed, symptom):
    """New hires, at the bounds of each field and beyond them, are judged alike by the brief, document and app."""
    new = service.new_hire
    allowed = [new(hours=1), new(hours=8), new(guest="g"), new(guest="g" * 60)]
    forbidden = [new(hours=0), new(hours=9), new(hours=seed.integer(10, 900)), new(hours=-seed.integer(1, 9))]
    forbidden += [new(guest=""), new(guest="g" * 61), without(new(), "hours"), without(new(), "guest")]
    judged(service, symptom, HIRE, lambda: service.add()["id"], allowed, forbidden)


@pytest.mark.check("json-types", concept="document-and-behaviour")
def test_values_of_another_json_type_are_refused(service, seed, symptom):
    """Numbers sent as text, fractions, and text sent as numbers are refused by the document and by the app."""
    boat = service.add()
    number = seed.integer(2, 11)
    new = service.new_boat
    bodies = [(ADD, new(seats=str(number))), (ADD, new(seats=number + 0.5))]
    bodies += [(ADD, new(key_code=seed.integer(1000, 9999))), (ADD, new(name=seed.integer(1, 99)))]
    bodies += [(ADD, new(note=number)), (CHANGE, {"seats": str(number)})]
    bodies += [(HIRE, service.new_hire(hours=str(seed.integer(2, 7))))]
    for route, body in bodies:
        reply = service.send(route, boat["id"], json=body)
        refused(reply, service.contract.allows(*route, body), symptom, accepted="converted")
    reply = service.send(ADD, json=new(seats=True))
    refused(reply, service.contract.allows(*ADD, new(seats=True)), symptom, accepted="boolean-taken")


@pytest.mark.check("unknown-fields", concept="arguments")
def test_unknown_fields_of_a_body_are_refused(service, seed, symptom):
    """A body with a field that the brief does not have is forbidden by the document and refused by the app."""
    boat = service.add()
    extra = {seed.word(): seed.word()}
    bodies = [(ADD, service.new_boat(**extra)), (ADD, service.new_boat(id=service.nobody()))]
    bodies += [(CHANGE, {"seats": 3, **extra}), (HIRE, service.new_hire(**extra))]
    for route, body in bodies:
        reply = service.send(route, boat["id"], json=body)
        refused(reply, service.contract.allows(*route, body), symptom)


@pytest.mark.check("change-is-a-part", concept="components")
def test_a_change_may_have_any_part_of_a_boat(service, seed, symptom):
    """Each field that can be changed is allowed alone, by document and app, at its bounds only; the others stay."""
    boat = service.add()
    parts = [
        {"name": seed.title(2)},
        {"seats": seed.choice([1, 12])},
        {"note": seed.title()},
        {"key_code": "0815"},
        {"note": None},
    ]
    whole = {"name": seed.title(2), "seats": 3, "note": seed.title(), "key_code": "1248"}
    takes_whole = any(service.contract.allows(*CHANGE, body) for body in (whole, service.new_boat()))
    for part in parts:
        assert service.contract.allows(*CHANGE, part) or not takes_whole, symptom("whole-demanded")
        assert service.contract.allows(*CHANGE, part)
        reply = service.send(CHANGE, boat["id"], json=part)
        assert reply.status_code == 200
        assert reply.json == {**boat, **without(part, "key_code")}
        boat = reply.json
        assert service.send_bare(SHOW, boat["id"]).json == boat
    forbidden = [{"seats": 13}, {"seats": 0}, {"name": ""}, {"name": "n" * 41}, {"note": "n" * 201}, {"key_code": "1"}]
    forbidden += [{"code": service.new_boat()["code"]}, {"kind": seed.choice(KINDS)}]
    judged(service, symptom, CHANGE, boat["id"], [], forbidden)
    assert service.send_bare(SHOW, boat["id"]).json == boat


def boat_replies(service):
    """Every kind of reply that shows a boat (with a note): its route, the reply, and the boat in it."""
    reply = service.send(ADD, json=service.new_boat())
    assert reply.status_code == 201
    number = reply.json["id"]
    replies = [(ADD, reply)]
    replies.append((SHOW, service.send_bare(SHOW, number)))
    replies.append((CHANGE, service.send(CHANGE, number, json={"seats": service.seed.integer(1, 12)})))
    replies.append((LIST, service.send_bare(LIST)))
    assert [reply.status_code for _, reply in replies] == [201, 200, 200, 200]
    return [(route, reply, reply.json["boats"][0] if route == LIST else reply.json) for route, reply in replies]


def with_boat(route, boat):
    """A body that shows a boat, as a route's reply has it."""
    return {"boats": [boat], "total": 1} if route == LIST else boat


@pytest.mark.check("boats-as-documented", concept="response-schema", points=2)
def test_boats_go_out_as_documented(service, symptom):
    """Replies have the boat's fields and no other, a new boat its Location, and the document demands all of that."""
    for route, reply, boat in boat_replies(service):
        unknown = with_boat(route, {**without(boat, "key_code"), "key_code": [1]})
        unknown = service.contract.conforms(*route, reply.status_code, unknown)
        assert "key_code" not in boat or not unknown, symptom("undocumented-field-shown")
        assert set(boat) == BOAT_FIELDS
        assert service.contract.flaw(*route, reply) is None
        for field in BOAT_FIELDS:
            less = with_boat(route, without(boat, field))
            assert not service.contract.conforms(*route, reply.status_code, less), symptom("field-not-demanded")
        for field in ("code", "name", "kind", "note"):
            other = with_boat(route, {**boat, field: 5})
            assert not service.contract.conforms(*route, reply.status_code, other), symptom("any-type-allowed")
        for changes in ({"id": "5"}, {"seats": "5"}, {"seats": None}, {"name": None}):
            other = with_boat(route, {**boat, **changes})
            assert not service.contract.conforms(*route, reply.status_code, other), symptom("any-type-allowed")
    made = service.send(ADD, json=service.new_boat())
    address = urljoin("http://localhost/api/boats", made.headers["Location"])
    assert service.client.get(address).json == made.json
    headers = service.contract.response(*ADD, 201).get("headers", {})
    assert "location" in {name.lower() for name in headers}
    total = {"boats": [], "total": "1"}
    assert not service.contract.conforms(*LIST, 200, total) and not service.contract.conforms(*LIST, 200, {"total": 1})


@pytest.mark.check("replies-stay-open", concept="compatible-documents")
def test_replies_may_get_more_fields_one_day(service, seed, symptom):
    """The document still fits when replies have one field more, at the top, and in a boat of the list."""
    extra = {seed.word(): seed.word()}
    for route, reply, boat in boat_replies(service):
        later = with_boat(route, {**boat, **extra})
        assert service.contract.conforms(*route, reply.status_code, with_boat(route, boat))
        assert service.contract.conforms(*route, reply.status_code, later), symptom("closed")
        assert service.contract.conforms(*route, reply.status_code, {**reply.json, **extra}), symptom("closed")


@pytest.mark.check("price-as-text", concept="field-types")
def test_the_price_has_the_type_it_travels_in(service, seed, symptom):
    """The price of a hire is right and is a string with two decimals, and a string is what the document says."""
    for kind in KINDS:
        boat = service.add(kind=kind)
        hours = seed.integer(2, 7)
        number = service.hire(boat, hours=hours)["id"]
        reply = service.send(RETURN, number)
        assert reply.status_code == 200
        assert reply.json["price"] == str(Decimal(PRICES[kind]) * hours)
        shown = service.contract.conforms(*RETURN, 200, reply.json)
        as_number = service.contract.conforms(*RETURN, 200, {**reply.json, "price": 9.5})
        assert shown or not as_number, symptom("documented-as-number")
        assert shown and not as_number
        assert not service.contract.conforms(*RETURN, 200, without(reply.json, "price"))


@pytest.mark.check("null-is-documented", concept="response-schema")
def test_what_may_be_null_is_null_in_the_document(service, symptom):
    """A boat without a note, and a hire before and after its return, are what the document says."""
    boat = service.add(note=None)
    shown = service.send_bare(SHOW, boat["id"])
    assert shown.json == boat and boat["note"] is None
    assert service.contract.conforms(*SHOW, 200, {**boat, "note": service.seed.word()})
    assert service.contract.conforms(*SHOW, 200, boat), symptom("null-forbidden")
    assert service.contract.allows(*ADD, service.new_boat(note=None))

    hire = service.hire(boat)
    assert set(hire) == HIRE_FIELDS
    assert hire["boat_id"] == boat["id"] and hire["returned_on"] is None
    assert fits(service, HIRE, 201, {**hire, "returned_on": "2026-05-31"})
    assert fits(service, HIRE, 201, hire), symptom("null-forbidden")
    ended = service.send(RETURN, hire["id"])
    assert ended.status_code == 200 and set(ended.json) == HIRE_FIELDS
    assert abs(date.fromisoformat(ended.json["returned_on"]) - date.today()) <= timedelta(days=1)
    assert fits(service, RETURN, 200, ended.json)
    for field in ("returned_on", "guest", "hours", "boat_id"):
        assert not fits(service, HIRE, 201, without(hire, field))
        assert not fits(service, HIRE, 201, {**hire, field: [field]})


def fits(service, route, status, hire):
    """Whether a hire is what the document says, its price aside: that is another check's."""
    return any(service.contract.conforms(*route, status, {**hire, "price": price}) for price in (hire["price"], 9.5))


@pytest.mark.check("tokens-demanded", concept="document-and-behaviour", points=2)
def test_what_the_document_guards_is_guarded(service, seed, symptom):
    """Routes with a token demand it in the document, and refuse requests without the right one; others are open."""
    boat, spare = service.add(), service.add()
    hire = service.hire(service.add())
    numbers = {CHANGE: boat["id"], DELETE: spare["id"], HIRE: boat["id"], RETURN: hire["id"]}
    bodies = {ADD: service.new_boat(), CHANGE: {"seats": 1}, HIRE: service.new_hire()}
    demanded = all(service.contract.demands_bearer(*route) for route in GUARDED)
    for headers in ({}, {"Authorization": f"Bearer {seed.token()}"}, {"Authorization": service.token}):
        replies = {}
        for route in GUARDED:
            options = {"json": bodies[route]} if route in bodies else {}
            replies[route] = service.send_bare(route, numbers.get(route), headers=headers, **options)
        guarded = [reply for reply in replies.values() if reply.status_code >= 400]
        assert headers or guarded or not demanded, symptom("open")
        for route, reply in replies.items():
            assert reply.status_code == 401
            assert reply.headers.get("WWW-Authenticate", "").lower().startswith("bearer")
            assert service.contract.flaw(*route, reply) is None
    for route in (ADD, CHANGE):
        assert service.send_bare(route, service.nobody(), json=[seed.word()]).status_code == 401
    assert demanded, symptom("not-documented")
    for route in (LIST, SHOW):
        assert service.contract.is_open(*route)
        assert service.send_bare(route, boat["id"]).status_code == 200
    assert service.send_bare(SHOW, boat["id"]).json == boat
    assert service.send_bare(LIST).json["total"] == 3


@pytest.mark.check("broken-json", concept="error-responses")
def test_a_body_that_is_no_json_has_a_status_of_its_own(service, seed, symptom):
    """Text that is no JSON is 400 and JSON that is no object is 422, in the app and in the document."""
    number = service.add()["id"]
    for route in (ADD, CHANGE, HIRE):
        reply = service.send(route, number, data='{"name": "' + seed.word(), content_type="application/json")
        assert reply.status_code != 422, symptom("answered-422")
        assert reply.status_code == 400
        statuses = service.contract.statuses(*route)
        assert 400 in statuses or not {401, 422} <= statuses, symptom("undocumented")
        assert 400 in statuses
        assert service.contract.flaw(*route, reply) is None
        for body in ([], seed.word()):
            reply = service.send(route, number, json=body)
            assert reply.status_code == 422
            assert service.contract.flaw(*route, reply) is None
            assert not service.contract.allows(*route, body)


@pytest.mark.check("conflicts-documented", concept="document-and-behaviour")
def test_conflicts_are_answered_as_documented(service, symptom):
    """A taken code, a boat that is out or was hired, and a second return are 409, and the document has each of them."""
    boat = service.add()
    hire = service.hire(boat)
    replies = [(ADD, service.send(ADD, json=service.new_boat(code=boat["code"])))]
    replies.append((HIRE, service.send(HIRE, boat["id"], json=service.new_hire())))
    assert service.send(RETURN, hire["id"]).status_code == 200
    replies.append((RETURN, service.send(RETURN, hire["id"])))
    replies.append((DELETE, service.send(DELETE, boat["id"])))
    for route, reply in replies:
        assert reply.status_code == 409
        statuses = service.contract.statuses(*route)
        assert 409 in statuses or 401 not in statuses, symptom("undocumented")
        assert 409 in statuses
        assert service.contract.flaw(*route, reply) is None
    service.hire(boat)
    unused = service.add()["id"]
    reply = service.send(DELETE, unused)
    assert reply.status_code == 204 and not reply.data
    assert service.contract.flaw(*DELETE, reply) is None
    assert service.send_bare(SHOW, unused).status_code == 404


@pytest.mark.check("errors-documented", concept="error-responses")
def test_errors_have_one_documented_shape(service, seed, symptom):
    """Errors have status and code as the document says, under their own numbers, also at an unknown address."""
    requests = [
        (SHOW, {}),
        (CHANGE, {"json": {"seats": 1}}),
        (DELETE, {}),
        (HIRE, {"json": service.new_hire()}),
        (RETURN, {}),
    ]
    replies = [(404, route, service.send(route, service.nobody(), **options)) for route, options in requests]
    replies.append((422, LIST, service.send_bare(LIST, query_string={"limit": "0"})))
    number = service.add()["id"]
    for route in (ADD, CHANGE, HIRE):
        replies.append((422, route, service.send(route, number, json={"seats": 99})))
    for status, route, reply in replies:
        assert_error(reply, status)
        assert status in service.contract.statuses(*route), symptom("undocumented")
        assert service.contract.flaw(*route, reply) is None
        for less in ({}, {"code": status}, {"status": seed.word()}, {"code": seed.word(), "status": seed.word()}):
            assert not service.contract.conforms(*route, status, less), symptom("shape-not-demanded")
    assert_error(service.client.get(f"/api/{seed.word()}"), 404)


def assert_error(reply, status):
    """The shape that all errors have."""
    assert reply.status_code == status
    assert reply.json["code"] == status
    assert isinstance(reply.json["status"], str) and reply.json["status"]


@pytest.mark.check("examples-work", concept="document-and-behaviour", seconds=20)
def test_the_examples_work(make_app, service, seed, symptom):
    """Each request body has an example; each is valid by the document, and the app accepts it."""
    for route in (ADD, CHANGE, HIRE):
        examples = service.contract.examples(*route)
        assert examples, symptom("none")
        for example in examples:
            fresh = Service(make_app({"API_TOKEN": service.token}), service.token, seed)
            number = None if route == ADD else fresh.add()["id"]
            accepted = fresh.send(route, number, json=example).status_code in (200, 201)
            allowed = service.contract.allows(*route, example)
            assert accepted or allowed, symptom("stale")
            assert accepted and allowed
