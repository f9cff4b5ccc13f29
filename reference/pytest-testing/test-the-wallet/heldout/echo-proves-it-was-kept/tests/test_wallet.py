"""Tests of the wallets API and of the command ``flask pay-bonus``."""

import pytest

LARGEST = 1_000_000

AMOUNTS = [1, 2, 100, LARGEST - 1, LARGEST]
NO_AMOUNTS = [0, -1, -100, LARGEST + 1, 5.0, 5.5, 0.5, "5", "", "many", True, False, None, [5], {"cents": 5}]
NO_OBJECTS = [None, [], ["owner", "from", "amount"], "owner", 5, True]


# helpers


def open_wallet(client, owner="Ada", balance=0):
    response = client.post("/wallets", json={"owner": owner})
    assert response.status_code == 201
    wallet_id = response.json["id"]
    while balance > 0:
        part = min(balance, LARGEST)
        deposit(client, wallet_id, part)
        balance -= part
    return wallet_id


def deposit(client, wallet_id, amount):
    return client.post(f"/wallets/{wallet_id}/deposits", json={"amount": amount})


def transfer(client, sender, recipient, amount):
    return client.post("/transfers", json={"from": sender, "to": recipient, "amount": amount})


def listed(client):
    response = client.get("/wallets")
    assert response.status_code == 200
    return response.json["wallets"]


def assert_wallet(response, status, wallet_id, owner, balance):
    assert response.status_code == status
    assert response.json["id"] == wallet_id
    assert response.json["owner"] == owner
    assert response.json["balance"] == balance


def assert_refused(response, status):
    assert response.status_code == status
    error = response.json["error"]
    assert isinstance(error, str)
    assert error


def assert_paid(result, number):
    assert result.exit_code == 0
    assert f"paid: {number}" in result.output.splitlines()


def pay_bonus(runner, *args):
    return runner.invoke(["pay-bonus", *map(str, args)])


@pytest.fixture
def three(client):
    """The ids of Ada with 100, Bob with 30, and Cleo with 500."""
    return [open_wallet(client, "Ada", 100), open_wallet(client, "Bob", 30), open_wallet(client, "Cleo", 500)]


# opening


def test_open(client):
    response = client.post("/wallets", json={"owner": "Ada"})
    assert isinstance(response.json["id"], int)
    assert_wallet(response, 201, response.json["id"], "Ada", 0)


def test_owner_is_kept_as_sent(client):
    for owner in ["ada", "  Ada", "Ada  ", " Ada   Lovelace ", "Zoë Ødegård", "5", "O'Neil <b>&amp;", "x" * 300]:
        response = client.post("/wallets", json={"owner": owner})
        assert_wallet(response, 201, response.json["id"], owner, 0)


def test_open_refuses_owners(client):
    for owner in ["", " ", "     ", None, 5, 0, 1.5, True, False, ["Ada"], {"name": "Ada"}]:
        assert_refused(client.post("/wallets", json={"owner": owner}), 400)


def test_open_needs_an_owner(client):
    assert_refused(client.post("/wallets", json={}), 400)
    assert_refused(client.post("/wallets", json={"name": "Ada"}), 400)


def test_same_owner_has_several_wallets(client):
    first, second = open_wallet(client, "Ada", 70), open_wallet(client, "Ada")
    assert first != second
    assert client.delete(f"/wallets/{second}").status_code == 204


# listing and showing


def test_list_is_empty_at_first(client):
    assert listed(client) == []


def test_list_is_sorted_by_owner(client):
    owners = ["Cleo", "Ada", "Emil", "Bob", "Dana", "Ada", "Zeno", "Fay"]
    for owner in owners:
        open_wallet(client, owner)
    assert [wallet["owner"] for wallet in listed(client)] == sorted(owners)


def test_list_stays_sorted_when_wallets_change(client):
    cleo, ada, bob = open_wallet(client, "Cleo", 10), open_wallet(client, "Ada", 10), open_wallet(client, "Bob", 10)
    deposit(client, ada, 500)
    transfer(client, cleo, bob, 7)
    shown = [(wallet["owner"], wallet["balance"]) for wallet in listed(client)]
    assert shown == [("Ada", 510), ("Bob", 17), ("Cleo", 3)]


def test_many_wallets(client):
    for letter in "qwertzuiopasdfghjklyxcvbnm":
        open_wallet(client, f"Owner {letter}")
    assert len(listed(client)) == 26


def test_show(client, three):
    for wallet_id, owner, balance in zip(three, ["Ada", "Bob", "Cleo"], [100, 30, 500], strict=True):
        assert_wallet(client.get(f"/wallets/{wallet_id}"), 200, wallet_id, owner, balance)


def test_unknown_wallet(client, three):
    unknown = max(three) + 1000
    assert_refused(client.get(f"/wallets/{unknown}"), 404)
    assert_refused(client.delete(f"/wallets/{unknown}"), 404)
    assert_refused(deposit(client, unknown, 5), 404)


# closing


def test_closed_wallet_does_not_exist(client):
    closed = open_wallet(client, "Bob")
    assert client.delete(f"/wallets/{closed}").status_code == 204


def test_close_needs_an_empty_wallet(client):
    for balance in [1, 100, LARGEST]:
        wallet_id = open_wallet(client, "Ada", balance)
        assert_refused(client.delete(f"/wallets/{wallet_id}"), 409)


# deposits


def test_deposit(client, three):
    ada, bob, _ = three
    assert_wallet(deposit(client, bob, 250), 201, bob, "Bob", 280)
    assert_wallet(deposit(client, bob, 5), 201, bob, "Bob", 285)
    assert_wallet(deposit(client, ada, 1), 201, ada, "Ada", 101)


def test_deposit_valid_amounts(client):
    for amount in AMOUNTS:
        wallet_id = open_wallet(client)
        assert_wallet(deposit(client, wallet_id, amount), 201, wallet_id, "Ada", amount)


def test_deposit_invalid_amounts(client, three):
    for amount in NO_AMOUNTS:
        assert_refused(deposit(client, three[0], amount), 400)


def test_deposit_without_amount(client, three):
    assert_refused(client.post(f"/wallets/{three[0]}/deposits", json={}), 400)
    assert_refused(client.post(f"/wallets/{three[0]}/deposits", json={"cents": 5}), 400)


# transfers


def test_transfer(client, three):
    ada, bob, cleo = three
    response = transfer(client, ada, bob, 40)
    assert response.status_code == 201
    assert (response.json["from"], response.json["to"], response.json["amount"]) == (ada, bob, 40)
    response = transfer(client, cleo, ada, 300)
    assert response.status_code == 201
    assert (response.json["from"], response.json["to"], response.json["amount"]) == (cleo, ada, 300)


def test_transfer_the_whole_balance(client, three):
    ada, bob, _ = three
    assert transfer(client, ada, bob, 100).status_code == 201
    assert client.delete(f"/wallets/{ada}").status_code == 204


def test_transfer_more_than_the_balance(client, three):
    _, bob, cleo = three
    for amount in [31, 60, LARGEST]:
        assert_refused(transfer(client, bob, cleo, amount), 409)


def test_transfer_valid_amounts(client):
    first, second = open_wallet(client, "Ada", 3 * LARGEST), open_wallet(client, "Bob")
    for amount in AMOUNTS:
        assert transfer(client, first, second, amount).status_code == 201


def test_transfer_invalid_amounts(client):
    first, second = open_wallet(client, "Ada", 2 * LARGEST), open_wallet(client, "Bob", 200)
    for amount in NO_AMOUNTS:
        assert_refused(transfer(client, first, second, amount), 400)


def test_transfer_needs_all_keys(client, three):
    for missing in ["from", "to", "amount"]:
        sent = {"from": three[0], "to": three[1], "amount": 5}
        del sent[missing]
        assert_refused(client.post("/transfers", json=sent), 400)


def test_transfer_needs_whole_ids(client, three):
    ada, bob, _ = three
    for sender, recipient in [
        (str(ada), bob),
        (ada, str(bob)),
        (None, bob),
        (ada, None),
        (ada + 0.5, bob),
        ([ada], bob),
    ]:
        assert_refused(transfer(client, sender, recipient, 5), 400)


def test_transfer_to_itself(client, three):
    assert_refused(transfer(client, three[0], three[0], 5), 400)


def test_transfer_to_unknown(client, three):
    assert_refused(transfer(client, three[0], max(three) + 1000, 5), 404)


def test_transfer_from_unknown(client, three):
    assert_refused(transfer(client, max(three) + 1000, three[0], 5), 404)


# bodies


@pytest.mark.parametrize("path", ["/wallets", "/wallets/{}/deposits", "/transfers"])
def test_no_object_was_sent(client, three, path):
    for sent in NO_OBJECTS:
        assert_refused(client.post(path.format(three[0]), json=sent), 400)


# the command


def test_bonus_for_everybody(client, runner, three):
    assert_paid(pay_bonus(runner, 250), 3)
    assert_paid(pay_bonus(runner, 1), 3)


def test_bonus_for_empty_wallets(client, runner):
    open_wallet(client, "Ada")
    open_wallet(client, "Bob", 5)
    assert_paid(pay_bonus(runner, 10), 2)


def test_bonus_without_wallets(client, runner):
    assert_paid(pay_bonus(runner, 10), 0)


@pytest.mark.parametrize(
    ("minimum", "paid"),
    [(0, 3), (30, 3), (31, 2), (100, 2), (101, 1), (501, 0)],
)
def test_bonus_at_least(runner, three, minimum, paid):
    assert_paid(pay_bonus(runner, 50, "--at-least", minimum), paid)


def test_bonus_valid_amounts(client, runner):
    open_wallet(client)
    for amount in AMOUNTS:
        assert_paid(pay_bonus(runner, amount), 1)


def test_bonus_invalid_amounts(client, runner, three):
    for amount in [0, -1, LARGEST + 1, "5.0", "5.5", "abc", "true", "null", ""]:
        assert pay_bonus(runner, amount).exit_code != 0
        assert pay_bonus(runner, amount, "--at-least", 50).exit_code != 0
