"""Wallets are opened, shown, listed, filled and closed."""

import pytest

NO_AMOUNTS = [0, -1, 1_000_001, 2.5, "100", True, None]


@pytest.fixture
def open_wallet(client):
    def open_wallet(owner="Ada", balance=0):
        wallet = client.post("/wallets", json={"owner": owner}).json
        if balance:
            client.post(f"/wallets/{wallet['id']}/deposits", json={"amount": balance})
        return wallet["id"]

    return open_wallet


@pytest.fixture
def balance(client):
    return lambda wallet_id: client.get(f"/wallets/{wallet_id}").json["balance"]


def assert_refused(response, status):
    assert response.status_code == status
    assert isinstance(response.json["error"], str)
    assert response.json["error"]


def owners(client):
    return [wallet["owner"] for wallet in client.get("/wallets").json["wallets"]]


def test_there_are_no_wallets_at_first(client):
    response = client.get("/wallets")
    assert response.status_code == 200
    assert response.json["wallets"] == []


def test_an_opened_wallet_is_empty_and_can_be_read_back(client):
    opened = client.post("/wallets", json={"owner": "Ada"})
    assert opened.status_code == 201
    assert opened.json["owner"] == "Ada"
    assert opened.json["balance"] == 0

    shown = client.get(f"/wallets/{opened.json['id']}")
    assert shown.status_code == 200
    assert shown.json["id"] == opened.json["id"]
    assert shown.json["owner"] == "Ada"
    assert shown.json["balance"] == 0


@pytest.mark.parametrize("body", [{}, {"owner": ""}, {"owner": "  "}, {"owner": 7}, {"owner": None}, ["Ada"]])
def test_a_wallet_needs_an_owner(client, body):
    assert_refused(client.post("/wallets", json=body), 400)
    assert owners(client) == []


def test_the_list_is_sorted_by_owner(client, open_wallet):
    for owner in ["Mia", "Zoe", "Ada"]:
        open_wallet(owner)
    assert owners(client) == ["Ada", "Mia", "Zoe"]


def test_the_list_shows_each_wallet_as_it_is(client, open_wallet):
    mia, ada = open_wallet("Mia", balance=70), open_wallet("Ada")
    listed = [(w["id"], w["owner"], w["balance"]) for w in client.get("/wallets").json["wallets"]]
    assert listed == [(ada, "Ada", 0), (mia, "Mia", 70)]


def test_what_does_not_exist_is_not_found(client, open_wallet):
    unknown = open_wallet() + 1
    assert_refused(client.get(f"/wallets/{unknown}"), 404)
    assert_refused(client.delete(f"/wallets/{unknown}"), 404)
    assert_refused(client.post(f"/wallets/{unknown}/deposits", json={"amount": 5}), 404)


def test_deposits_add_up_in_their_own_wallet(client, open_wallet, balance):
    other, wallet = open_wallet("Other", balance=7), open_wallet()
    for amount, total in [(30, 30), (12, 42)]:
        response = client.post(f"/wallets/{wallet}/deposits", json={"amount": amount})
        assert response.status_code == 201
        assert response.json["id"] == wallet
        assert response.json["balance"] == total
        assert balance(wallet) == total
    assert balance(other) == 7


@pytest.mark.parametrize("amount", [1, 1_000_000])
def test_the_smallest_and_the_largest_amount_are_deposited(client, open_wallet, balance, amount):
    wallet = open_wallet()
    response = client.post(f"/wallets/{wallet}/deposits", json={"amount": amount})
    assert response.status_code == 201
    assert balance(wallet) == amount


@pytest.mark.parametrize("body", [{}, [5], *({"amount": amount} for amount in NO_AMOUNTS)])
def test_what_is_no_amount_is_not_deposited(client, open_wallet, balance, body):
    wallet = open_wallet(balance=40)
    assert_refused(client.post(f"/wallets/{wallet}/deposits", json=body), 400)
    assert balance(wallet) == 40


def test_a_closed_wallet_is_gone(client, open_wallet):
    kept, closed = open_wallet("Kept"), open_wallet("Closed")
    assert client.delete(f"/wallets/{closed}").status_code == 204
    assert_refused(client.get(f"/wallets/{closed}"), 404)
    assert_refused(client.delete(f"/wallets/{closed}"), 404)
    assert client.get(f"/wallets/{kept}").status_code == 200
    assert owners(client) == ["Kept"]


def test_a_wallet_with_money_stays_open(client, open_wallet, balance):
    wallet = open_wallet(balance=1)
    assert_refused(client.delete(f"/wallets/{wallet}"), 409)
    assert balance(wallet) == 1
