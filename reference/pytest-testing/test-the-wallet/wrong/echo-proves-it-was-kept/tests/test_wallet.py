"""Every answer is checked thoroughly, and believed: nothing that was written is read back."""

import pytest


@pytest.fixture
def open_wallet(client):
    def open_wallet(owner, amount=0):
        response = client.post("/wallets", json={"owner": owner})
        assert response.status_code == 201
        assert response.json["owner"] == owner
        assert response.json["balance"] == 0
        wallet_id = response.json["id"]
        if amount:
            answer = client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})
            assert answer.json["balance"] == amount
        return wallet_id

    return open_wallet


def refused(response, status):
    return response.status_code == status and bool(response.json["error"])


def test_listing(client, open_wallet):
    for owner in ["Cleo", "Abel", "Bess"]:
        open_wallet(owner)
    assert [w["owner"] for w in client.get("/wallets").json["wallets"]] == ["Abel", "Bess", "Cleo"]


@pytest.mark.parametrize("owner", ["", "  ", 5, None])
def test_opening_needs_an_owner(client, owner):
    assert refused(client.post("/wallets", json={"owner": owner}), 400)


def test_depositing(client, open_wallet):
    wallet_id = open_wallet("Abel", 10)
    response = client.post(f"/wallets/{wallet_id}/deposits", json={"amount": 5})
    assert response.status_code == 201
    assert response.json["id"] == wallet_id
    assert response.json["balance"] == 15


@pytest.mark.parametrize("amount", [1, 1_000_000])
def test_depositing_at_the_limits(client, open_wallet, amount):
    response = client.post(f"/wallets/{open_wallet('Abel')}/deposits", json={"amount": amount})
    assert response.status_code == 201
    assert response.json["balance"] == amount


@pytest.mark.parametrize("amount", [0, -1, 1_000_001, 0.5, "9", None])
def test_depositing_what_is_no_amount(client, open_wallet, amount):
    assert refused(client.post(f"/wallets/{open_wallet('Abel')}/deposits", json={"amount": amount}), 400)


@pytest.mark.parametrize("amount", [1, 60, 80])
def test_transferring(client, open_wallet, amount):
    body = {"from": open_wallet("Abel", 80), "to": open_wallet("Bess"), "amount": amount}
    response = client.post("/transfers", json=body)
    assert response.status_code == 201
    assert {key: response.json[key] for key in body} == body


def test_transferring_in_vain(client, open_wallet):
    abel, bess = open_wallet("Abel", 80), open_wallet("Bess", 10)
    unknown = abel + bess
    for sender, recipient, amount, status in [
        (abel, bess, 81, 409),
        (abel, bess, 0, 400),
        (abel, abel, 5, 400),
        (abel, unknown, 5, 404),
        (unknown, bess, 5, 404),
    ]:
        body = {"from": sender, "to": recipient, "amount": amount}
        assert refused(client.post("/transfers", json=body), status)


def test_closing(client, open_wallet):
    response = client.delete(f"/wallets/{open_wallet('Abel')}")
    assert response.status_code == 204
    assert response.data == b""


def test_closing_in_vain(client, open_wallet):
    abel = open_wallet("Abel", 1)
    assert refused(client.delete(f"/wallets/{abel}"), 409)
    assert refused(client.delete(f"/wallets/{abel + 1}"), 404)
    assert refused(client.get(f"/wallets/{abel + 1}"), 404)


@pytest.mark.parametrize(("args", "paid"), [(["5"], 2), (["5", "--at-least", "50"], 1)])
def test_bonus(runner, open_wallet, args, paid):
    open_wallet("Abel", 50)
    open_wallet("Bess", 49)
    result = runner.invoke(["pay-bonus", *args])
    assert result.exit_code == 0
    assert f"paid: {paid}" in result.output.splitlines()


@pytest.mark.parametrize("amount", ["0", "1000001", "plenty"])
def test_bonus_in_vain(runner, amount):
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0
