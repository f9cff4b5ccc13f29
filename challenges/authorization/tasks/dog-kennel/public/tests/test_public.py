"""A first look at the kennel. The tests that decide are more, and use other values."""

FRONTEND = "https://app.kennel.example"


def registered(app, name):
    """Registers somebody and logs them in: their client."""
    client = app.test_client()
    person = {"email": f"{name}@example.com", "name": name, "password": "correct horse"}
    assert client.post("/register", json=person).status_code == 201
    assert client.post("/login", json=person).status_code == 200
    return client


def added_dog(client, name="Rex"):
    response = client.post("/dogs", json={"name": name, "breed": "Beagle"})
    assert response.status_code == 201
    return response.json["id"]


def test_the_app_answers(client):
    assert client.get("/health").json == {"status": "ok"}


def test_first_account_is_a_keeper(app):
    keeper, ada = registered(app, "kim"), registered(app, "ada")
    assert keeper.get("/me").json["role"] == "keeper"
    assert ada.get("/me").json["role"] == "customer"
    assert ada.get("/office/accounts").status_code == 403
    assert [account["name"] for account in keeper.get("/office/accounts").json] == ["kim", "ada"]


def test_a_customer_sees_to_a_dog(app):
    registered(app, "kim")
    ada = registered(app, "ada")
    dog = added_dog(ada)
    assert ada.patch(f"/dogs/{dog}", json={"notes": "barks"}).json["notes"] == "barks"
    stay = ada.post(f"/dogs/{dog}/stays", json={"arrives": "2026-07-01", "nights": 3})
    assert stay.status_code == 201
    assert (stay.json["price"], stay.json["status"]) == (None, "requested")
    assert ada.get("/search?q=bark").json["total"] == 1
    assert ada.get("/stays.csv").text.splitlines() == ["dog,arrives,nights,price", "Rex,2026-07-01,3,"]
    assert "Rex" in ada.get(f"/dogs/{dog}/page").text


def test_a_keeper_confirms_a_stay(app):
    keeper, ada = registered(app, "kim"), registered(app, "ada")
    dog = added_dog(ada)
    stay = ada.post(f"/dogs/{dog}/stays", json={"arrives": "2026-07-01", "nights": 3}).json["id"]
    assert ada.put(f"/stays/{stay}/price", json={"price": 100}).status_code == 403
    assert keeper.put(f"/stays/{stay}/price", json={"price": 9000}).json["status"] == "confirmed"
    assert ada.get(f"/dogs/{dog}/stays/{stay}").json["price"] == 9000


def test_a_dog_of_somebody_else_does_not_exist(app):
    registered(app, "kim")
    ada, ben = registered(app, "ada"), registered(app, "ben")
    assert ben.get(f"/dogs/{added_dog(ada)}/page").status_code == 404


def test_the_front_end_may_read(make_app):
    app = make_app({"FRONTEND_ORIGINS": [FRONTEND, "https://gate.kennel.example"]})
    response = registered(app, "kim").get("/me", headers={"Origin": FRONTEND})
    assert response.headers["Access-Control-Allow-Origin"] == FRONTEND
    assert response.headers["Access-Control-Allow-Credentials"] == "true"


def test_photos_are_limited(make_app):
    app = make_app({"PHOTOS_PER_HOUR": 2})
    keeper = registered(app, "kim")
    address = f"/dogs/{added_dog(keeper)}/photo-requests"
    assert [keeper.post(address).status_code for _ in range(3)] == [201, 201, 429]
