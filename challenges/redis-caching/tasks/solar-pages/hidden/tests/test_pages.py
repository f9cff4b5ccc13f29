"""Judges the pages by HTTP, by the runs that the simulation has logged, and by what stands in our Redis.

Each test sees a page answered from the cache, so that an app without one passes none. Where something must not happen
(a second run), a right solution never lets it; the waiting only gives a wrong one the time to show its mistake.
"""

import time
from http.client import HTTPException

import pytest

LOG, STATE = "/tmp/simulation.log", "/tmp/simulation.state"
LATE = 4.8  # seconds: more than twice what the brief allows, and less than the client's own timeout
CROWD = 5


class Simulation:
    """What the simulation has done, and what it is to do."""

    def __init__(self, files):
        self._files = files

    @property
    def runs(self):
        """How many have begun."""
        try:
            return self._files.read(LOG).count(b"\n")
        except FileNotFoundError:
            return 0

    def hold(self):
        self._files.write(STATE, b"hold")

    def release(self):
        self._files.write(STATE, b"go")

    def fail(self):
        self._files.write(STATE, b"fail")


class Person:
    """A member, who joins on creation; each call says through which client."""

    def __init__(self, client, seed, region):
        self.name = seed.name()
        self.region = region
        response = client.post("/members", json={"name": self.name, "region": region})
        assert response.status_code == 201
        self.headers = {"X-Member-Key": response.json["key"]}
        self.total = 0

    def report(self, client, day, kwh):
        """One more reading."""
        response = client.put(f"/readings/2025-05-{day:02}", json={"kwh": kwh}, headers=self.headers)
        assert response.status_code == 204
        self.total += kwh

    def get(self, client, path):
        return client.get(path, headers=self.headers)

    def view(self, client, path="/forecast"):
        """A page that has to be answered."""
        response = self.get(client, path)
        assert response.status_code == 200
        return response.json

    def run(self, client, path="/forecast"):
        return self.view(client, path)["run"]

    def is_cached(self, client, path="/forecast"):
        return self.run(client, path) == self.run(client, path)


def of_region(region):
    return f"/ranking?region={region}"


def ranked(*people):
    """What a ranking of these people shows."""
    ordered = sorted(people, key=lambda person: (-person.total, person.name))
    return [{"name": person.name, "total": person.total} for person in ordered]


@pytest.fixture(autouse=True)
def steered(environment):
    """Every app of a test logs its runs, and can be held up."""
    environment.update(SIMULATION_LOG=LOG, SIMULATION_STATE=STATE)


@pytest.fixture
def simulation(files):
    return Simulation(files)


@pytest.fixture
def regions(seed):
    return seed.words(2)


@pytest.fixture
def apps(make_app, new_database):
    """Two processes of one app."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database()}
    return make_app(config), make_app(config, worker="second")


@pytest.fixture
def pair(apps):
    return [app.test_client() for app in apps]


@pytest.fixture
def ada(client, seed, regions):
    """A member with a few readings."""
    return reporting(client, seed, regions[0])


def reporting(client, seed, region, days=None):
    person = Person(client, seed, region)
    for day in range(1, days or seed.integer(3, 4)):
        person.report(client, day, seed.integer(1, 40))
    return person


@pytest.fixture
def prompt(symptom):
    """Gives what a call answers when Redis is of no help: in time, and without an error."""

    def answered(call):
        began = time.monotonic()
        try:
            response = call()
        except TimeoutError:
            pytest.fail(symptom("late-without-redis"))
        except (OSError, HTTPException):
            pytest.fail(symptom("error-without-redis"))
        assert response.status_code < 500, symptom("error-without-redis")
        assert time.monotonic() - began < LATE, symptom("late-without-redis")
        return response

    return answered


@pytest.fixture
def crowd(simulation, at_once, eventually):
    """What several clients get who ask at once; the first run goes on until a second has begun, or had time to."""

    def ask(person, path, *clients):
        before = simulation.runs

        def let_go():
            try:
                eventually(lambda: simulation.runs > before, seconds=3)
                eventually(lambda: simulation.runs > before + 1, seconds=1.5)
            finally:
                simulation.release()

        simulation.hold()
        *answers, _ = at_once(*[lambda client=client: person.get(client, path) for client in clients], let_go)
        assert [answer.status_code for answer in answers] == [200] * len(clients)
        return {answer.json["run"] for answer in answers}, simulation.runs - before

    return ask


@pytest.mark.check("kept-in-redis", concept="shared-store")
def test_pages_are_kept_in_redis_alone(client, ada, redis, symptom):
    """A page is answered again without a run, until it is no longer in Redis."""
    for path in ("/forecast", "/ranking", of_region(ada.region)):
        first = ada.view(client, path)
        assert ada.view(client, path) == first
        redis.execute("FLUSHDB")
        assert ada.run(client, path) != first["run"], symptom("kept-in-the-process")
        assert ada.is_cached(client, path)


@pytest.mark.check("processes-share", concept="shared-store")
def test_processes_share_what_is_cached(pair, seed, regions, symptom):
    """What one process has computed, another one answers without a run."""
    here, there = pair
    ada = reporting(here, seed, regions[0])
    for path in ("/forecast", "/ranking", of_region(ada.region)):
        assert ada.is_cached(here, path)
        assert ada.view(there, path) == ada.view(here, path), symptom("own-copy-per-process")


@pytest.mark.check("own-forecast", concept="personal-answers")
def test_everybody_gets_their_own_forecast(client, seed, ada, symptom):
    """Members who ask for the forecast in turn each get their own, and each of them is cached."""
    ben, cleo = (reporting(client, seed, ada.region) for _ in range(2))
    people = seed.shuffled([ada, ben, cleo])
    pages = [person.view(client) for person in people]
    for person, page in zip(people, pages, strict=True):
        assert (page["name"], page["total"]) == (person.name, person.total), symptom("another-members-page")
    assert [person.view(client) for person in people] == pages


@pytest.mark.check("key-is-checked", concept="personal-answers")
def test_cached_pages_are_for_members(client, seed, ada, symptom):
    """Cached pages are answered with 401 to requests without a member's key."""
    for path in ("/forecast", "/ranking", of_region(ada.region)):
        assert ada.is_cached(client, path)
        for headers in ({}, {"X-Member-Key": seed.token()}):
            response = client.get(path, headers=headers)
            assert response.status_code != 200, symptom("answered-without-a-key")
            assert response.status_code == 401
        assert ada.is_cached(client, path)


@pytest.mark.check("ranking-per-region", concept="cache-key")
def test_rankings_are_kept_apart(client, seed, regions, symptom):
    """The rankings of two regions and of all show whom they should, and each of them is cached."""
    # as many members and readings here as there: no count tells the regions apart
    ada, ben = (reporting(client, seed, region, days=3) for region in regions[:2])
    members = {"/ranking": [ada, ben], of_region(ada.region): [ada], of_region(ben.region): [ben]}
    pages = {path: ada.view(client, path) for path in seed.shuffled(list(members))}
    for path, people in members.items():
        assert pages[path]["members"] == ranked(*people), symptom("filter-ignored")
    assert {path: ben.view(client, path) for path in members} == pages


@pytest.mark.check("everything-ends", concept="lifetimes")
def test_every_key_has_an_end(make_app, seed, regions, redis, symptom):
    """Each key in Redis has a time to live, and that of pages is the configured one."""
    timeout = seed.integer(200, 2000)
    client = make_app({"CACHE_DEFAULT_TIMEOUT": timeout}).test_client()
    ada = reporting(client, seed, regions[0])
    for day, path in enumerate(("/forecast", "/ranking"), 10):
        redis.execute("FLUSHDB")
        assert ada.is_cached(client, path)
        ada.report(client, day, seed.integer(1, 40))
        assert ada.is_cached(client, path)
        ends = [redis.execute("TTL", key) for key in redis.execute("KEYS", "*")]
        assert ends, symptom("nothing-in-redis")
        assert -1 not in ends, symptom("no-end")
        assert timeout / 2 - 30 < max(ends) <= timeout


@pytest.mark.check("write-shows", concept="invalidation")
def test_a_forecast_shows_the_last_reading(pair, seed, regions, symptom):
    """After each reading, in whichever process, the forecast shows it in all processes and is cached again."""
    here, there = pair
    ada = reporting(here, seed, regions[0])
    for day in range(10, 13):
        assert ada.is_cached(there)
        assert ada.is_cached(here)
        ada.report(here, day, seed.integer(1, 40))
        assert ada.view(here)["total"] == ada.total, symptom("old-page")
        assert ada.view(there)["total"] == ada.total, symptom("old-page-in-other-process")
        here, there = there, here
    kwh = seed.integer(50, 90)
    assert ada.is_cached(here)
    for more in (0, seed.integer(1, 9)):
        response = here.put("/readings/2025-04-30", json={"kwh": kwh + more}, headers=ada.headers)
        assert response.status_code == 204
        for client in (here, there):
            assert ada.view(client)["total"] == ada.total + kwh + more, symptom("old-page")


@pytest.mark.check("lists-follow", concept="invalidation")
def test_rankings_show_the_last_write(pair, seed, regions, symptom):
    """Readings and new members show in the ranking of all and in that of their region, in all processes."""
    here, there = pair
    ada = reporting(here, seed, regions[0])
    paths = ("/ranking", of_region(ada.region))
    for day in range(10, 12):
        for path in paths:
            assert ada.is_cached(there, path)
            assert ada.is_cached(here, path)
        ada.report(here, day, seed.integer(1, 40))
        for client in (here, there):
            assert ada.view(client, paths[0])["members"] == ranked(ada), symptom("old-list")
            assert ada.view(client, paths[1])["members"] == ranked(ada), symptom("old-filtered-list")
        here, there = there, here
    ben = Person(here, seed, ada.region)
    for path in paths:
        for client in (here, there):
            assert ada.view(client, path)["members"] == ranked(ada, ben), symptom("new-member-missing")
    assert ada.is_cached(here, paths[0])


@pytest.mark.check("rest-stays", concept="invalidation")
def test_a_write_leaves_other_pages_cached(client, seed, ada, regions, simulation, symptom):
    """A reading and a new member leave cached what they do not change, and run no simulation."""
    ben, cleo = reporting(client, seed, ada.region), reporting(client, seed, regions[1])
    kept = [(ben, "/forecast"), (cleo, "/forecast"), (cleo, of_region(cleo.region))]
    pages = [person.view(client, path) for person, path in kept]
    assert [person.view(client, path) for person, path in kept] == pages
    runs = simulation.runs
    ada.report(client, 10, seed.integer(1, 40))
    Person(client, seed, ada.region)
    assert simulation.runs == runs
    assert [person.view(client, path) for person, path in kept] == pages, symptom("thrown-away")


@pytest.mark.check("late-result", concept="invalidation")
def test_a_run_from_before_a_write_shows_to_nobody_after_it(
    client, live, app, seed, ada, simulation, at_once, eventually, symptom
):
    """A write comes while a run is going on: whoever asks afterwards sees the write, before and after the run's end."""
    server = live(app)
    for day, path in ((10, "/forecast"), (20, "/ranking")):
        assert ada.is_cached(client, path)
        ada.report(client, day, seed.integer(1, 40))
        slow, quick = server.client(), server.client()
        before = simulation.runs

        def write_meanwhile(day=day, path=path, quick=quick, before=before):
            try:
                assert eventually(lambda: simulation.runs > before, seconds=4)
                ada.report(quick, day + 1, seed.integer(41, 90))
            finally:
                simulation.release()
            return ada.view(quick, path)

        simulation.hold()
        _, page = at_once(lambda path=path, slow=slow: ada.view(slow, path), write_meanwhile)
        for shown in (page, ada.view(quick, path)):
            total = shown["total"] if path == "/forecast" else shown["members"][0]["total"]
            assert total == ada.total, symptom("result-from-before-the-write")
        assert ada.is_cached(quick, path)


@pytest.mark.check("one-run", concept="stampede")
def test_a_crowd_at_one_process_costs_one_run(client, live, app, ada, crowd, symptom):
    """Several clients at once want a page that is not cached: one run, and all get its result."""
    server = live(app)
    for path in ("/forecast", of_region(ada.region)):
        shown, runs = crowd(ada, path, *[server.client() for _ in range(CROWD)])
        assert runs == 1, symptom("several-runs")
        assert len(shown) == 1
        assert {ada.run(client, path)} == shown


@pytest.mark.check("one-run-in-all", concept="stampede")
def test_a_crowd_at_two_processes_costs_one_run(apps, live, seed, regions, crowd, symptom):
    """The clients are spread over two processes: still one run, and all get its result."""
    servers = [live(app) for app in apps]
    ada = reporting(servers[0].client(), seed, regions[0])
    for path in ("/forecast", "/ranking"):
        shown, runs = crowd(ada, path, *[server.client() for server in servers for _ in range(2)])
        assert runs == 1, symptom("several-runs")
        assert len(shown) == 1
        assert {ada.run(servers[1].client(), path)} == shown


@pytest.mark.check("pages-apart", concept="stampede")
def test_pages_do_not_wait_for_each_other(client, live, app, seed, ada, simulation, at_once, eventually, symptom):
    """While a page is being computed, others are computed as well, and cached ones are answered."""
    server = live(app)
    ben, cleo = (reporting(client, seed, ada.region) for _ in range(2))
    page = ben.view(client)
    before = simulation.runs
    first, second, third = (server.client() for _ in range(3))

    def look():
        try:
            both = eventually(lambda: simulation.runs >= before + 2, seconds=4)
            return both, both and ben.view(third)
        finally:
            simulation.release()

    simulation.hold()
    _, _, (both, seen) = at_once(lambda: ada.view(first), lambda: cleo.view(second), look)
    assert both, symptom("one-at-a-time")
    assert seen == page


@pytest.mark.check("failure-not-kept", concept="stored-results")
def test_a_failed_run_is_tried_again(client, ada, simulation, symptom):
    """A failed run is answered with 503, the next request runs again, and what succeeds is cached."""
    for path in ("/forecast", "/ranking"):
        simulation.fail()
        for _ in range(2):
            before = simulation.runs
            assert ada.get(client, path).status_code == 503
            assert simulation.runs == before + 1, symptom("error-kept")
        simulation.release()
        assert ada.get(client, path).status_code == 200, symptom("error-kept")
        assert ada.is_cached(client, path)


@pytest.mark.check("away-pages", concept="cache-is-no-record")
def test_pages_without_redis(apps, live, seed, regions, redis, prompt, symptom):
    """While Redis refuses connections, pages are answered, and are computed for each request."""
    first = live(apps[0]).client()
    ada = reporting(first, seed, regions[0])
    assert ada.is_cached(first)
    redis.cut()
    second = live(apps[1]).client()
    for client in (first, second):
        for path in ("/forecast", "/ranking"):
            pages = [prompt(lambda client=client, path=path: ada.get(client, path)).json for _ in range(2)]
            assert pages[0]["run"] != pages[1]["run"], symptom("kept-in-the-process")
            for page in pages:
                assert page.get("total", ada.total) == ada.total
                assert page.get("members", ranked(ada)) == ranked(ada)


@pytest.mark.check("away-start", concept="cache-is-no-record")
def test_an_app_is_made_without_redis(make_app, new_database, live, seed, regions, redis, prompt, eventually):
    """An app that is made while Redis is away answers, and caches when Redis is there."""
    config = {"SQLALCHEMY_DATABASE_URI": new_database()}
    redis.cut()
    client = live(make_app(config)).client()
    ada = reporting(client, seed, regions[0])
    assert prompt(lambda: ada.get(client, "/forecast")).json["total"] == ada.total
    redis.mend()
    assert eventually(lambda: ada.is_cached(client))


@pytest.mark.check("away-writes", concept="cache-is-no-record")
def test_a_write_without_redis_holds(apps, live, seed, regions, redis, prompt, eventually, symptom):
    """What was written while Redis was away shows when it is back, in every process, and pages are cached again."""
    neighbour = f"{seed.word()}:{seed.token()}"
    redis.execute("SET", neighbour, "kept")
    here, there = (live(app).client() for app in apps)
    ada = reporting(here, seed, regions[0])
    paths = ("/forecast", "/ranking", of_region(ada.region))
    for path in paths:
        assert ada.is_cached(here, path)
    redis.cut()
    kwh = seed.integer(1, 40)
    write = {"json": {"kwh": kwh}, "headers": ada.headers}
    assert prompt(lambda: here.put("/readings/2025-05-20", **write)).status_code == 204
    ada.total += kwh
    assert prompt(lambda: ada.get(here, "/forecast")).json["total"] == ada.total
    redis.mend()
    for client in (there, here):
        for path in paths:
            page = prompt(lambda client=client, path=path: ada.get(client, path)).json
            assert page.get("total", ada.total) == ada.total, symptom("page-from-before-the-write")
            assert page.get("members", ranked(ada)) == ranked(ada), symptom("page-from-before-the-write")
    for path in paths:
        assert eventually(lambda path=path: ada.is_cached(here, path))
    assert redis.execute("GET", neighbour) == b"kept", symptom("neighbours-lost")


@pytest.mark.check("lost-midway", concept="cache-is-no-record")
def test_redis_is_lost_in_the_middle_of_a_request(
    client, live, app, seed, ada, redis, prompt, simulation, at_once, eventually
):
    """Redis goes away while a page is being computed and others wait for it: all are answered."""
    server = live(app)
    assert ada.is_cached(client)
    ada.report(client, 10, seed.integer(1, 40))
    before = simulation.runs
    clients = [server.client() for _ in range(3)]

    def take_away():
        try:
            assert eventually(lambda: simulation.runs > before, seconds=4)
            redis.cut()
        finally:
            simulation.release()

    simulation.hold()
    *answers, _ = at_once(*[lambda one=one: prompt(lambda: ada.get(one, "/forecast")) for one in clients], take_away)
    assert [answer.json["total"] for answer in answers] == [ada.total] * len(clients)


@pytest.mark.check("silent-redis", concept="cache-is-no-record")
def test_redis_does_not_answer(client, live, app, seed, ada, redis, prompt):
    """Redis takes commands and does not answer: pages and writes come in time all the same."""
    assert ada.is_cached(client)
    member = live(app).client()
    redis.execute("CLIENT", "PAUSE", "60000", "ALL")
    assert prompt(lambda: ada.get(member, "/forecast")).json["total"] == ada.total
    kwh = seed.integer(1, 40)
    write = {"json": {"kwh": kwh}, "headers": ada.headers}
    assert prompt(lambda: member.put("/readings/2025-05-20", **write)).status_code == 204
    assert prompt(lambda: ada.get(member, "/forecast")).json["total"] == ada.total + kwh


@pytest.mark.check("neighbours", concept="key-space")
def test_other_programs_keep_their_keys(make_app, seed, regions, redis, symptom):
    """Each key begins with the configured prefix, and the keys of other programs stay as they are."""
    prefix = f"{seed.word()}:"
    theirs = {f"{seed.word()}:{seed.token()}".encode(): seed.token().encode() for _ in range(3)}
    for key, value in theirs.items():
        redis.execute("SET", key, value)
    client = make_app({"CACHE_KEY_PREFIX": prefix}).test_client()
    ada = reporting(client, seed, regions[0])
    for day in range(10, 12):
        for path in ("/forecast", "/ranking", of_region(ada.region)):
            assert ada.is_cached(client, path)
        ada.report(client, day, seed.integer(1, 40))
        Person(client, seed, ada.region)
    ada.view(client)
    assert {key: redis.execute("GET", key) for key in theirs} == theirs, symptom("neighbours-lost")
    ours = set(redis.execute("KEYS", "*")) - set(theirs)
    assert all(key.startswith(prefix.encode()) for key in ours), symptom("key-without-prefix")
