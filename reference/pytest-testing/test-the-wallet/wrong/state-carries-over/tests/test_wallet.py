"""Written as one long session: later tests look at wallets that earlier ones are thought to have left."""

from itertools import pairwise

import pytest


def open_wallet(client, owner, *amounts):
    wallet_id = client.post("/wallets", json={"owner": owner}).json["id"]
    for amount in amounts:
        client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})
    return wallet_id


def all_wallets(client):
    return client.get("/wallets").json["wallets"]


def balance(client, wallet_id):
    return client.get(f"/wallets/{wallet_id}").json["balance"]


def assert_refused(response, status):
    assert response.status_code == status
    assert response.json["error"]


def test_1_open_some_wallets(client):
    for owner in ["Pia", "Otto", "Quinn"]:
        wallet_id = open_wallet(client, owner)
        assert balance(client, wallet_id) == 0


def test_2_deposit_into_them(client):
    pia = open_wallet(client, "Pia", 100, 50)
    assert balance(client, pia) == 150
    open_wallet(client, "Otto")


@pytest.mark.parametrize(("amount", "status"), [(1_000_000, 201), (1_000_001, 400), (0, 400), (-1, 400), ("1", 400)])
def test_3_deposit_limits(client, amount, status):
    quinn = open_wallet(client, "Quinn")
    assert client.post(f"/wallets/{quinn}/deposits", json={"amount": amount}).status_code == status


def test_4_wallets_are_sorted(client):
    for first, second in pairwise(all_wallets(client)):
        assert first["owner"] <= second["owner"]


@pytest.mark.parametrize("amount", [1, 99, 100])
def test_5_transfer(client, amount):
    pia, otto = open_wallet(client, "Pia", 100), open_wallet(client, "Otto", 10)
    response = client.post("/transfers", json={"from": pia, "to": otto, "amount": amount})
    assert response.status_code == 201
    assert balance(client, pia) == 100 - amount
    assert balance(client, otto) == 10 + amount


def test_6_refused_transfers(client):
    pia, otto = open_wallet(client, "Pia", 100), open_wallet(client, "Otto", 10)
    for recipient, amount, status in [(otto, 101, 409), (pia + otto, 5, 404), (pia, 5, 400), (otto, 0, 400)]:
        body = {"from": pia, "to": recipient, "amount": amount}
        assert_refused(client.post("/transfers", json=body), status)
    assert balance(client, pia) == 100
    assert balance(client, otto) == 10


def test_7_bonus_for_the_rich(client, runner):
    before = all_wallets(client)
    assert runner.invoke(["pay-bonus", "25", "--at-least", "100"]).exit_code == 0
    for wallet in before:
        bonus = 25 if wallet["balance"] >= 100 else 0
        assert balance(client, wallet["id"]) == wallet["balance"] + bonus


def test_8_bonus_for_all(client, runner):
    before = all_wallets(client)
    result = runner.invoke(["pay-bonus", "25"])
    assert result.exit_code == 0
    assert f"paid: {len(before)}" in result.output
    for wallet in before:
        assert balance(client, wallet["id"]) == wallet["balance"] + 25


@pytest.mark.parametrize("amount", ["0", "1000001", "oops"])
def test_8_refused_bonus(runner, amount):
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0


def test_9_close_what_is_empty(client):
    for wallet in all_wallets(client):
        if wallet["balance"] == 0:
            assert client.delete(f"/wallets/{wallet['id']}").status_code == 204
            assert_refused(client.get(f"/wallets/{wallet['id']}"), 404)


def test_9_close_with_money(client):
    pia = open_wallet(client, "Pia", 1)
    assert_refused(client.delete(f"/wallets/{pia}"), 409)
    assert balance(client, pia) == 1
