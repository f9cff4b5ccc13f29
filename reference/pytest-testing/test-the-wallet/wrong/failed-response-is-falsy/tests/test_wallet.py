"""What should work is asserted by the response itself, as if a bad status or exit code made it false."""

import pytest


@pytest.fixture
def opened(client):
    def opened(owner, amount=0):
        wallet_id = client.post("/wallets", json={"owner": owner}).json["id"]
        if amount:
            assert client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})
        return wallet_id

    return opened


@pytest.fixture
def balance(client):
    return lambda wallet_id: client.get(f"/wallets/{wallet_id}").json["balance"]


def refused(response, status):
    assert response.status_code == status
    return response.json["error"]


def test_opening(client, opened):
    assert client.get("/wallets")
    uma, tess = opened("Uma"), opened("Tess")
    assert client.get(f"/wallets/{uma}")
    assert [wallet["id"] for wallet in client.get("/wallets").json["wallets"]] == [tess, uma]


@pytest.mark.parametrize("owner", ["", " ", None, 8])
def test_opening_without_an_owner(client, owner):
    assert refused(client.post("/wallets", json={"owner": owner}), 400)


def test_depositing(client, opened, balance):
    uma = opened("Uma", 200)
    assert client.post(f"/wallets/{uma}/deposits", json={"amount": 50})
    assert balance(uma) == 250


@pytest.mark.parametrize("amount", [1, 999_999, 1_000_000])
def test_depositing_all_sorts_of_amounts(client, opened, amount):
    assert client.post(f"/wallets/{opened('Uma')}/deposits", json={"amount": amount})


@pytest.mark.parametrize("amount", [0, -1, 1_000_001, 1.5, "50", None])
def test_depositing_what_is_no_amount(client, opened, balance, amount):
    uma = opened("Uma", 200)
    assert refused(client.post(f"/wallets/{uma}/deposits", json={"amount": amount}), 400)
    assert balance(uma) == 200


def test_sending(client, opened, balance):
    uma, tess = opened("Uma", 200), opened("Tess", 10)
    assert client.post("/transfers", json={"from": uma, "to": tess, "amount": 30})
    assert (balance(uma), balance(tess)) == (170, 40)


def test_sending_everything(client, opened):
    assert client.post("/transfers", json={"from": opened("Uma", 200), "to": opened("Tess"), "amount": 200})


def test_sending_in_vain(client, opened, balance):
    uma, tess = opened("Uma", 200), opened("Tess", 10)
    assert refused(client.post("/transfers", json={"from": uma, "to": tess, "amount": 201}), 409)
    assert refused(client.post("/transfers", json={"from": uma, "to": uma + tess, "amount": 5}), 404)
    assert refused(client.post("/transfers", json={"from": uma, "to": uma, "amount": 5}), 400)
    assert (balance(uma), balance(tess)) == (200, 10)


def test_closing(client, opened):
    assert client.delete(f"/wallets/{opened('Uma')}")


def test_closing_in_vain(client, opened, balance):
    uma = opened("Uma", 200)
    assert refused(client.delete(f"/wallets/{uma}"), 409)
    assert refused(client.delete(f"/wallets/{uma + 1}"), 404)
    assert balance(uma) == 200


def test_bonus(runner, opened):
    opened("Uma", 200)
    assert runner.invoke(["pay-bonus", "15"])


def test_bonus_for_some(runner, opened, balance):
    opened("Uma", 200)
    tess = opened("Tess", 10)
    assert runner.invoke(["pay-bonus", "15", "--at-least", "11"])
    assert balance(tess) == 10


@pytest.mark.parametrize("amount", ["0", "1000001", "some"])
def test_bonus_in_vain(runner, amount):
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0
