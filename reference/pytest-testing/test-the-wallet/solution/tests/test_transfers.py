"""Money moves from one wallet to another, or not at all."""

import pytest


@pytest.fixture
def wallets(client):
    """The ids of a wallet with 100 in it, and of one with 20."""
    ids = []
    for owner, amount in [("Ada", 100), ("Bob", 20)]:
        ids.append(client.post("/wallets", json={"owner": owner}).json["id"])
        client.post(f"/wallets/{ids[-1]}/deposits", json={"amount": amount})
    return ids


@pytest.fixture
def balances(client, wallets):
    return lambda: [client.get(f"/wallets/{wallet_id}").json["balance"] for wallet_id in wallets]


@pytest.fixture
def send(client):
    def send(sender, recipient, amount):
        return client.post("/transfers", json={"from": sender, "to": recipient, "amount": amount})

    return send


def assert_refused(response, status):
    assert response.status_code == status
    assert isinstance(response.json["error"], str)
    assert response.json["error"]


@pytest.mark.parametrize("amount", [1, 30, 99, 100])
def test_a_transfer_moves_money(wallets, balances, send, amount):
    ada, bob = wallets
    response = send(ada, bob, amount)
    assert response.status_code == 201
    assert (response.json["from"], response.json["to"], response.json["amount"]) == (ada, bob, amount)
    assert balances() == [100 - amount, 20 + amount]


def test_a_transfer_leaves_a_third_wallet_alone(client, wallets, send):
    third = client.post("/wallets", json={"owner": "Cid"}).json["id"]
    send(*wallets, 30)
    assert client.get(f"/wallets/{third}").json["balance"] == 0


def test_an_overdraft_is_refused(wallets, balances, send):
    assert_refused(send(*wallets, 101), 409)
    assert balances() == [100, 20]


@pytest.mark.parametrize("amount", [0, -5, 1_000_001, 0.5, "10", True, None])
def test_what_is_no_amount_is_not_sent(wallets, balances, send, amount):
    assert_refused(send(*wallets, amount), 400)
    assert balances() == [100, 20]


def test_nothing_is_sent_to_or_from_an_unknown_wallet(wallets, balances, send):
    ada, unknown = wallets[0], sum(wallets)
    assert_refused(send(ada, unknown, 10), 404)
    assert_refused(send(unknown, ada, 10), 404)
    assert balances() == [100, 20]


def test_a_wallet_does_not_send_to_itself(wallets, balances, send):
    assert_refused(send(wallets[0], wallets[0], 10), 400)
    assert balances() == [100, 20]


@pytest.mark.parametrize("missing", ["from", "to", "amount"])
def test_a_transfer_names_everything(client, wallets, balances, missing):
    body = {"from": wallets[0], "to": wallets[1], "amount": 10}
    del body[missing]
    assert_refused(client.post("/transfers", json=body), 400)
    assert balances() == [100, 20]
