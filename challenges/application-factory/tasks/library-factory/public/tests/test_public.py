"""A first part of what is checked. Run it with `pytest` in the folder of your kit."""


def test_the_mapping_overrides_the_defaults(make_app):
    """What is passed to the factory shows on the front page."""
    client = make_app({"NAME": "Riverside", "PAGE_SIZE": 3}).test_client()

    assert client.get("/").json == {"name": "Riverside", "page_size": 3, "requests": 0}


def test_the_environment_overrides_the_default(make_app):
    """The name may also come from the environment."""
    client = make_app(env={"LIBRARY_NAME": "Harbour"}).test_client()

    assert client.get("/").json["name"] == "Harbour"


def test_a_book_is_stored(client):
    """A posted book has a page and stands in the list."""
    posted = client.post("/books", json={"title": "Emma", "author": "Jane Austen"})

    assert posted.status_code == 201
    assert posted.json == {"id": posted.json["id"], "title": "Emma", "author": "Jane Austen"}
    assert client.get(f"/books/{posted.json['id']}").json == posted.json
    assert client.get("/books").json == {"books": [posted.json]}


def test_an_unknown_book_is_not_found(make_app):
    """A book that is not there is answered with 404 and a body in JSON."""
    response = make_app({"NAME": "Riverside"}).test_client().get("/books/404")

    assert response.status_code == 404
    assert response.json == {"error": "not found", "library": "Riverside"}


def test_requests_are_counted(client):
    """The front page says how many requests were answered before."""
    client.get("/books")
    client.get("/books")

    assert client.get("/").json["requests"] == 2


def test_add_book_says_which_book(runner):
    """The command prints the number of the book."""
    result = runner.invoke(["add-book", "Emma", "Jane Austen"])

    assert result.exit_code == 0, result.output
    assert result.output.strip() == "Added book 1"
