"""Each rule is tested with a value that clearly keeps it and one that clearly breaks it."""

import pytest


@pytest.fixture
def make(client):
    def make(owner, amount=0):
        wallet_id = client.post("/wallets", json={"owner": owner}).json["id"]
        if amount:
            client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})
        return wallet_id

    return make


@pytest.fixture
def balance(client):
    return lambda wallet_id: client.get(f"/wallets/{wallet_id}").json["balance"]


def refused(response, status):
    return response.status_code == status and bool(response.json["error"])


def test_list(client, make):
    for owner in ["Nora", "Liv", "Mats"]:
        make(owner)
    assert [wallet["owner"] for wallet in client.get("/wallets").json["wallets"]] == ["Liv", "Mats", "Nora"]


def test_no_owner(client):
    assert refused(client.post("/wallets", json={"owner": ""}), 400)
    assert client.get("/wallets").json["wallets"] == []


def test_unknown(client):
    assert refused(client.get("/wallets/424242"), 404)


def test_deposit(client, make, balance):
    liv = make("Liv", 1200)
    response = client.post(f"/wallets/{liv}/deposits", json={"amount": 300})
    assert response.status_code == 201
    assert balance(liv) == 1500


@pytest.mark.parametrize("amount", [-500, 50_000_000, 12.5, "300", None])
def test_deposit_refused(client, make, balance, amount):
    liv = make("Liv", 1200)
    assert refused(client.post(f"/wallets/{liv}/deposits", json={"amount": amount}), 400)
    assert balance(liv) == 1200


def test_transfer(client, make, balance):
    liv, mats = make("Liv", 1200), make("Mats", 100)
    response = client.post("/transfers", json={"from": liv, "to": mats, "amount": 700})
    assert response.status_code == 201
    assert (balance(liv), balance(mats)) == (500, 800)


def test_transfer_refused(client, make, balance):
    liv, mats = make("Liv", 1200), make("Mats", 100)
    assert refused(client.post("/transfers", json={"from": liv, "to": mats, "amount": 9000}), 409)
    assert refused(client.post("/transfers", json={"from": liv, "to": 424242, "amount": 700}), 404)
    assert refused(client.post("/transfers", json={"from": liv, "to": mats, "amount": -700}), 400)
    assert (balance(liv), balance(mats)) == (1200, 100)


def test_close(client, make):
    liv = make("Liv")
    assert client.delete(f"/wallets/{liv}").status_code == 204
    assert client.get(f"/wallets/{liv}").status_code == 404


def test_close_refused(client, make, balance):
    liv = make("Liv", 1200)
    assert refused(client.delete(f"/wallets/{liv}"), 409)
    assert balance(liv) == 1200


@pytest.mark.parametrize(("args", "expected"), [(["500"], [1700, 510]), (["500", "--at-least", "600"], [1700, 10])])
def test_bonus(runner, make, balance, args, expected):
    wallets = [make("Liv", 1200), make("Mats", 10)]
    assert runner.invoke(["pay-bonus", *args]).exit_code == 0
    assert [balance(wallet_id) for wallet_id in wallets] == expected


@pytest.mark.parametrize("amount", ["-500", "50000000", "lots"])
def test_bonus_refused(runner, make, balance, amount):
    liv = make("Liv", 1200)
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0
    assert balance(liv) == 1200
