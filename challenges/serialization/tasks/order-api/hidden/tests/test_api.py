"""The API from outside: what it shows, what it refuses, and what a change leaves alone."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

CUSTOMER_FIELDS = {"id", "email", "displayName", "phone", "newsletter", "role", "createdAt"}
ORDER_FIELDS = {
    "id",
    "customer",
    "items",
    "shippingAddress",
    "note",
    "priority",
    "deliverFrom",
    "deliverUntil",
    "placedAt",
    "total",
}
OFFSETS = [330, -420, 120, -210, 540]  # minutes east of UTC


def new_customer(seed, **changes):
    """A customer to be sent: only what is required, unless ``changes`` adds to it."""
    return {"email": seed.email(), "displayName": seed.name(), "password": seed.token(), **changes}


def new_item(seed, **changes):
    """An item to be sent, with a price of two digits after the point."""
    price = f"{seed.integer(1, 900)}.{seed.integer(10, 99)}"
    return {"sku": seed.word(), "quantity": seed.integer(1, 40), "unitPrice": price, **changes}


def new_order(seed, customer_id, **changes):
    """An order to be sent: only what is required, unless ``changes`` adds to it."""
    start = instant(seed)
    return {
        "customerId": customer_id,
        "items": [new_item(seed)],
        "shippingAddress": new_address(seed),
        "deliverFrom": start.isoformat(),
        "deliverUntil": (start + timedelta(hours=seed.integer(2, 9))).isoformat(),
        **changes,
    }


def new_address(seed):
    code = str(seed.integer(10000, 99999))
    return {"street": seed.title(2), "city": seed.word().title(), "postalCode": code}


def letter(seed):
    return seed.word()[0]


def phone_number(seed):
    return f"+{seed.integer(10**9, 10**11)}"


def instant(seed, minutes=0):
    """A whole second of some year to come, at an offset of ``minutes``."""
    zone = timezone(timedelta(minutes=minutes))
    day = datetime(seed.integer(2031, 2039), seed.integer(1, 12), seed.integer(1, 28), tzinfo=zone)
    return day + timedelta(seconds=seed.integer(0, 86399))


def make_customer(client, seed, **changes):
    reply = client.post("/customers", json=new_customer(seed, **changes))
    assert reply.status_code == 201
    return reply.json


def make_order(client, seed, customer_id, **changes):
    reply = client.post("/orders", json=new_order(seed, customer_id, **changes))
    assert reply.status_code == 201
    return reply.json


def errors(reply):
    """What a refusal says."""
    assert reply.status_code == 422
    assert set(reply.json) == {"errors"}
    return reply.json["errors"]


def is_messages(value):
    return isinstance(value, list) and value != [] and all(isinstance(text, str) and text for text in value)


@pytest.mark.check("customer-in-camel-case", concept="data-keys")
def test_a_customer_has_the_named_fields(client, make_app, seed):
    """A customer goes in and comes out under the brief's names, with short values as well; nobody gets a 404."""
    sent = new_customer(seed, displayName=letter(seed), password=seed.token()[:8])
    reply = client.post("/customers", json=sent)
    assert reply.status_code == 201
    assert set(reply.json) == CUSTOMER_FIELDS
    shown = {key: value for key, value in sent.items() if key != "password"}
    expected = shown | {"phone": None, "newsletter": True, "role": "customer"}
    assert {key: reply.json[key] for key in expected} == expected

    number = reply.json["id"]
    assert client.get(f"/customers/{number}").json == reply.json
    nobody = number + seed.integer(1000, 9000)
    assert client.get(f"/customers/{nobody}").status_code == 404
    assert client.patch(f"/customers/{nobody}", json={"displayName": seed.name()}).status_code == 404
    elsewhere = make_app().test_client()
    assert elsewhere.get(f"/customers/{number}").status_code == 404, "another database has the same customer"


@pytest.mark.check("order-in-camel-case", concept="nested-objects")
def test_an_order_has_the_named_fields(client, seed):
    """An order comes out with customer, items and address as exactly the named fields, up to the limits of each."""
    customer = make_customer(client, seed)
    items = [new_item(seed) for _ in range(seed.integer(2, 4))]
    sent = new_order(seed, customer["id"], items=items)
    reply = client.post("/orders", json=sent)
    assert reply.status_code == 201
    assert set(reply.json) == ORDER_FIELDS
    assert reply.json["customer"] == {"id": customer["id"], "displayName": customer["displayName"]}
    assert reply.json["items"] == items
    assert reply.json["shippingAddress"] == sent["shippingAddress"]
    assert (reply.json["note"], reply.json["priority"]) == (None, 5)

    limits = {
        "items": [new_item(seed, sku=letter(seed), quantity=1, unitPrice="0.00"), new_item(seed, quantity=1000)],
        "shippingAddress": {name: letter(seed) for name in ("street", "city", "postalCode")},
        "priority": 9,
    }
    second = make_order(client, seed, customer["id"], **limits)
    assert {name: second[name] for name in limits} == limits
    assert client.get(f"/orders/{reply.json['id']}").json == reply.json
    assert client.get("/orders").json == [reply.json, second]


def keys(value):
    """All keys of a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


@pytest.mark.check("secret-stays-inside", concept="load-only-dump-only")
def test_no_reply_shows_a_password(client, seed, symptom):
    """The password that was set is the one to sign in with, and no reply to anything shows it or its hash."""
    first, second = seed.token(), seed.token()
    sent = new_customer(seed, password=first)
    replies = [client.post("/customers", json=sent)]
    assert replies[0].status_code == 201
    number = replies[0].json["id"]
    signed_in = client.post("/sign-in", json={"email": sent["email"], "password": first})
    assert signed_in.status_code == 200 and signed_in.json == {"customerId": number}

    replies.append(client.patch(f"/customers/{number}", json={"password": second}))
    replies.append(client.get(f"/customers/{number}"))
    replies.append(client.post("/orders", json=new_order(seed, number)))
    replies.append(client.get("/orders"))
    assert [reply.status_code for reply in replies] == [201, 200, 200, 201, 200]
    for reply in replies:
        assert not any("password" in key.lower() for key in keys(reply.json)), symptom("leaked")
        assert first not in reply.text and second not in reply.text, symptom("leaked")

    assert client.post("/sign-in", json={"email": sent["email"], "password": first}).status_code == 401
    assert client.post("/sign-in", json={"email": sent["email"], "password": second}).status_code == 200


def worth(items):
    return sum((item["quantity"] * Decimal(item["unitPrice"]) for item in items), Decimal("0.00"))


@pytest.mark.check("money-to-the-cent", concept="exact-money")
def test_no_cent_is_lost(client, seed, symptom):
    """Prices and totals go out as strings with two decimals, and large ones are right to the cent."""
    customer = make_customer(client, seed)
    short = str(seed.integer(2, 900))
    tenths = f"{seed.integer(2, 900)}.{seed.integer(1, 9)}"
    items = [new_item(seed, unitPrice=short), new_item(seed, unitPrice=tenths)]
    small = make_order(client, seed, customer["id"], items=items)
    shown = [item["unitPrice"] for item in small["items"]] + [small["total"]]
    assert all(isinstance(amount, str) for amount in shown), symptom("number")
    assert shown[:2] == [short + ".00", tenths + "0"]
    assert shown[2] == str(worth(items))

    cents = ["07", "19", "31", "43", "57", "69", "81", "93"]
    prices = [f"{seed.integer(9 * 10**14, 10**15 - 1)}.{seed.choice(cents)}" for _ in range(3)]
    items = [new_item(seed, unitPrice=price, quantity=seed.integer(1, 9)) for price in prices]
    large = make_order(client, seed, customer["id"], items=items)
    assert [item["unitPrice"] for item in large["items"]] == prices, symptom("inexact")
    assert large["total"] == str(worth(items)), symptom("inexact")


@pytest.mark.check("instants-in-utc", concept="aware-datetimes")
def test_instants_survive_the_journey(client, seed, symptom):
    """A datetime comes in with any offset, and the same instant goes out in UTC, with its offset."""
    customer = make_customer(client, seed)
    for minutes in seed.shuffled(OFFSETS)[:3]:
        start = instant(seed, minutes)
        end = start + timedelta(hours=seed.integer(1, 9))
        sent = new_order(seed, customer["id"], deliverFrom=start.isoformat(), deliverUntil=end.isoformat())
        made = client.post("/orders", json=sent)
        assert made.status_code == 201
        for reply in (made, client.get(f"/orders/{made.json['id']}")):
            names = ("deliverFrom", "deliverUntil", "placedAt")
            shown = [datetime.fromisoformat(reply.json[name]) for name in names]
            assert all(moment.tzinfo is not None for moment in shown), symptom("no-offset")
            assert all(moment.utcoffset() == timedelta(0) for moment in shown)
            assert shown[:2] == [start, end]
            assert abs(datetime.now(UTC) - shown[2]) < timedelta(minutes=5)
    created = datetime.fromisoformat(customer["createdAt"])
    assert created.tzinfo is not None, symptom("no-offset")
    assert created.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=5)


@pytest.mark.check("offset-demanded", concept="aware-datetimes")
def test_a_datetime_without_offset_is_refused(client, seed, symptom):
    """A datetime without an offset is refused under its field's name, in a new order and in a change."""
    customer = make_customer(client, seed)
    start = instant(seed)
    window = {"deliverFrom": start.isoformat(), "deliverUntil": (start + timedelta(hours=8)).isoformat()}
    order = make_order(client, seed, customer["id"], **window)
    name = seed.choice(sorted(window))
    between = start + timedelta(minutes=seed.integer(60, 400))
    naive = {name: between.replace(tzinfo=None).isoformat()}
    for reply in (
        client.post("/orders", json=new_order(seed, customer["id"], **window | naive)),
        client.patch(f"/orders/{order['id']}", json=naive),
    ):
        assert reply.status_code not in (200, 201), symptom("naive-accepted")
        assert set(errors(reply)) == {name}


@pytest.mark.check("only-known-fields", concept="unknown-fields", points=2)
def test_fields_that_nobody_asked_for_are_refused(client, seed, symptom):
    """Fields that the server decides, and fields that nobody knows, are refused by name, nested too."""
    customer = make_customer(client, seed)
    order = make_order(client, seed, customer["id"])
    of_customer, of_order = f"/customers/{customer['id']}", f"/orders/{order['id']}"
    role, number, stranger = seed.word(), seed.integer(10000, 90000), seed.word()
    for reply in (
        client.post("/customers", json=new_customer(seed, role=role)),
        client.post("/customers", json=new_customer(seed, id=number)),
        client.patch(of_customer, json={"role": role}),
    ):
        if reply.status_code in (200, 201):
            taken = reply.json["role"] == role or reply.json["id"] == number
            assert not taken, symptom("mass-assigned")
        assert reply.status_code == 422, symptom("silently-dropped")

    moment = instant(seed).isoformat()
    for name, value in {"id": number, "role": role, "createdAt": moment, stranger: role}.items():
        assert set(errors(client.post("/customers", json=new_customer(seed, **{name: value})))) == {name}
        assert set(errors(client.patch(of_customer, json={name: value}))) == {name}
    buyer = {"displayName": seed.name()}
    decided = {"id": number, "customer": buyer, "placedAt": moment, "total": "1.00", stranger: role}
    for name, value in decided.items():
        sent = new_order(seed, customer["id"], **{name: value})
        assert set(errors(client.post("/orders", json=sent))) == {name}
    for name, value in (decided | {"customerId": customer["id"], "items": order["items"]}).items():
        assert set(errors(client.patch(of_order, json={name: value}))) == {name}

    items = [new_item(seed), new_item(seed, **{stranger: seed.integer(1, 9)})]
    found = errors(client.post("/orders", json=new_order(seed, customer["id"], items=items)))
    assert list(found) == ["items"] and list(found["items"]) == ["1"]
    assert list(found["items"]["1"]) == [stranger]
    address = new_address(seed) | {stranger: seed.word()}
    found = errors(client.post("/orders", json=new_order(seed, customer["id"], shippingAddress=address)))
    assert list(found) == ["shippingAddress"] and list(found["shippingAddress"]) == [stranger]


@pytest.mark.check("all-errors-at-once", concept="error-format")
def test_all_wrong_fields_are_named_at_once(client, seed, symptom):
    """All the wrong fields of a request are named in one reply, at the top, in items and in the address."""
    wrong = {"email": seed.word(), "password": seed.token()[:7], "newsletter": seed.word()}
    found = errors(client.post("/customers", json=wrong))
    assert len(found) > 1, symptom("one-at-a-time")
    assert set(found) == {*wrong, "displayName"}
    assert all(is_messages(messages) for messages in found.values())

    customer = make_customer(client, seed)
    found = errors(client.patch(f"/customers/{customer['id']}", json=wrong))
    assert len(found) > 1, symptom("one-at-a-time")
    assert set(found) == set(wrong)

    items = [new_item(seed, quantity=0), new_item(seed), new_item(seed, unitPrice=seed.word())]
    wrong = {"items": items, "shippingAddress": {"street": seed.title(2)}}
    found = errors(client.post("/orders", json=new_order(seed, customer["id"], **wrong)))
    assert len(found) > 1, symptom("one-at-a-time")
    assert set(found) == {"items", "shippingAddress"}
    assert set(found["items"]) == {"0", "2"}
    assert set(found["shippingAddress"]) == {"city", "postalCode"}

    found = errors(client.post("/customers", json={"phone": phone_number(seed)}))
    assert set(found) == {"email", "displayName", "password"}
    found = errors(client.post("/orders", json={"note": seed.title()}))
    assert set(found) == {"customerId", "items", "shippingAddress", "deliverFrom", "deliverUntil"}
    items = [{"sku": seed.word()}, {"unitPrice": "1.00"}]
    found = errors(client.post("/orders", json=new_order(seed, customer["id"], items=items)))["items"]
    assert {position: set(fields) for position, fields in found.items()} == {
        "0": {"quantity", "unitPrice"},
        "1": {"sku", "quantity"},
    }


@pytest.mark.check("errors-have-a-path", concept="nested-objects")
def test_nested_errors_stand_where_they_belong(client, seed):
    """An error of an item stands under the item's position, one of the address under its field."""
    customer = make_customer(client, seed)
    for field, value in (
        ("quantity", 0),
        ("quantity", 1001),
        ("unitPrice", seed.word()),
        ("unitPrice", f"-0.0{seed.integer(1, 9)}"),
    ):
        items = [new_item(seed) for _ in range(5)]
        position = seed.integer(1, 4)
        items[position][field] = value
        found = errors(client.post("/orders", json=new_order(seed, customer["id"], items=items)))
        assert list(found) == ["items"]
        assert list(found["items"]) == [str(position)]
        assert list(found["items"][str(position)]) == [field]
        assert is_messages(found["items"][str(position)][field])

    address = new_address(seed)
    del address["postalCode"]
    found = errors(client.post("/orders", json=new_order(seed, customer["id"], shippingAddress=address)))
    assert list(found) == ["shippingAddress"]
    assert list(found["shippingAddress"]) == ["postalCode"]
    assert is_messages(found["shippingAddress"]["postalCode"])

    found = errors(client.post("/orders", json=new_order(seed, customer["id"], items=[])))
    assert list(found) == ["items"]


@pytest.mark.check("patch-keeps-the-rest", concept="partial-updates")
def test_what_was_not_sent_stays(client, seed, symptom):
    """A change of one field leaves all the others as they were, those that have a default as well."""
    customer = make_customer(client, seed, phone=phone_number(seed), newsletter=False)
    name = seed.name()
    reply = client.patch(f"/customers/{customer['id']}", json={"displayName": name})
    assert reply.status_code == 200
    kept = (reply.json["newsletter"], reply.json["phone"]) == (customer["newsletter"], customer["phone"])
    assert kept, symptom("reset-to-default")
    assert set(reply.json) == CUSTOMER_FIELDS, symptom("other-fields")
    assert reply.json == customer | {"displayName": name}
    assert client.get(f"/customers/{customer['id']}").json == reply.json

    order = make_order(client, seed, customer["id"], note=seed.title(), priority=seed.integer(6, 9))
    address = new_address(seed)
    reply = client.patch(f"/orders/{order['id']}", json={"shippingAddress": address})
    assert reply.status_code == 200
    kept = (reply.json["note"], reply.json["priority"]) == (order["note"], order["priority"])
    assert kept, symptom("reset-to-default")
    expected = order | {"shippingAddress": address, "customer": order["customer"] | {"displayName": name}}
    assert reply.json == expected
    assert client.get(f"/orders/{order['id']}").json == expected


@pytest.mark.check("patched-address-is-whole", concept="partial-updates")
def test_an_address_is_replaced_as_a_whole(client, seed, symptom):
    """An incomplete address is refused in a change too, its missing field named, and the old one stays."""
    customer = make_customer(client, seed)
    order = make_order(client, seed, customer["id"])
    url = f"/orders/{order['id']}"
    part = new_address(seed)
    missing = seed.choice(sorted(part))
    del part[missing]
    reply = client.patch(url, json={"shippingAddress": part})
    assert reply.status_code != 200, symptom("half-an-address")
    found = errors(reply)
    assert list(found) == ["shippingAddress"] and list(found["shippingAddress"]) == [missing]
    assert client.get(url).json == order

    whole = new_address(seed)
    assert client.patch(url, json={"shippingAddress": whole}).json == order | {"shippingAddress": whole}


@pytest.mark.check("null-clears", concept="null-versus-missing")
def test_null_is_not_the_same_as_not_sent(client, seed, symptom):
    """Null clears a phone and a note, beside a change to false, and is refused for other fields."""
    customer = make_customer(client, seed, phone=phone_number(seed))
    url = f"/customers/{customer['id']}"
    changed = client.patch(url, json={"phone": None, "newsletter": False})
    assert changed.status_code == 200
    cleared = changed.json["phone"] is None
    assert cleared or changed.json["newsletter"], symptom("null-ignored")
    assert cleared, symptom("falsy-ignored")
    assert set(changed.json) == CUSTOMER_FIELDS, symptom("other-fields")
    assert changed.json == customer | {"phone": None, "newsletter": False}

    order = make_order(client, seed, customer["id"], note=seed.title())
    silenced = client.patch(f"/orders/{order['id']}", json={"note": None})
    assert silenced.status_code == 200
    assert silenced.json == order | {"note": None}

    for name in ("displayName", "newsletter"):
        assert set(errors(client.patch(url, json={name: None}))) == {name}
    refused = client.post("/orders", json=new_order(seed, customer["id"], priority=None))
    assert set(errors(refused)) == {"priority"}
    assert client.get(url).json == changed.json


@pytest.mark.check("falsy-values-count", concept="null-versus-missing")
def test_zero_false_and_the_empty_string_are_values(client, seed, symptom):
    """False, zero and the empty string are stored like any other value, at first and in a change."""
    customer = make_customer(client, seed, newsletter=False)
    order = make_order(client, seed, customer["id"], note="", priority=0)
    assert customer["newsletter"] is False, symptom("falsy-ignored")
    assert (order["note"], order["priority"]) == ("", 0), symptom("falsy-ignored")

    customer = make_customer(client, seed)
    order = make_order(client, seed, customer["id"], note=seed.title(), priority=seed.integer(1, 9))
    changed = client.patch(f"/customers/{customer['id']}", json={"newsletter": False})
    assert changed.status_code == 200
    assert changed.json["newsletter"] is False, symptom("falsy-ignored")
    changed = client.patch(f"/orders/{order['id']}", json={"note": "", "priority": 0})
    assert changed.status_code == 200
    assert (changed.json["note"], changed.json["priority"]) == ("", 0), symptom("falsy-ignored")
    assert client.get(f"/orders/{order['id']}").json == changed.json


@pytest.mark.check("window-in-order", concept="cross-field-validation")
def test_a_window_ends_after_it_begins(client, seed, symptom):
    """A window that ends when it begins, or earlier, is refused under the field's name in the API."""
    customer = make_customer(client, seed)
    start = instant(seed, seed.choice(OFFSETS))
    for end in (start, start - timedelta(minutes=seed.integer(1, 300))):
        window = {"deliverFrom": start.isoformat(), "deliverUntil": end.astimezone(UTC).isoformat()}
        found = errors(client.post("/orders", json=new_order(seed, customer["id"], **window)))
        assert set(found) != {"deliver_until"}, symptom("attribute-name")
        assert set(found) == {"deliverUntil"}
        assert is_messages(found["deliverUntil"])


@pytest.mark.check("patched-window-in-order", concept="cross-field-validation")
def test_a_changed_window_ends_after_it_begins(client, seed, symptom):
    """A change of one end of the window is judged together with the other end, which is already stored."""
    customer = make_customer(client, seed)
    start = instant(seed)
    end = start + timedelta(hours=6)
    window = {"deliverFrom": start.isoformat(), "deliverUntil": end.isoformat()}
    order = make_order(client, seed, customer["id"], **window)
    url = f"/orders/{order['id']}"
    gap = timedelta(minutes=seed.integer(1, 300))
    for change in ({"deliverUntil": (start - gap).isoformat()}, {"deliverFrom": (end + gap).isoformat()}):
        reply = client.patch(url, json=change)
        assert reply.status_code != 200, symptom("own-half-only")
        found = errors(reply)
        assert set(found) != {"deliver_until"}, symptom("attribute-name")
        assert set(found) == {"deliverUntil"}
        assert client.get(url).json == order, symptom("stored-anyway")

    later = {"deliverFrom": (end + gap).isoformat(), "deliverUntil": (end + 2 * gap).isoformat()}
    moved = client.patch(url, json=later)
    assert moved.status_code == 200
    assert all(moved.json[name] != order[name] for name in later)


@pytest.mark.check("refused-changes-nothing", concept="validate-before-saving")
def test_a_refusal_leaves_no_trace(client, seed, symptom):
    """A request that is refused stores nothing, neither a row nor those of its fields that were right."""
    customer = make_customer(client, seed)
    order = make_order(client, seed, customer["id"])
    start = instant(seed)
    backwards = {"deliverFrom": start.isoformat(), "deliverUntil": (start - timedelta(hours=1)).isoformat()}
    for sent in (
        new_order(seed, customer["id"], **backwards),
        new_order(seed, customer["id"] + seed.integer(1000, 9000)),
        new_order(seed, customer["id"], items=[new_item(seed), new_item(seed, quantity=0)]),
    ):
        assert client.post("/orders", json=sent).status_code == 422
        assert client.get("/orders").json == [order], symptom("stored-anyway")

    change = {"note": seed.title(), "priority": seed.integer(6, 9)}
    homeless = {"shippingAddress": new_address(seed) | {"city": ""}}
    for wrong in (backwards, homeless, {"priority": seed.choice([-1, 10])}):
        assert client.patch(f"/orders/{order['id']}", json=change | wrong).status_code == 422
        assert client.get("/orders").json == [order], symptom("stored-anyway")

    change = {"displayName": seed.name(), "phone": phone_number(seed), "email": seed.word()}
    assert client.patch(f"/customers/{customer['id']}", json=change).status_code == 422
    assert client.get(f"/customers/{customer['id']}").json == customer, symptom("stored-anyway")
    refused = new_customer(seed, newsletter=seed.word())
    assert client.post("/customers", json=refused).status_code == 422
    credentials = {key: refused[key] for key in ("email", "password")}
    assert client.post("/sign-in", json=credentials).status_code == 401, symptom("stored-anyway")
