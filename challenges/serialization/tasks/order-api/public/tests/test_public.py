"""The way in: run these with plain pytest while you work."""

import pytest

CUSTOMER = {"email": "mira@shop.example.com", "displayName": "Mira", "password": "a long secret"}
ADDRESS = {"street": "Mill Lane 4", "city": "Lowick", "postalCode": "10117"}
ITEMS = [
    {"sku": "cup", "quantity": 2, "unitPrice": "12.50"},
    {"sku": "lid", "quantity": 1, "unitPrice": "3.25"},
]


@pytest.fixture
def customer(client):
    return client.post("/customers", json=CUSTOMER).json


@pytest.fixture
def order(customer):
    return {
        "customerId": customer["id"],
        "items": ITEMS,
        "shippingAddress": ADDRESS,
        "deliverFrom": "2031-05-04T08:00:00+00:00",
        "deliverUntil": "2031-05-04T12:00:00+00:00",
    }


def test_a_customer_is_made_and_read(client):
    reply = client.post("/customers", json=CUSTOMER)
    assert reply.status_code == 201
    assert reply.json["displayName"] == "Mira"
    assert reply.json["newsletter"] is True
    assert "password" not in reply.json
    assert client.get(f"/customers/{reply.json['id']}").json == reply.json


def test_a_missing_field_is_named(client):
    reply = client.post("/customers", json={key: CUSTOMER[key] for key in ("email", "password")})
    assert reply.status_code == 422
    assert list(reply.json["errors"]) == ["displayName"]


def test_one_field_of_a_customer_is_changed(client, customer):
    reply = client.patch(f"/customers/{customer['id']}", json={"displayName": "Mira L."})
    assert reply.status_code == 200
    assert reply.json["displayName"] == "Mira L."


def test_an_order_has_a_total(client, order):
    reply = client.post("/orders", json=order)
    assert reply.status_code == 201
    assert reply.json["items"] == ITEMS
    assert reply.json["total"] == "28.25"
    assert client.get("/orders").json == [reply.json]


def test_an_item_that_is_wrong_is_named_by_its_position(client, order):
    wrong = [ITEMS[0], {**ITEMS[1], "quantity": 0}]
    reply = client.post("/orders", json={**order, "items": wrong})
    assert reply.status_code == 422
    assert list(reply.json["errors"]["items"]["1"]) == ["quantity"]
