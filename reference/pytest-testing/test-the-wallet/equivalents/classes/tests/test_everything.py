"""The same ground covered by classes around a small driver that speaks the wallet's language."""

from http import HTTPStatus

import pytest


class Bank:
    """Speaks to the app; what it is asked to do must work, unless `refused` says otherwise."""

    def __init__(self, client):
        self.client = client

    def open(self, owner, cents=0):
        response = self.client.post("/wallets", json={"owner": owner})
        assert response.status_code == HTTPStatus.CREATED
        assert response.get_json().items() >= {"owner": owner, "balance": 0}.items()
        key = response.get_json()["id"]
        if cents:
            self.put(key, cents)
        return key

    def put(self, key, cents):
        response = self.client.post(f"/wallets/{key}/deposits", json={"amount": cents})
        assert response.status_code == HTTPStatus.CREATED
        return response.get_json()

    def move(self, source, target, cents):
        return self.client.post("/transfers", json={"from": source, "to": target, "amount": cents})

    def holds(self, key):
        response = self.client.get(f"/wallets/{key}")
        assert response.status_code == HTTPStatus.OK
        return response.get_json()["balance"]

    def all(self):
        return self.client.get("/wallets").get_json()["wallets"]


@pytest.fixture
def bank(client):
    return Bank(client)


def refused(response, status):
    message = (response.get_json() or {}).get("error")
    return response.status_code == status and isinstance(message, str) and len(message) > 0


class TestOpening:
    def test_shows_up_in_the_right_place(self, bank):
        keys = {owner: bank.open(owner) for owner in ("Carla", "Anton", "Berta")}
        assert [wallet["id"] for wallet in bank.all()] == [keys["Anton"], keys["Berta"], keys["Carla"]]

    def test_the_same_owner_may_come_again(self, bank):
        assert bank.open("Anton") != bank.open("Anton")
        assert len(bank.all()) == 2

    @pytest.mark.parametrize("owner", [None, "", "   ", 3, ["Anton"]])
    def test_nobody_is_refused(self, bank, owner):
        assert refused(bank.client.post("/wallets", json={"owner": owner}), 400)
        assert bank.all() == []


class TestDepositing:
    def test_is_kept(self, bank):
        key = bank.open("Anton")
        assert bank.put(key, 250)["balance"] == 250
        assert bank.put(key, 50)["balance"] == 300
        assert bank.holds(key) == 300

    @pytest.mark.parametrize("cents", [1, 2, 999_999, 1_000_000])
    def test_takes_the_whole_range(self, bank, cents):
        key = bank.open("Anton")
        bank.put(key, cents)
        assert bank.holds(key) == cents

    @pytest.mark.parametrize("cents", [-1, 0, 1_000_001, 1.5, "5", False, [], None])
    def test_takes_nothing_else(self, bank, cents):
        key = bank.open("Anton", 10)
        assert refused(bank.client.post(f"/wallets/{key}/deposits", json={"amount": cents}), 400)
        assert bank.holds(key) == 10

    def test_needs_a_wallet(self, bank):
        assert refused(bank.client.post("/wallets/123456789/deposits", json={"amount": 1}), 404)


class TestMoving:
    @pytest.fixture(autouse=True)
    def two_wallets(self, bank):
        self.rich, self.poor = bank.open("Rich", 500), bank.open("Poor")

    def expect(self, bank, rich, poor):
        assert (bank.holds(self.rich), bank.holds(self.poor)) == (rich, poor)

    @pytest.mark.parametrize("cents", [1, 499, 500])
    def test_moves(self, bank, cents):
        response = bank.move(self.rich, self.poor, cents)
        assert response.status_code == HTTPStatus.CREATED
        assert response.get_json().items() >= {"from": self.rich, "to": self.poor, "amount": cents}.items()
        self.expect(bank, 500 - cents, cents)

    @pytest.mark.parametrize("cents", [501, 1_000_000])
    def test_not_more_than_there_is(self, bank, cents):
        assert refused(bank.move(self.rich, self.poor, cents), 409)
        self.expect(bank, 500, 0)

    def test_not_to_or_from_nowhere(self, bank):
        assert refused(bank.move(self.rich, 987654321, 5), 404)
        assert refused(bank.move(987654321, self.poor, 5), 404)
        self.expect(bank, 500, 0)

    @pytest.mark.parametrize("cents", [0, -3, None])
    def test_not_without_an_amount(self, bank, cents):
        assert refused(bank.move(self.rich, self.poor, cents), 400)
        self.expect(bank, 500, 0)

    def test_not_in_a_circle(self, bank):
        assert refused(bank.move(self.rich, self.rich, 5), 400)
        self.expect(bank, 500, 0)


class TestClosing:
    def test_removes_the_wallet_and_no_other(self, bank):
        gone, kept = bank.open("Gone"), bank.open("Kept")
        assert bank.client.delete(f"/wallets/{gone}").status_code == HTTPStatus.NO_CONTENT
        assert refused(bank.client.get(f"/wallets/{gone}"), 404)
        assert [wallet["id"] for wallet in bank.all()] == [kept]

    def test_keeps_what_holds_money(self, bank):
        key = bank.open("Anton", 1)
        assert refused(bank.client.delete(f"/wallets/{key}"), 409)
        assert bank.holds(key) == 1

    def test_needs_a_wallet(self, bank):
        assert refused(bank.client.delete("/wallets/123456789"), 404)


class TestBonus:
    @pytest.fixture(autouse=True)
    def wallets(self, bank):
        self.keys = [bank.open("Anton"), bank.open("Berta", 100)]

    def after(self, bank, runner, *args):
        result = runner.invoke(["pay-bonus", *args])
        return result, [bank.holds(key) for key in self.keys]

    def test_for_all(self, bank, runner):
        result, balances = self.after(bank, runner, "25")
        assert (result.exit_code, balances) == (0, [25, 125])
        assert "paid: 2" in result.output

    @pytest.mark.parametrize(("minimum", "balances"), [("100", [0, 125]), ("101", [0, 100])])
    def test_for_some(self, bank, runner, minimum, balances):
        result, found = self.after(bank, runner, "25", "--at-least", minimum)
        assert (result.exit_code, found) == (0, balances)

    @pytest.mark.parametrize("amount", ["0", "1000001", "a lot"])
    def test_refused(self, bank, runner, amount):
        result, balances = self.after(bank, runner, amount)
        assert result.exit_code != 0
        assert balances == [0, 100]
