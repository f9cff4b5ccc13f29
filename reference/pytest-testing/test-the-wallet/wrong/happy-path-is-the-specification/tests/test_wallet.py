"""Everything that the app is there for is tested well; what it is there to refuse is not."""

import pytest


@pytest.fixture
def api(client):
    class Api:
        def open(self, owner, amount=0):
            wallet_id = client.post("/wallets", json={"owner": owner}).json["id"]
            if amount:
                self.deposit(wallet_id, amount)
            return wallet_id

        def deposit(self, wallet_id, amount):
            response = client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})
            assert response.status_code == 201

        def balance(self, wallet_id):
            return client.get(f"/wallets/{wallet_id}").json["balance"]

        def owners(self):
            return [wallet["owner"] for wallet in client.get("/wallets").json["wallets"]]

    return Api()


def test_a_new_wallet_is_empty(client, api):
    response = client.post("/wallets", json={"owner": "Kim"})
    assert response.status_code == 201
    assert api.balance(response.json["id"]) == 0


def test_wallets_are_listed_by_owner(api):
    for owner in ["Lou", "Kim", "Max"]:
        api.open(owner)
    assert api.owners() == ["Kim", "Lou", "Max"]


def test_deposits_are_kept(api):
    kim, lou = api.open("Kim"), api.open("Lou")
    api.deposit(kim, 1_000_000)
    api.deposit(kim, 1)
    api.deposit(lou, 20)
    assert (api.balance(kim), api.balance(lou)) == (1_000_001, 20)


@pytest.mark.parametrize("amount", [1, 40, 100])
def test_money_is_sent(client, api, amount):
    kim, lou = api.open("Kim", 100), api.open("Lou", 5)
    response = client.post("/transfers", json={"from": kim, "to": lou, "amount": amount})
    assert response.status_code == 201
    assert (api.balance(kim), api.balance(lou)) == (100 - amount, 5 + amount)


def test_a_wallet_is_closed(client, api):
    kim = api.open("Kim")
    api.open("Lou")
    assert client.delete(f"/wallets/{kim}").status_code == 204
    assert api.owners() == ["Lou"]


@pytest.mark.parametrize(
    ("args", "paid", "balances"),
    [
        (["9"], 2, (9, 109)),
        (["9", "--at-least", "100"], 1, (0, 109)),
        (["1000000"], 2, (1_000_000, 1_000_100)),
    ],
)
def test_a_bonus_is_paid(runner, api, args, paid, balances):
    kim, lou = api.open("Kim"), api.open("Lou", 100)
    result = runner.invoke(["pay-bonus", *args])
    assert result.exit_code == 0
    assert f"paid: {paid}" in result.output
    assert (api.balance(kim), api.balance(lou)) == balances
