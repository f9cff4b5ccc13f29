"""A few long stories; after every step, all that the app knows is compared with what it should know."""


def state(client):
    """Everything there is, in the order of the list; each wallet's own address must agree with it."""
    listed = client.get("/wallets").json["wallets"]
    for wallet in listed:
        alone = client.get(f"/wallets/{wallet['id']}").json
        assert {key: alone[key] for key in ("id", "owner", "balance")} == {
            key: wallet[key] for key in ("id", "owner", "balance")
        }
    return [(wallet["owner"], wallet["balance"]) for wallet in listed]


def refuse(client, status, method, path, body=None):
    """The request is refused with this status, in JSON, and nothing has changed."""
    before = state(client)
    response = client.open(path, method=method, json=body)
    assert response.status_code == status, (method, path, body)
    assert response.is_json
    assert response.json["error"] != ""
    assert state(client) == before, (method, path, body)


def set_up(client, **balances):
    ids = {}
    for owner, balance in balances.items():
        response = client.post("/wallets", json={"owner": owner})
        assert response.status_code == 201
        ids[owner] = response.json["id"]
        while balance:
            part = min(balance, 1_000_000)
            response = client.post(f"/wallets/{ids[owner]}/deposits", json={"amount": part})
            assert response.status_code == 201
            balance -= part
            assert response.json["owner"] == owner
    return ids


def test_the_life_of_two_wallets(client):
    assert state(client) == []
    ids = set_up(client, zora=1_000_000, alma=0)
    assert state(client) == [("alma", 0), ("zora", 1_000_000)]

    for amount, alma, zora in [(1, 1, 999_999), (999_999, 1_000_000, 0)]:
        body = {"from": ids["zora"], "to": ids["alma"], "amount": amount}
        response = client.post("/transfers", json=body)
        assert response.status_code == 201
        assert all(response.json[key] == value for key, value in body.items())
        assert state(client) == [("alma", alma), ("zora", zora)]

    refuse(client, 409, "DELETE", f"/wallets/{ids['alma']}")
    assert client.delete(f"/wallets/{ids['zora']}").status_code == 204
    assert state(client) == [("alma", 1_000_000)]
    refuse(client, 404, "GET", f"/wallets/{ids['zora']}")
    refuse(client, 404, "POST", "/transfers", {"from": ids["alma"], "to": ids["zora"], "amount": 1})
    refuse(client, 404, "POST", "/transfers", {"from": ids["zora"], "to": ids["alma"], "amount": 1})


def test_everything_that_is_refused(client):
    ids = set_up(client, ed=30, flo=5)
    ed, flo = ids["ed"], ids["flo"]
    unknown = max(ids.values()) + 1
    for body in [None, [], "ed", {}, {"owner": ""}, {"owner": " "}, {"owner": 12}]:
        refuse(client, 400, "POST", "/wallets", body)
    for amount in [-1, 0, 1_000_001, 3.0, "3", True, None, [3]]:
        refuse(client, 400, "POST", f"/wallets/{ed}/deposits", {"amount": amount})
        refuse(client, 400, "POST", "/transfers", {"from": ed, "to": flo, "amount": amount})
    for body in [{"from": ed, "to": ed}, {"from": ed}, {"to": flo}, {"from": ed, "to": str(flo)}]:
        refuse(client, 400, "POST", "/transfers", {"amount": 3, **body})
    refuse(client, 409, "POST", "/transfers", {"from": ed, "to": flo, "amount": 31})
    refuse(client, 404, "GET", f"/wallets/{unknown}")
    refuse(client, 404, "DELETE", f"/wallets/{unknown}")
    refuse(client, 404, "POST", f"/wallets/{unknown}/deposits", {"amount": 3})


def test_a_round_of_bonuses(client, runner):
    set_up(client, ann=0, bob=10, cy=1_000_011)
    for args, paid, expected in [
        (["5"], 3, [5, 15, 1_000_016]),
        (["100", "--at-least", "15"], 2, [5, 115, 1_000_116]),
        (["--at-least=1000116", "1000000"], 1, [5, 115, 2_000_116]),
    ]:
        result = runner.invoke(["pay-bonus", *args])
        assert result.exit_code == 0
        lines = result.output.splitlines()
        assert [line for line in lines if line.startswith("paid:")] == [f"paid: {paid}"]
        assert [balance for _, balance in state(client)] == expected
    for amount in ["0", "1000001", "-5", "1.5", "x"]:
        before = state(client)
        assert runner.invoke(["pay-bonus", "--", amount]).exit_code not in (0, None)
        assert state(client) == before
