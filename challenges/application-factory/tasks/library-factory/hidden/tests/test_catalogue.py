"""What one app does by itself."""

import pytest


@pytest.mark.check("books-are-kept", concept="blueprints")
def test_books_are_kept(client, seed):
    """Books that are posted have an id and a page each, and are listed oldest first."""
    books = []
    for _ in range(seed.integer(3, 6)):
        sent = {"title": seed.title(), "author": seed.name()}
        posted = client.post("/books", json=sent)
        assert posted.status_code == 201
        assert posted.json == {"id": posted.json["id"], **sent}
        books.append(posted.json)

    assert client.get("/books").json == {"books": books}
    assert [client.get(f"/books/{book['id']}").json for book in books] == books


@pytest.mark.check("not-found-is-json", concept="error-handler-scope")
def test_not_found_is_json(make_app, seed, symptom):
    """Every 404 is answered in JSON, for a missing book and for an address that no route knows."""
    name = seed.title()
    client = make_app({"NAME": name}).test_client()
    expected = {"error": "not found", "library": name}

    book = client.get(f"/books/{seed.integer(1000, 9000)}")
    assert (book.status_code, book.json) == (404, expected)

    nowhere = client.get(f"/{seed.word()}/{seed.word()}")
    assert nowhere.status_code == 404
    assert nowhere.is_json, symptom("address-without-a-route")
    assert nowhere.json == expected


@pytest.mark.check("count-every-answer", concept="signals")
def test_count_every_answer(client, seed):
    """Every answered request counts, whichever route it asked for and also where the answer was 404."""
    missing = [f"/books/{seed.integer(1000, 9000)}", f"/{seed.word()}", f"/{seed.word()}/{seed.word()}"]
    asked = seed.shuffled(["/", "/books", *missing] * seed.integer(1, 3))
    for path in asked:
        client.get(path)

    assert client.get("/").json["requests"] == len(asked)


@pytest.mark.check("add-book-own-database", concept="cli-context")
def test_add_book_own_database(client, runner, seed, symptom):
    """A book from the command line is in the catalogue of the app that the command was invoked for."""
    for _ in range(seed.integer(2, 4)):
        client.post("/books", json={"title": seed.title(), "author": seed.name()})
    title, author = seed.title(), seed.name()

    result = runner.invoke(["add-book", title, author])
    assert result.exit_code == 0, result.output

    added = [book for book in client.get("/books").json["books"] if book["title"] == title]
    assert added, symptom("book-went-elsewhere")
    assert added == [{"id": added[0]["id"], "title": title, "author": author}]
    assert f"Added book {added[0]['id']}" in result.output
