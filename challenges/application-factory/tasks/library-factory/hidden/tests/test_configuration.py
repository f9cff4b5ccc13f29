"""Where settings come from, and which of them wins."""

import pytest


def front(app):
    """What the front page of an app says."""
    response = app.test_client().get("/")
    assert response.status_code == 200, f"GET / answered {response.status_code}"
    return response.json


@pytest.mark.check("defaults", concept="config-precedence")
def test_defaults(make_app, seed):
    """A setting that neither the mapping nor the environment names keeps its default."""
    plain = front(make_app())
    assert (plain["name"], plain["page_size"]) == ("Library", 10)

    size = seed.integer(11, 90)
    partly = front(make_app({"PAGE_SIZE": size}, worker="second"))
    assert (partly["name"], partly["page_size"]) == ("Library", size)


@pytest.mark.check("environment-values", concept="environment-prefix")
def test_environment_values(make_app, seed, symptom):
    """Both settings can come from the environment, and the page size is a number that limits the list."""
    name, size = seed.title(), seed.integer(2, 4)
    app = make_app(env={"LIBRARY_NAME": name, "LIBRARY_PAGE_SIZE": str(size)})

    page = front(app)
    assert page["name"] == name
    assert page["page_size"] != str(size), symptom("text-instead-of-a-number")
    assert page["page_size"] == size

    client = app.test_client()
    titles = [seed.title() for _ in range(size + 2)]
    for title in titles:
        client.post("/books", json={"title": title, "author": seed.name()})
    assert [book["title"] for book in client.get("/books").json["books"]] == titles[:size]


@pytest.mark.check("environment-at-call", concept="environment-prefix")
def test_environment_at_call(make_app, seed, symptom):
    """An app sees the environment as it is when the factory is called, not as it was before."""
    earlier, later = seed.title(), seed.title()
    make_app(env={"LIBRARY_NAME": earlier})

    name = front(make_app(env={"LIBRARY_NAME": later}))["name"]
    assert name != earlier, symptom("value-of-an-earlier-time")
    assert name == later


@pytest.mark.check("mapping-over-environment", concept="config-precedence")
def test_mapping_over_environment(make_app, seed, symptom):
    """Where the mapping and the environment both name a setting, the mapping wins."""
    from_environment, from_mapping = seed.title(), seed.title()
    app = make_app({"NAME": from_mapping}, env={"LIBRARY_NAME": from_environment})

    name = front(app)["name"]
    assert name != from_environment, symptom("environment-won")
    assert name == from_mapping


@pytest.mark.check("database-from-mapping", concept="config-before-binding")
def test_database_from_mapping(make_app, seed, new_database, symptom):
    """The books are in the database that the mapping names: other processes with the same one find them."""
    address = {"SQLALCHEMY_DATABASE_URI": new_database()}
    first = make_app(address).test_client()
    second = make_app(address, worker="second").test_client()
    posted = first.post("/books", json={"title": seed.title(), "author": seed.name()})
    assert posted.status_code == 201

    assert second.get("/books").json["books"] != [], symptom("another-database")
    assert second.get("/books").json["books"] == [posted.json]
    third = make_app(address, worker="third").test_client()
    assert third.get("/books").json["books"] == [posted.json]
