"""The command pays a bonus."""

import pytest


@pytest.fixture
def wallets(client):
    """The ids of three wallets, with 0, 50 and 80 in them."""
    ids = []
    for owner, amount in [("Ada", 0), ("Bob", 50), ("Cid", 80)]:
        ids.append(client.post("/wallets", json={"owner": owner}).json["id"])
        if amount:
            client.post(f"/wallets/{ids[-1]}/deposits", json={"amount": amount})
    return ids


@pytest.fixture
def balances(client, wallets):
    return lambda: [client.get(f"/wallets/{wallet_id}").json["balance"] for wallet_id in wallets]


@pytest.mark.parametrize(
    ("options", "paid", "after"),
    [
        ([], 3, [7, 57, 87]),
        (["--at-least", "50"], 2, [0, 57, 87]),
        (["--at-least", "51"], 1, [0, 50, 87]),
        (["--at-least", "81"], 0, [0, 50, 80]),
    ],
)
def test_the_bonus_is_paid_and_counted(runner, balances, options, paid, after):
    result = runner.invoke(["pay-bonus", "7", *options])
    assert result.exit_code == 0
    assert f"paid: {paid}" in result.output.splitlines()
    assert balances() == after


def test_the_largest_bonus_is_paid(runner, balances):
    assert runner.invoke(["pay-bonus", "1000000"]).exit_code == 0
    assert balances() == [1_000_000, 1_000_050, 1_000_080]


@pytest.mark.parametrize("amount", ["0", "1000001", "2.5", "much"])
def test_what_is_no_amount_is_not_paid(runner, balances, amount):
    assert runner.invoke(["pay-bonus", amount]).exit_code != 0
    assert balances() == [0, 50, 80]


def test_a_bonus_for_nobody(runner):
    result = runner.invoke(["pay-bonus", "7"])
    assert result.exit_code == 0
    assert "paid: 0" in result.output.splitlines()
