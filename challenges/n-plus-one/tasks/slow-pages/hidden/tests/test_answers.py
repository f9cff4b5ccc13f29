"""What the pages answer: a repair changes none of it."""

import time

import pytest


@pytest.fixture
def fill(client):
    """``fill(shows, networks)`` imports a document and gives the ids of the shows."""

    def load(*shows, networks=()):
        response = client.post("/import", json={"networks": list(networks), "shows": list(shows)})
        assert response.status_code == 201
        return response.json["shows"]

    return load


@pytest.fixture
def episodes(seed):
    """``episodes(n)`` makes up n episodes."""
    return lambda count: [{"title": seed.title(), "minutes": seed.integer(10, 90)} for _ in range(count)]


@pytest.fixture
def reviews(seed):
    """``reviews(n)`` makes up n reviews by different listeners."""
    return lambda count: [{"listener": seed.name(), "stars": seed.integer(1, 5)} for _ in range(count)]


def by_title(shows):
    return sorted(shows, key=lambda show: show["title"])


@pytest.mark.check("latest-answers", concept="many-to-one-loading")
def test_latest_episodes(client, fill, seed, episodes, symptom):
    """The latest episodes come newest first, up to the limit, those of independent shows among them."""
    shows = [
        {"title": seed.title(), "network": network, "episodes": episodes(6)}
        for network in (seed.title(2), None, seed.title(2), None)
    ]
    for show in shows:
        fill(show)
    expected = [
        episode | {"show": show["title"], "network": show["network"]}
        for show in reversed(shows)
        for episode in reversed(show["episodes"])
    ]
    found = client.get("/episodes?limit=50").json
    with_network = [episode for episode in expected if episode["network"]]
    assert found != with_network, symptom("parents-dropped")
    assert found == expected
    assert client.get("/episodes?limit=3").json == expected[:3]
    assert client.get("/episodes").json == expected[:20]


@pytest.mark.check("page-answers", concept="limit-with-collections")
def test_pages_of_shows(client, fill, seed, episodes, symptom):
    """Each page has its number of shows, each with all its episodes; together they hold each show once."""
    shows = [{"title": seed.title(), "episodes": episodes(count)} for count in seed.shuffled([0, 0, 2, 3, 4, 5, 7])]
    ids = dict(zip((show["title"] for show in shows), fill(*shows), strict=True))
    expected = [
        {
            "id": ids[show["title"]],
            "title": show["title"],
            "episodes": [
                {"number": number, "title": each["title"]} for number, each in enumerate(show["episodes"], start=1)
            ],
        }
        for show in by_title(shows)
    ]
    everything = client.get("/shows?per_page=50").json["shows"]
    assert everything != [show for show in expected if show["episodes"]], symptom("parents-dropped")
    assert everything == expected
    for number in (1, 2, 3):
        page = client.get(f"/shows?page={number}&per_page=3").json
        wanted = expected[3 * number - 3 : 3 * number]
        assert len(page["shows"]) == len(wanted), symptom("limit-counts-rows")
        assert page["shows"] == wanted, symptom("limit-counts-rows")
        assert (page["page"], page["per_page"], page["total"]) == (number, 3, 7)
    after = client.get("/shows?page=4&per_page=3")
    assert (after.status_code, after.json["shows"], after.json["total"]) == (200, [], 7)
    first = client.get("/shows").json
    assert (first["page"], first["per_page"], first["shows"]) == (1, 10, expected)


@pytest.mark.check("tagged-answers", concept="filtered-collections")
def test_shows_with_a_tag(client, fill, seed, symptom):
    """The shows with a tag come with all their tags; shows without it stay away; an unknown tag is a 404."""
    wanted, *others = seed.words(5)
    shows = [
        {"title": seed.title(), "tags": seed.shuffled([wanted, *others[:2]])},
        {"title": seed.title(), "tags": seed.shuffled([wanted, *others[1:]])},
        {"title": seed.title(), "tags": [wanted]},
        {"title": seed.title(), "tags": others},
    ]
    fill(*shows, {"title": seed.title()})
    found = client.get(f"/tags/{wanted}/shows").json
    assert [show["title"] for show in found] == [show["title"] for show in by_title(shows[:3])]
    assert not all(show["tags"] == [wanted] for show in found), symptom("only-the-matching-tag")
    assert found == [{"title": show["title"], "tags": sorted(show["tags"])} for show in by_title(shows[:3])]
    assert client.get(f"/tags/{seed.word()}/shows").status_code == 404


@pytest.mark.check("statistics-answers", concept="per-row-aggregates")
def test_statistics(client, fill, seed, episodes, reviews, symptom):
    """Episodes, minutes, reviews and average of each show are its own, also where it has none."""
    shapes = [(0, 0), (3, 0), (0, 2), (2, 3), (4, 2), (1, 1)]
    shows = [{"title": seed.title(), "episodes": episodes(heard), "reviews": reviews(rated)} for heard, rated in shapes]
    for review, stars in zip(shows[3]["reviews"], seed.shuffled([5, 4, 4]), strict=True):
        review["stars"] = stars  # an average that shows whether it was rounded
    fill(*shows)
    found = client.get("/statistics").json
    titles, listed = [show["title"] for show in by_title(shows)], [row["title"] for row in found]
    assert not (set(listed) < set(titles)), symptom("parents-dropped")
    assert listed == titles
    for row, show in zip(found, by_title(shows), strict=True):
        stars = [review["stars"] for review in show["reviews"]]
        assert row["episodes"] <= len(show["episodes"]), symptom("counts-multiplied")
        assert row["reviews"] <= len(stars), symptom("counts-multiplied")
        assert row["minutes"] <= sum(each["minutes"] for each in show["episodes"]), symptom("counts-multiplied")
        assert row == {
            "title": show["title"],
            "episodes": len(show["episodes"]),
            "minutes": sum(each["minutes"] for each in show["episodes"]),
            "reviews": len(stars),
            "stars": pytest.approx(sum(stars) / len(stars)) if stars else None,
        }


@pytest.mark.check("nested-answers", concept="nested-loading")
def test_nested(client, fill, seed, episodes, reviews, symptom):
    """Networks and single shows come with all that belongs to them, in order, also where there is nothing."""
    empty, small, large = seed.title(2), seed.title(2), seed.title(2)
    shows = [
        {"title": seed.title(), "network": network, "episodes": episodes(heard), "reviews": reviews(rated)}
        for network, heard, rated in [
            (small, 3, 2),
            (large, 0, 0),
            (large, 2, 3),
            (large, 4, 0),
            (None, 1, 1),
        ]
    ]
    guests = [seed.name() for _ in range(4)]
    for show in shows:
        for episode in show["episodes"]:
            episode["guests"] = seed.shuffled(guests)[: seed.integer(0, 4)]
    ids = fill(*shows, networks=[empty])
    assert client.get("/networks").json == [
        {
            "name": name,
            "shows": [
                {"title": show["title"], "episodes": [episode["title"] for episode in show["episodes"]]}
                for show in by_title(shows)
                if show["network"] == name
            ],
        }
        for name in sorted([empty, small, large])
    ], symptom("other-networks")
    for show_id, show in zip(ids, shows, strict=True):
        assert client.get(f"/shows/{show_id}").json == {
            "id": show_id,
            "title": show["title"],
            "network": show["network"],
            "episodes": [
                {"number": number, "title": episode["title"], "guests": sorted(episode["guests"])}
                for number, episode in enumerate(show["episodes"], start=1)
            ],
            "reviews": show["reviews"],
        }, symptom("other-details")
    assert client.get(f"/shows/{max(ids) + 1}").status_code == 404


@pytest.mark.check("changes-are-seen", concept="n-plus-one")
def test_changes_are_seen(client, fill, seed, episodes, reviews, symptom):
    """What was added after a page had been looked at is on that page at the next look."""
    tag = seed.word()

    def visited(count):
        return [episode | {"guests": [seed.name()]} for episode in episodes(count)]

    show = {
        "title": seed.title(),
        "network": seed.title(2),
        "tags": [tag],
        "episodes": visited(2),
        "reviews": reviews(1),
    }
    (show_id,) = fill(show)
    pages = [
        "/episodes",
        "/shows",
        f"/tags/{tag}/shows",
        "/statistics",
        "/networks",
        f"/shows/{show_id}",
        "/export.csv",
    ]
    for page in pages:
        assert show["title"] in client.get(page).text
    (before,) = client.get("/statistics").json

    (episode,), (review,) = visited(1), reviews(1)
    assert client.post(f"/shows/{show_id}/episodes", json=episode).status_code == 201
    assert client.post(f"/shows/{show_id}/reviews", json=review).status_code == 201
    for page in ("/episodes", "/shows", "/networks", f"/shows/{show_id}", "/export.csv"):
        assert episode["title"] in client.get(page).text, symptom("stale-answer")
    assert review["listener"] in client.get(f"/shows/{show_id}").text, symptom("stale-answer")
    (row,) = client.get("/statistics").json
    assert row["episodes"] > before["episodes"], symptom("stale-answer")
    assert row["minutes"] > before["minutes"], symptom("stale-answer")
    assert row["reviews"] > before["reviews"], symptom("stale-answer")

    later = {
        "title": seed.title(),
        "network": show["network"],
        "tags": [tag],
        "episodes": visited(1),
        "reviews": reviews(1),
    }
    fill(later)
    for page in pages:
        if page != f"/shows/{show_id}":
            assert later["title"] in client.get(page).text, symptom("stale-answer")


@pytest.mark.check("two-collections-add-up", concept="loading-strategies", seconds=180)
def test_two_collections(client, fill, seed, episodes, reviews, symptom):
    """A show with many episodes and many reviews takes about as long as the two kinds take apart."""
    listeners = reviews(500)
    heard, rated, both = fill(
        {"title": seed.title(), "episodes": episodes(500)},
        {"title": seed.title(), "reviews": listeners},
        {"title": seed.title(), "episodes": episodes(500), "reviews": listeners},
    )

    def duration(show_id, *sizes):
        start = time.perf_counter()
        answer = client.get(f"/shows/{show_id}").json
        taken = time.perf_counter() - start
        assert (len(answer["episodes"]), len(answer["reviews"])) == sizes
        return taken

    def apart():
        episodes_alone = min(duration(heard, 500, 0) for _ in range(5))
        return episodes_alone + min(duration(rated, 0, 500) for _ in range(5))

    # The factor is about 1, or more than 100; looks before and after keep a machine's busy moments out of it.
    shortest, adds_up = apart(), False
    for _ in range(3):
        together = duration(both, 500, 500)
        shortest = min(shortest, apart())
        adds_up = together <= 25 * shortest
        if adds_up:
            break
    assert adds_up, symptom("rows-multiplied")
