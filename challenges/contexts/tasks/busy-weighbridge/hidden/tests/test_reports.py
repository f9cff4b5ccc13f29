"""Reports, made by threads and by the command. A report waits while a weighing does, so its request is over."""

import pytest

UNATTENDED = "unattended"
PRICE = 1200  # the default


def weigh(client, scale, kilograms, plate):
    """A weighing that needn't wait, since the scale has reported first."""
    assert client.post(f"/scales/{scale}/weights", json={"kilograms": kilograms}).status_code == 204
    response = client.post("/weighings", json={"scale": scale, "plate": plate})
    assert response.status_code == 201


def fill(client, seed, tickets):
    """Writes so many tickets; gives the sum of their weights."""
    scale = seed.word()
    weights = [seed.integer(1_000, 30_000) for _ in range(tickets)]
    for kilograms in weights:
        weigh(client, scale, kilograms, seed.word())
    return sum(weights)


def ask(client, operator=None, agent=None):
    """Asks for a report; gives its address."""
    headers = {name: value for name, value in (("X-Operator", operator), ("User-Agent", agent)) if value}
    response = client.post("/reports", headers=headers)
    assert response.status_code == 202
    return f"/reports/{response.json['id']}"


def finished(client, address, eventually):
    """The report when it is done."""
    assert eventually(lambda: client.get(address).json["state"] == "done"), "the report is never done"
    return client.get(address).json


def numbers(report):
    return report["tickets"], report["kilograms"], report["amount"]


@pytest.fixture
def with_waiting_lorry(at_once, eventually, seed):
    """``with_waiting_lorry(server, act)`` does ``act`` while a weighing waits, then lets that go; gives its result."""

    def run(server, act):
        scale, plate, kilograms = seed.word(), seed.word(), seed.integer(1_000, 30_000)

        def drive():
            client = server.client()
            assert eventually(lambda: client.get("/scales").json == {scale: 1})
            try:
                return act(client)
            finally:
                client.post(f"/scales/{scale}/weights", json={"kilograms": kilograms})

        weighing = {"scale": scale, "plate": plate}
        response, result = at_once(lambda: server.client().post("/weighings", json=weighing), drive)
        assert response.status_code == 201
        return result

    return run


@pytest.mark.check("report-answers", concept="threads")
def test_a_report_is_made_later(live, eventually, with_waiting_lorry, seed):
    """A report is promised at once, runs while a weighing waits, and is done afterwards with the right numbers."""
    server = live()
    client = server.client()
    kilograms = fill(client, seed, 3)
    report = finished(client, ask(client, seed.name(), seed.word()), eventually)
    assert numbers(report) == (3, kilograms, kilograms * PRICE // 1000)

    def act(client):
        address = ask(client)
        return address, client.get(address).json["state"]

    address, state = with_waiting_lorry(server, act)
    assert state == "running"
    finished(client, address, eventually)
    assert [f"/reports/{report['id']}" for report in client.get("/reports").json][-1] == address
    assert client.get(f"/reports/{seed.integer(100, 999)}").status_code == 404


@pytest.mark.check("report-operator", concept="threads", points=2)
def test_a_report_names_who_asked(live, eventually, with_waiting_lorry, seed, symptom):
    """Reports that are made after their requests have ended name the operator and agent of these requests."""
    server = live()
    people = [(seed.name(), seed.word()) for _ in range(2)]

    def act(client):
        addresses = [ask(client, *person) for person in people]
        client.get("/weighings", headers={"X-Operator": seed.name(), "User-Agent": seed.word()})
        return addresses

    addresses = with_waiting_lorry(server, act)
    client = server.client()
    reports = [finished(client, address, eventually) for address in addresses]
    operators = [report["operator"] for report in reports]
    assert UNATTENDED not in operators, symptom("unattended")
    assert operators == [operator for operator, _ in people], symptom("somebody-else")
    assert [report["agent"] for report in reports] == [agent for _, agent in people]


@pytest.mark.check("report-config", concept="threads")
def test_a_report_uses_the_configuration(make_app, live, eventually, seed, symptom):
    """A report calculates with the price that its app is configured with."""
    price = seed.integer(2_000, 9_000)
    client = live(make_app({"PRICE": price})).client()
    kilograms = fill(client, seed, 2)
    amount = finished(client, ask(client), eventually)["amount"]
    assert amount != kilograms * PRICE // 1000, symptom("default-price")
    assert amount == kilograms * price // 1000


@pytest.mark.check("report-closes", concept="app-context-teardown")
def test_a_report_closes_its_connection(live, eventually, seed, symptom):
    """Soon after reports are done no connection is open."""
    client = live().client()
    for address in [ask(client, seed.name()) for _ in range(seed.integer(1, 3))]:
        finished(client, address, eventually)
    assert eventually(lambda: client.get("/health").json["connections"] == 0), symptom("left-open")


@pytest.mark.check("report-two-apps", concept="unwrapping")
def test_reports_of_two_apps(make_app, live, eventually, seed, symptom):
    """With two apps in one process, each app's report is about its own tickets."""
    apps = [make_app(), make_app()]
    clients = [live(app).client() for app in apps]
    tickets = [seed.integer(1, 2), 3]
    sums = [fill(client, seed, count) for client, count in zip(clients, tickets, strict=True)]
    for client, count, kilograms in zip(clients, tickets, sums, strict=True):
        address = ask(client)
        done = eventually(lambda: client.get(address).json["state"] == "done")  # noqa: B023 - called at once
        assert done, symptom("other-app")
        report = client.get(address).json
        assert (report["tickets"], report["kilograms"]) == (count, kilograms), symptom("other-app")


@pytest.mark.check("command-works", concept="contexts-in-commands", points=2)
def test_the_command(client, runner, seed, symptom):
    """The command makes a report without any request, unattended, from the console, whatever was sent before."""
    kilograms = fill(client, seed, 2)
    client.get("/weighings", headers={"X-Operator": seed.name(), "User-Agent": seed.word()})
    result = runner.invoke(["report"])
    assert "outside of request context" not in result.exception, symptom("needs-a-request")
    assert result.exit_code == 0
    (report,) = client.get("/reports").json
    assert (report["state"], report["operator"], report["agent"]) == ("done", UNATTENDED, "console")
    assert numbers(report) == (2, kilograms, kilograms * PRICE // 1000)


@pytest.mark.check("command-operator", concept="contexts-in-commands")
def test_the_operator_of_a_command(client, runner, seed):
    """The command's report has the operator that its option names."""
    operator = seed.name()
    assert runner.invoke(["report", "--operator", operator]).exit_code == 0
    assert runner.invoke(["report"]).exit_code == 0
    first, second = client.get("/reports").json
    assert first["operator"] == operator
    assert second["operator"] == UNATTENDED


@pytest.mark.check("command-closes", concept="app-context-teardown")
def test_a_command_closes_its_connection(client, runner, seed, symptom):
    """After the command no connection is open."""
    for _ in range(2):
        assert runner.invoke(["report", "--operator", seed.name()]).exit_code == 0
        assert client.get("/health").json["connections"] == 0, symptom("left-open")
