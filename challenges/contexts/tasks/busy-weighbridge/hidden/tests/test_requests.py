"""Requests beside each other and after each other. What brings them together is the scale where weighings wait."""

import pytest

LIGHT = (2_000, 39_000)
HEAVY = (41_000, 59_000)
REFUSED = (61_000, 90_000)
UNATTENDED = "unattended"


def report_weight(client, scale, kilograms):
    assert client.post(f"/scales/{scale}/weights", json={"kilograms": kilograms}).status_code == 204


def start_weighing(client, scale, plate, operator=None):
    """Sends a weighing; gives its response."""
    headers = {"X-Operator": operator} if operator else {}
    return client.post("/weighings", json={"scale": scale, "plate": plate}, headers=headers)


def weigh(client, scale, plate, kilograms, operator=None):
    """A weighing that needn't wait, since the scale has reported first."""
    report_weight(client, scale, kilograms)
    return start_weighing(client, scale, plate, operator)


def connections(client):
    response = client.get("/health")
    assert response.status_code == 200
    return response.json["connections"]


@pytest.mark.check("weighing-answers", concept="app-and-request-context")
def test_weighings_one_after_the_other(live, seed):
    """One lorry after another gets a ticket, with remarks where there is a reason, or is refused."""
    client = live().client()
    scale, operator, plate = seed.word(), seed.name(), seed.word()
    weights = [seed.integer(*LIGHT), seed.integer(*HEAVY)]
    first = weigh(client, scale, plate, weights[0], operator)
    again = weigh(client, scale, plate, weights[1], operator)
    assert [first.status_code, again.status_code] == [201, 201]
    assert [first.json["remarks"], again.json["remarks"]] == [["first visit"], ["heavy"]]
    expected = [
        {"id": made.json["id"], "scale": scale, "plate": plate, "kilograms": kilograms, "operator": operator}
        for made, kilograms in zip((first, again), weights, strict=True)
    ]
    assert [first.json, again.json] == [
        {**expected[0], "remarks": ["first visit"]},
        {**expected[1], "remarks": ["heavy"]},
    ]
    assert client.get("/weighings").json == expected
    refused = weigh(client, scale, seed.word(), seed.integer(*REFUSED), operator)
    assert refused.status_code == 409
    assert refused.json["remarks"] == ["first visit", "heavy"]
    assert "error" in refused.json
    for incomplete in ({"scale": scale}, {"plate": plate}):
        assert client.post("/weighings", json=incomplete).status_code == 400


@pytest.mark.check("at-once", concept="module-state", points=3)
def test_two_lorries_at_once(live, at_once, eventually, seed, symptom):
    """Two weighings that wait at the same time each get their own operator, remarks and ticket header."""
    server = live()
    scales, operators, plates = seed.words(2), [seed.name(), seed.name()], seed.words(2)
    weights = [seed.integer(*LIGHT), seed.integer(*HEAVY)]
    assert weigh(server.client(), scales[1], plates[1], seed.integer(*LIGHT)).status_code == 201
    order = seed.shuffled([0, 1])

    def drive():
        client = server.client()
        assert eventually(lambda: client.get("/scales").json == dict.fromkeys(scales, 1))
        for index in order:
            report_weight(client, scales[index], weights[index])

    *responses, _ = at_once(
        lambda: start_weighing(server.client(), scales[0], plates[0], operators[0]),
        lambda: start_weighing(server.client(), scales[1], plates[1], operators[1]),
        drive,
    )
    assert [response.status_code for response in responses] == [201, 201]
    assert [response.json["kilograms"] for response in responses] == weights
    assert [response.json["operator"] for response in responses] == operators, symptom("mixed-up")
    assert [response.json["remarks"] for response in responses] == [["first visit"], ["heavy"]], symptom("mixed-up")
    listed = {ticket["plate"]: ticket["operator"] for ticket in server.client().get("/weighings").json[1:]}
    assert listed == dict(zip(plates, operators, strict=True)), symptom("mixed-up")
    for response in responses:
        assert response.headers.getlist("X-Ticket") == [str(response.json["id"])], symptom("other-header")


@pytest.mark.check("two-apps-at-once", concept="module-state")
def test_a_weighing_waits_while_another_app_is_used(make_app, live, at_once, eventually, seed, symptom):
    """While a weighing waits, another app of the same process writes a ticket, and neither notices the other."""
    here, there = make_app(), make_app()
    server, other = live(here), live(there)
    scale, operators, plates = seed.word(), [seed.name(), seed.name()], seed.words(2)
    weights = [seed.integer(*LIGHT), seed.integer(*HEAVY)]

    def meanwhile():
        assert eventually(lambda: here.call("weighbridge.scales:waiting") == {scale: 1})
        response = weigh(other.client(), scale, plates[1], weights[1], operators[1])
        here.call("weighbridge.scales:report", scale, weights[0])
        return response

    responses = at_once(lambda: start_weighing(server.client(), scale, plates[0], operators[0]), meanwhile)
    assert [response.status_code for response in responses] == [201, 201]
    assert [response.json["kilograms"] for response in responses] == weights
    assert [response.json["operator"] for response in responses] == operators, symptom("mixed-up")
    assert responses[0].json["remarks"] == ["first visit"], symptom("mixed-up")
    assert responses[1].json["remarks"] == ["first visit", "heavy"], symptom("mixed-up")
    for each, plate in zip((server, other), plates, strict=True):
        assert [ticket["plate"] for ticket in each.client().get("/weighings").json] == [plate]


@pytest.mark.check("no-operator-left", concept="g-lifetime")
def test_a_request_without_operator_after_one_with(client, seed, symptom):
    """A weighing without an operator is unattended, whoever sent the request before it."""
    scale = seed.word()
    for operator in (seed.name(), None, seed.name(), None):
        response = weigh(client, scale, seed.word(), seed.integer(*LIGHT), operator)
        assert response.status_code == 201
        assert response.json["operator"] == (operator or UNATTENDED), symptom("left-over")
        client.get("/weighings", headers={"X-Operator": seed.name()})
    operators = [ticket["operator"] for ticket in client.get("/weighings").json]
    assert operators[1::2] == [UNATTENDED, UNATTENDED], symptom("left-over")


@pytest.mark.check("no-remarks-left", concept="g-lifetime")
def test_remarks_after_earlier_ones(client, seed, symptom):
    """A weighing has its own remarks only, after one with remarks and after one that was refused."""
    scale, plate = seed.word(), seed.word()
    assert weigh(client, scale, plate, seed.integer(*HEAVY)).json["remarks"] == ["first visit", "heavy"]
    assert weigh(client, scale, plate, seed.integer(*LIGHT)).json["remarks"] == [], symptom("left-over")
    refused = weigh(client, scale, plate, seed.integer(*REFUSED))
    assert refused.status_code == 409
    assert refused.json["remarks"] == ["heavy"], symptom("left-over")
    assert weigh(client, scale, plate, seed.integer(*LIGHT)).json["remarks"] == [], symptom("left-over")


@pytest.mark.check("ticket-header", concept="after-this-request")
def test_the_header_of_a_ticket(client, seed, symptom):
    """X-Ticket is on the response that wrote the ticket, and on no later one."""
    scale = seed.word()
    first = weigh(client, scale, seed.word(), seed.integer(*LIGHT))
    assert first.headers.getlist("X-Ticket") == [str(first.json["id"])]
    second = weigh(client, scale, seed.word(), seed.integer(*LIGHT))
    seen = second.headers.getlist("X-Ticket")
    assert str(first.json["id"]) not in seen, symptom("earlier-hook-ran")
    assert seen == [str(second.json["id"])]
    refused = weigh(client, scale, seed.word(), seed.integer(*REFUSED))
    for response in (refused, client.get("/weighings"), client.get("/health")):
        assert "X-Ticket" not in response.headers, symptom("header-stays")


@pytest.mark.check("last-ticket-kept", concept="g-lifetime")
def test_the_last_ticket_of_a_browser(client, seed, symptom):
    """A browser finds the last ticket that it has written, also after several other requests."""
    scale = seed.word()
    assert client.get("/weighings/last").status_code == 404
    for _ in range(2):
        made = weigh(client, scale, seed.word(), seed.integer(*LIGHT), seed.name())
        assert client.get("/weighings").status_code == 200
        assert weigh(client, scale, seed.word(), seed.integer(*REFUSED)).status_code == 409
        found = client.get("/weighings/last")
        assert found.status_code == 200, symptom("forgotten")
        assert found.json == {key: value for key, value in made.json.items() if key != "remarks"}


@pytest.mark.check("last-ticket-own", concept="g-lifetime")
def test_two_browsers_have_their_own_last_tickets(app, seed, symptom):
    """A browser never sees the last ticket of another browser."""
    scale = seed.word()
    mine, yours, nobodys = app.test_client(), app.test_client(), app.test_client()
    first = weigh(mine, scale, seed.word(), seed.integer(*LIGHT))
    second = weigh(yours, scale, seed.word(), seed.integer(*LIGHT))
    for client, made in ((mine, first), (yours, second)):
        found = client.get("/weighings/last")
        assert found.status_code == 200, symptom("forgotten")
        assert found.json["id"] == made.json["id"], symptom("somebody-elses")
    assert nobodys.get("/weighings/last").status_code == 404, symptom("somebody-elses")


@pytest.mark.check("refused-leaves-nothing", concept="app-context-teardown")
def test_a_refused_weighing_is_undone(client, seed, symptom):
    """A refused weighing leaves no ticket behind, and its lorry is still new, whatever is written afterwards."""
    scale, plate = seed.word(), seed.word()
    assert weigh(client, scale, plate, seed.integer(*REFUSED)).status_code == 409
    made = weigh(client, scale, seed.word(), seed.integer(*LIGHT))
    assert made.status_code == 201
    listed = [ticket["id"] for ticket in client.get("/weighings").json]
    assert listed == [made.json["id"]], symptom("refused-ticket-kept")
    back = weigh(client, scale, plate, seed.integer(*LIGHT))
    assert "first visit" in back.json["remarks"]


@pytest.mark.check("request-closes", concept="app-context-teardown")
def test_a_request_closes_its_connection(client, seed, symptom):
    """After each request, answered with success or with an error, no connection is open."""
    scale = seed.word()
    assert connections(client) == 0, symptom("open-from-the-start")
    answers = [
        (weigh, (client, scale, seed.word(), seed.integer(*LIGHT)), 201),
        (weigh, (client, scale, seed.word(), seed.integer(*REFUSED)), 409),
        (client.get, ("/weighings",), 200),
        (client.get, (f"/reports/{seed.integer(100, 999)}",), 404),
        (client.post, ("/weighings",), 400),
    ]
    for ask, arguments, status in answers:
        response = ask(*arguments) if status != 400 else client.post("/weighings", json={"scale": scale})
        assert response.status_code == status
        assert connections(client) == 0, symptom("left-open")


@pytest.mark.check("one-connection-each", concept="app-context-teardown")
def test_connections_of_requests_that_wait(live, at_once, eventually, seed, symptom):
    """While several weighings wait, each has at most one connection open, and afterwards none is."""
    server = live()
    scales = seed.words(3)

    def drive():
        client = server.client()
        assert eventually(lambda: client.get("/scales").json == dict.fromkeys(scales, 1))
        held = connections(client)
        for scale in scales:
            report_weight(client, scale, seed.integer(*LIGHT))
        return held

    def starter_of(scale, plate):
        return lambda: start_weighing(server.client(), scale, plate)

    *responses, held = at_once(*(starter_of(scale, seed.word()) for scale in scales), drive)
    assert [response.status_code for response in responses] == [201, 201, 201]
    assert held <= len(scales), symptom("more-than-one-each")
    client = server.client()
    assert eventually(lambda: connections(client) == 0), symptom("left-open")
