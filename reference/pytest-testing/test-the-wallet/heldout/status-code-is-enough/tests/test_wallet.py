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


def assert_ok(response, status):
    assert response.status_code == status


def assert_refused(response, status):
    assert response.status_code == status


def assert_paid(result):
    assert result.exit_code == 0


def pay_bonus(runner, *args):
    return runner.invoke(["pay-bonus", *map(str, args)])


@pytest.fixture
def three(client):
    """The ids of Ada with 100, Bob with 30, and Cleo with 500."""
    return [open_wallet(client, "Ada", 100), open_wallet(client, "Bob", 30), open_wallet(client, "Cleo", 500)]


# opening


def test_open(client):
    response = client.post("/wallets", json={"owner": "Ada"})
    assert_ok(response, 201)


def test_owner_is_kept_as_sent(client):
    for owner in ["ada", "  Ada", "Ada  ", " Ada   Lovelace ", "Zoë Ødegård", "5", "O'Neil <b>&amp;", "x" * 300]:
        response = client.post("/wallets", json={"owner": owner})
        assert_ok(response, 201)


def test_open_refuses_owners(client):
    for owner in ["", " ", "     ", None, 5, 0, 1.5, True, False, ["Ada"], {"name": "Ada"}]:
        assert_refused(client.post("/wallets", json={"owner": owner}), 400)


def test_open_needs_an_owner(client):
    assert_refused(client.post("/wallets", json={}), 400)
    assert_refused(client.post("/wallets", json={"name": "Ada"}), 400)


def test_same_owner_has_several_wallets(client):
    open_wallet(client, "Ada", 70)
    second = open_wallet(client, "Ada")
    assert client.delete(f"/wallets/{second}").status_code == 204


# listing and showing


def test_list_is_empty_at_first(client):
    assert_ok(client.get("/wallets"), 200)


def test_list_is_sorted_by_owner(client):
    for owner in ["Cleo", "Ada", "Emil", "Bob"]:
        open_wallet(client, owner)
    assert_ok(client.get("/wallets"), 200)


def test_show(client, three):
    for wallet_id in three:
        assert_ok(client.get(f"/wallets/{wallet_id}"), 200)


def test_unknown_wallet(client, three):
    unknown = max(three) + 1000
    assert_refused(client.get(f"/wallets/{unknown}"), 404)
    assert_refused(client.delete(f"/wallets/{unknown}"), 404)
    assert_refused(deposit(client, unknown, 5), 404)


# closing


def test_close(client):
    wallet_id = open_wallet(client, "Bob")
    assert client.delete(f"/wallets/{wallet_id}").status_code == 204


def test_closed_wallet_does_not_exist(client):
    other, closed = open_wallet(client, "Ada", 50), open_wallet(client, "Bob")
    assert client.delete(f"/wallets/{closed}").status_code == 204
    assert_refused(client.get(f"/wallets/{closed}"), 404)
    assert_refused(client.delete(f"/wallets/{closed}"), 404)
    assert_refused(deposit(client, closed, 5), 404)
    assert_refused(transfer(client, other, closed, 5), 404)
    assert_refused(transfer(client, closed, other, 5), 404)


def test_close_needs_an_empty_wallet(client):
    for balance in [1, 100, LARGEST]:
        wallet_id = open_wallet(client, "Ada", balance)
        assert_refused(client.delete(f"/wallets/{wallet_id}"), 409)


# deposits


def test_deposit(client, three):
    ada, bob, _ = three
    assert_ok(deposit(client, bob, 250), 201)
    assert_ok(deposit(client, bob, 5), 201)
    assert_ok(deposit(client, ada, 1), 201)


def test_deposit_valid_amounts(client):
    for amount in AMOUNTS:
        wallet_id = open_wallet(client)
        assert_ok(deposit(client, wallet_id, amount), 201)


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
    response = transfer(client, cleo, ada, 300)
    assert response.status_code == 201


def test_transfer_the_whole_balance(client, three):
    ada, bob, _ = three
    assert transfer(client, ada, bob, 100).status_code == 201
    assert client.delete(f"/wallets/{ada}").status_code == 204


def test_transfer_more_than_the_balance(client, three):
    _, bob, cleo = three
    for amount in [31, 60, LARGEST]:
        assert_refused(transfer(client, bob, cleo, amount), 409)


def test_transfer_valid_amounts(client):
    for amount in AMOUNTS:
        first, second = open_wallet(client, "Ada", 2 * LARGEST), open_wallet(client, "Bob")
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
    assert_paid(pay_bonus(runner, 250))
    assert_paid(pay_bonus(runner, 1))


def test_bonus_for_empty_wallets(client, runner):
    open_wallet(client, "Ada")
    open_wallet(client, "Bob", 5)
    assert_paid(pay_bonus(runner, 10))


def test_bonus_without_wallets(client, runner):
    assert_paid(pay_bonus(runner, 10))


def test_bonus_valid_amounts(client, runner):
    open_wallet(client)
    for amount in AMOUNTS:
        assert_paid(pay_bonus(runner, amount))


def test_bonus_invalid_amounts(client, runner, three):
    for amount in [0, -1, LARGEST + 1, "5.0", "5.5", "abc", "true", "null", ""]:
        assert pay_bonus(runner, amount).exit_code != 0
        assert pay_bonus(runner, amount, "--at-least", 50).exit_code != 0


def test_bonus_at_least(client, runner, three):
    for minimum in [0, 30, 31, 100, 101, 501]:
        assert_paid(pay_bonus(runner, 50, "--at-least", minimum))
