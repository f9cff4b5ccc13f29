"""Two apps in one process: nothing that one of them does shows in the other."""

import pytest


def add(client, seed):
    """Posts a made-up book and returns it as the app answered."""
    posted = client.post("/books", json={"title": seed.title(), "author": seed.name()})
    assert posted.status_code == 201, f"POST /books answered {posted.status_code}"
    return posted.json


@pytest.mark.check("second-app-own-settings", concept="fresh-app")
def test_second_app_own_settings(make_app, seed, symptom):
    """An app that is made while another is in use has its own settings from the start."""
    earlier, later, size = seed.title(), seed.title(), seed.integer(11, 90)
    make_app({"NAME": earlier}).test_client().get("/")

    page = make_app({"NAME": later, "PAGE_SIZE": size}).test_client().get("/").json
    assert page["name"] != earlier, symptom("settings-of-the-first-app")
    assert (page["name"], page["page_size"]) == (later, size)


@pytest.mark.check("first-app-keeps-settings", concept="current-app")
def test_first_app_keeps_settings(make_app, seed, symptom):
    """An app keeps its settings after another app has been made."""
    earlier, later, size = seed.title(), seed.title(), seed.integer(11, 90)
    first = make_app({"NAME": earlier, "PAGE_SIZE": size}).test_client()
    make_app({"NAME": later})

    page = first.get("/").json
    assert page["name"] != later, symptom("settings-of-the-last-app")
    assert (page["name"], page["page_size"]) == (earlier, size)


@pytest.mark.check("separate-databases", concept="extension-binding")
def test_separate_databases(make_app, seed, symptom):
    """Two apps with a database each list their own books only."""
    first, second = make_app().test_client(), make_app().test_client()
    mine = [add(first, seed) for _ in range(seed.integer(2, 4))]
    theirs = [add(second, seed)]

    listed = first.get("/books").json["books"]
    assert all(book["title"] != theirs[0]["title"] for book in listed), symptom("books-are-shared")
    assert listed == mine
    assert second.get("/books").json["books"] == theirs


@pytest.mark.check("first-app-still-works", concept="extension-binding")
def test_first_app_still_works(make_app, seed, symptom):
    """An app goes on storing and listing its books after another app has been made."""
    first = make_app({"PROPAGATE_EXCEPTIONS": False}).test_client()
    before = add(first, seed)
    make_app()

    assert first.get("/books").status_code != 500, symptom("first-app-breaks")
    after = add(first, seed)
    assert first.get("/books").json["books"] == [before, after]
    assert first.get(f"/books/{before['id']}").json == before


@pytest.mark.check("count-starts-at-zero", concept="per-app-state")
def test_count_starts_at_zero(make_app, seed, symptom):
    """A new app has counted no request, however many another app has answered before."""
    busy = make_app().test_client()
    answered = seed.integer(3, 6)
    for _ in range(answered):
        busy.get("/")

    counted = make_app().test_client().get("/").json["requests"]
    assert counted != answered, symptom("count-goes-on")
    assert counted == 0


@pytest.mark.check("count-own-requests", concept="signals")
def test_count_own_requests(make_app, seed, symptom):
    """Of two apps in use at the same time, each counts the requests that it answered itself."""
    first, second = make_app().test_client(), make_app().test_client()
    mine, theirs = seed.integer(3, 5), seed.integer(6, 9)
    for client in seed.shuffled([first] * mine + [second] * theirs):
        client.get("/")

    counted = first.get("/").json["requests"]
    assert counted != mine + theirs, symptom("requests-of-both-apps")
    assert counted == mine
    assert second.get("/").json["requests"] == theirs


@pytest.mark.check("init-db-own-database", concept="cli-context")
def test_init_db_own_database(make_app, seed, symptom):
    """init-db empties the database of the app that it is invoked for, and no other."""
    one, other = make_app(), make_app()
    first, second = one.test_client(), other.test_client()
    add(first, seed)
    theirs = add(second, seed)

    result = one.test_cli_runner().invoke(["init-db"])
    assert result.exit_code == 0, result.output
    assert first.get("/books").json["books"] == [], symptom("books-are-still-there")
    assert second.get("/books").json["books"] == [theirs], symptom("other-books-are-gone")

    again = add(first, seed)
    assert first.get("/books").json["books"] == [again]
