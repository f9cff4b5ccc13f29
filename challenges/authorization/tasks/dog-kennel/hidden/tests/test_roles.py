"""What keepers may do and customers may not, and what nobody may set."""

import pytest
from visitors import day, ids, person


@pytest.fixture
def keeper(app, seed):
    """The keeper, who is the first to register."""
    return person(app, seed)


@pytest.fixture
def ada(app, seed, keeper):
    """A customer."""
    return person(app, seed)


def give_role(keeper, somebody, role):
    response = keeper.web.patch(f"/office/accounts/{somebody.id}", json={"role": role})
    assert (response.status_code, response.json["role"]) == (200, role)


@pytest.mark.check("keepers-work", concept="roles-on-the-server")
def test_keepers_run_the_place(keeper, ada, seed):
    """Keepers reach all dogs and stays, set and withdraw prices, and see arrivals and accounts."""
    dog, own = ada.dog(), keeper.dog()
    stay = ada.stay(dog)
    assert sorted(ids(keeper.sees("/dogs"))) == [dog["id"], own["id"]]
    assert ids(keeper.sees(f"/dogs?owner_id={ada.id}")) == [dog["id"]]
    assert keeper.sees(f"/dogs/{dog['id']}/stays/{stay['id']}") == stay
    note = seed.word()
    assert keeper.web.patch(f"/dogs/{dog['id']}", json={"notes": note}).json == dog | {"notes": note}
    assert keeper.sees(f"/search?q={note}")["total"] == 1
    price = seed.integer(1000, 9000)
    response = keeper.web.put(f"/stays/{stay['id']}/price", json={"price": price})
    confirmed = stay | {"price": price, "status": "confirmed"}
    assert (response.status_code, response.json) == (200, confirmed)
    assert ada.sees("/stays?status=confirmed") == keeper.sees("/stays?status=confirmed") == [confirmed]
    assert dog["name"] in keeper.web.get("/stays.csv").text
    for door in ("/arrivals", "/office/arrivals"):
        assert keeper.sees(f"{door}?day={stay['arrives']}") == [confirmed]
        assert keeper.sees(f"{door}?day=2026-01-01") == []
    assert keeper.web.delete(f"/stays/{stay['id']}/price").status_code == 204
    assert ada.sees("/stays") == [stay]
    assert ids(keeper.sees("/office/accounts")) == [keeper.id, ada.id]
    missing = stay["id"] + seed.integer(1000, 9000)
    assert keeper.web.put(f"/stays/{missing}/price", json={"price": price}).status_code == 404
    assert keeper.web.patch(f"/office/accounts/{ada.id}", json={"role": seed.word()}).status_code == 422
    assert keeper.web.delete(f"/dogs/{dog['id']}/stays/{stay['id']}").status_code == 204


@pytest.mark.check("prices-by-keepers", concept="roles-on-the-server", points=2)
def test_prices_and_roles_are_for_keepers(keeper, ada, app, seed, symptom):
    """Customers neither set nor withdraw prices, of whichever stay, and give nobody a role."""
    ben = person(app, seed)
    dog = ada.dog()
    stay = ada.stay(dog)
    price = {"price": seed.integer(1000, 9000)}
    address = f"/stays/{stay['id']}/price"
    missing = f"/stays/{stay['id'] + seed.integer(1000, 9000)}/price"
    assert ada.web.put(address, json={"price": 1}).status_code == 403
    confirmed = keeper.web.put(address, json=price).json
    for customer in (ada, ben):
        withdrawn = customer.web.delete(address)
        assert withdrawn.status_code not in (200, 204), symptom("withdrawn-by-customer")
        assert withdrawn.status_code == 403
        assert customer.web.put(address, json={"price": 1}).status_code == 403
    assert ada.web.put(missing, json={"price": 1}).status_code == 403
    assert ada.web.delete(missing).status_code == 403
    for whom in (ada.id, ben.id, ben.id + 1000):
        assert ada.web.patch(f"/office/accounts/{whom}", json={"role": "keeper"}).status_code == 403
    assert ada.sees(f"/dogs/{dog['id']}/stays") == [confirmed]
    assert [each["role"] for each in keeper.sees("/office/accounts")] == ["keeper", "customer", "customer"]


@pytest.mark.check("both-doors", concept="guard-position")
def test_both_addresses_of_the_arrivals(keeper, ada, seed, symptom):
    """Customers see the arrivals at neither of the two addresses."""
    stay = ada.stay(ada.dog(), arrives=day(seed))
    assert ada.web.get(f"/office/arrivals?day={stay['arrives']}").status_code == 403
    assert ada.web.get("/office/accounts").status_code == 403
    second = ada.web.get(f"/arrivals?day={stay['arrives']}")
    assert second.status_code != 200, symptom("second-door-open")
    assert second.status_code == 403
    assert keeper.sees(f"/arrivals?day={stay['arrives']}") == [stay]


@pytest.mark.check("role-of-now", concept="roles-on-the-server", points=2)
def test_a_changed_role_counts_at_once(keeper, ada, app, seed, symptom):
    """Who is made a keeper or a customer is one from the next request, in logins from before as well."""
    ben = person(app, seed)
    dog, mine = ada.dog(), ben.dog()
    page = f"/dogs/{dog['id']}/page"

    def assert_customer(**failing):
        assert ben.web.get("/office/accounts").status_code == 403, failing.get("symptom")
        assert ids(ben.sees("/dogs")) == [mine["id"]], failing.get("symptom")
        assert ben.web.get(page).status_code in (403, 404), failing.get("symptom")

    assert_customer()
    give_role(keeper, ben, "keeper")
    assert ben.web.get("/office/accounts").status_code == 200, symptom("role-of-the-login")
    assert sorted(ids(ben.sees("/dogs"))) == [dog["id"], mine["id"]], symptom("role-of-the-login")
    ben.web = ben.login()
    assert ben.sees("/me")["role"] == "keeper"
    assert ben.web.get(page).status_code == 200
    give_role(keeper, ben, "customer")
    assert_customer(symptom=symptom("role-of-the-login"))
    assert ben.sees("/me")["role"] == "customer"


@pytest.mark.check("account-fields", concept="writable-fields")
def test_fields_of_an_account(keeper, app, seed, symptom):
    """Whatever a registration or a change of the own account sends, only the fields of the table are set."""
    wish = seed.integer(10_000, 90_000)
    ben = person(app, seed, role="keeper", id=wish, **{seed.word(): seed.word()})
    expected = {"id": ben.id, "email": ben.fields["email"], "name": ben.fields["name"], "role": "customer"}
    assert ben.sees("/me")["role"] == "customer", symptom("role-at-registration")
    assert ben.sees("/me") == expected
    assert ben.id != wish
    name = seed.name()
    sent = {"name": name, "role": "keeper", seed.word(): seed.word(), "email": seed.email()}
    response = ben.web.patch("/me", json=sent)
    assert response.status_code == 200
    assert ben.sees("/me")["role"] == "customer", symptom("role-in-profile")
    assert response.json == ben.sees("/me") == expected | {"name": name}
    assert ben.web.get("/office/accounts").status_code == 403
    assert ids(keeper.sees("/office/accounts")) == [keeper.id, ben.id]


@pytest.mark.check("dog-fields", concept="writable-fields")
def test_fields_of_a_dog(ada, app, seed, symptom):
    """Whatever is sent with a dog, it is the sender's when it is new, and its owner's ever after."""
    ben = person(app, seed)
    wish = seed.integer(10_000, 90_000)
    dog = ada.dog(owner_id=ben.id, id=wish, **{seed.word(): seed.word()})
    assert dog["owner_id"] == ada.id, symptom("owner-set")
    assert dog["id"] != wish
    note = seed.word()
    sent = {"notes": note, "owner_id": ben.id, "id": seed.integer(10_000, 90_000), seed.word(): seed.integer(1, 9)}
    response = ada.web.patch(f"/dogs/{dog['id']}", json=sent)
    assert response.status_code == 200
    assert response.json["owner_id"] == ada.id, symptom("owner-set")
    assert response.json == dog | {"notes": note}
    assert ada.sees("/dogs") == [response.json]
    assert ben.sees("/dogs") == []


@pytest.mark.check("stay-fields", concept="writable-fields", points=2)
def test_fields_of_a_stay(ada, app, seed, symptom):
    """Whatever is sent with a stay, its price, its status and its dog are not set by it."""
    ben = person(app, seed)
    dog, second, other = ada.dog(), ada.dog(), ben.dog()
    paid = {"price": seed.integer(1, 9), "status": "confirmed", "id": seed.integer(10_000, 90_000)}
    stay = ada.stay(dog, **paid, **{seed.word(): seed.word()})
    assert (stay["price"], stay["status"]) == (None, "requested"), symptom("price-set")
    nights = seed.integer(10, 20)
    path = f"/dogs/{dog['id']}/stays/{stay['id']}"
    response = ada.web.patch(path, json=paid | {"nights": nights, seed.word(): seed.word()})
    assert response.status_code == 200
    assert (response.json["price"], response.json["status"]) == (None, "requested"), symptom("price-set")
    assert response.json == ada.sees(path) == stay | {"nights": nights}
    placed = ada.stay(dog, dog_id=other["id"])
    assert placed["dog_id"] == dog["id"], symptom("stay-moved")
    for target in (second, other):
        response = ada.web.patch(path, json={"dog_id": target["id"], "notes": seed.word()})
        assert response.status_code == 200
        assert response.json["dog_id"] == dog["id"], symptom("stay-moved")
    assert len(ada.sees(f"/dogs/{dog['id']}/stays")) == 2
    assert ben.sees("/stays") == []
