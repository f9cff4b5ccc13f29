"""Every request is made, and its status checked; a right status is taken for the work done."""

import pytest


def open_wallet(client, owner="Ada", amount=None):
    response = client.post("/wallets", json={"owner": owner})
    assert response.status_code == 201
    wallet_id = response.json["id"]
    if amount:
        deposit(client, wallet_id, amount, 201)
    return wallet_id


def deposit(client, wallet_id, amount, status):
    assert client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount}).status_code == status


def transfer(client, sender, recipient, amount, status):
    body = {"from": sender, "to": recipient, "amount": amount}
    assert client.post("/transfers", json=body).status_code == status


def test_open_and_show(client):
    wallet_id = open_wallet(client)
    assert client.get(f"/wallets/{wallet_id}").status_code == 200
    assert client.get("/wallets").status_code == 200


@pytest.mark.parametrize("owner", ["", " ", None, 1])
def test_owner_needed(client, owner):
    assert client.post("/wallets", json={"owner": owner}).status_code == 400


@pytest.mark.parametrize(
    ("amount", "status"),
    [(1, 201), (50, 201), (1_000_000, 201), (1_000_001, 400), (0, 400), (-1, 400), ("5", 400), (True, 400)],
)
def test_deposit(client, amount, status):
    deposit(client, open_wallet(client), amount, status)


@pytest.mark.parametrize(("amount", "status"), [(1, 201), (99, 201), (100, 201), (101, 409), (0, 400)])
def test_transfer(client, amount, status):
    transfer(client, open_wallet(client, "Ada", 100), open_wallet(client, "Bob"), amount, status)


def test_transfer_between_wrong_wallets(client):
    wallet_id = open_wallet(client, "Ada", 100)
    transfer(client, wallet_id, wallet_id, 5, 400)
    transfer(client, wallet_id, wallet_id + 1, 5, 404)
    transfer(client, wallet_id + 1, wallet_id, 5, 404)


def test_close(client):
    wallet_id = open_wallet(client)
    assert client.delete(f"/wallets/{wallet_id}").status_code == 204
    assert client.get(f"/wallets/{wallet_id}").status_code == 404
    assert client.delete(f"/wallets/{wallet_id}").status_code == 404


def test_close_with_money(client):
    assert client.delete(f"/wallets/{open_wallet(client, amount=5)}").status_code == 409


@pytest.mark.parametrize("args", [["50"], ["50", "--at-least", "10"], ["1000000"]])
def test_bonus(client, runner, args):
    open_wallet(client, "Ada", 100)
    open_wallet(client, "Bob")
    assert runner.invoke(["pay-bonus", *args]).exit_code == 0


@pytest.mark.parametrize("amount", ["0", "1000001", "-1", "much"])
def test_refused_bonus(runner, amount):
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0
