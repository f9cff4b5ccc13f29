"""Judges the server by running it. What decides is what has happened, and in which order; no clock does.

A request that is "held" is inside a view until the test opens its gate. ``PATIENCE`` only ends what hangs: a right
server needs a hundredth of it. Where ``brief`` waiting shows nothing, nothing is held against anybody: it gives a wrong
server time to show its mistake.

Which of several workers answers is nobody's choice. Where a test needs answers of two workers, it has the server
replace the one by the other (SIGTTIN, SIGTTOU). A SIGTERM is sent only when every worker has answered something:
gunicorn loses one that reaches a worker before that has set up its handlers. What the server has printed is read when
it has ended, since then it has printed all.
"""

import json
import re
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse

import pytest

ONE_WORKER = {"DESK_WORKERS": "1"}
PATIENCE = 30.0
BRIEF = 0.5
SHORT = 10  # seconds for a stop, where some minutes are asked for


class Answer:
    """What the server answered."""

    def __init__(self, response):
        self.status_code = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def ask(server, path="/status", method="GET", headers=None):
    """The server's answer, however long that takes."""
    sent = {"Host": "here", "Content-Length": "0", "Connection": "close", **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "", ""]
    with server.connect() as line:
        line.settimeout(PATIENCE)
        line.sendall("\r\n".join(lines).encode())
        response = HTTPResponse(line)
        response.begin()
        return Answer(response)


def status_of(server):
    """What the app knows of process, server and request."""
    return ask(server).json


def workers_of(server):
    """The server's worker processes, as a worker sees them."""
    return status_of(server)["workers"]


def settings_of(server):
    """What gunicorn runs with."""
    return status_of(server)["settings"]


def lines_of(server):
    """What the server has printed until its end."""
    server.signal("TERM")
    server.wait(PATIENCE)
    return server.printed.splitlines()


class Held:
    """Requests that are held at one gate, each on a connection of its own."""

    def __init__(self, server, files, name):
        self.server = server
        self.files = files
        self.name = name
        self.lines = []

    def send(self, count=1):
        """Sends ``count`` requests more."""
        for _ in range(count):
            line = self.server.connect()
            self.lines.append(line)
            line.sendall(f"GET /hold/{self.name} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())

    @property
    def inside(self):
        """``(process, thread)`` of each request that has reached the view."""
        try:
            noted = self.files.read(f"/tmp/{self.name}.held").decode()
        except FileNotFoundError:
            return []
        return [tuple(int(number) for number in line.split()) for line in noted.splitlines()]

    def open(self):
        """Lets all of them go on."""
        self.files.write(f"/tmp/{self.name}.open", b"")

    def answers(self):
        """The first line of each answer; it is empty where the connection ended without one."""
        return [first_line(line) for line in self.lines]


@pytest.fixture
def holding(files, eventually, seed):
    """``with holding(server, 2) as held``: two requests are sent, and at least one is inside the view."""

    @contextmanager
    def call(server, count=1):
        held = Held(server, files, seed.word())
        try:
            held.send(count)
            assert eventually(lambda: held.inside, PATIENCE), "no request has reached the view"
            yield held
        finally:
            for line in held.lines:
                line.close()

    return call


def first_line(line):
    """The first line of what came until the connection ended; it is empty where nothing came. Raises TimeoutError."""
    line.settimeout(PATIENCE)
    data = b""
    try:
        while more := line.recv(4096):
            data += more
    except TimeoutError:
        raise
    except OSError:
        pass
    return data.partition(b"\r\n")[0].decode("latin-1")


def served(line):
    return bool(re.match(r"HTTP/1\.\d 200 ", line))


@pytest.fixture
def serve(start, eventually):
    """Starts the server, and gives it when it has answered a request."""

    def call(env):
        server = start("server", env=env)

        def answers():
            try:
                return status_of(server)
            except (OSError, HTTPException, ValueError):
                return None

        assert eventually(answers, PATIENCE), "the server answers nothing"
        return server

    return call


@pytest.fixture
def by_each_worker(eventually):
    """``ask()`` of the only worker, and again of the one that took its place; gives both results."""

    def call(server, ask):
        results = [ask()]
        first = status_of(server)
        server.signal("TTIN")
        more = eventually(lambda: len(workers_of(server)) > len(first["workers"]), PATIENCE)
        assert more, "no second worker was started"
        server.signal("TTOU")
        gone = eventually(lambda: first["pid"] not in workers_of(server), PATIENCE)
        assert gone, "the first worker has not ended"
        return [*results, ask()]

    return call


@pytest.fixture
def one_of_two(serve, eventually):
    """A server that was started with two workers, and has one of them left."""

    def call():
        server = serve({"DESK_WORKERS": "2"})
        assert settings_of(server)["workers"] == 2
        assert eventually(lambda: len(workers_of(server)) == 2, PATIENCE), "the server does not have two workers"
        server.signal("TTOU")
        assert eventually(lambda: len(workers_of(server)) == 1, PATIENCE), "no worker has ended"
        return server

    return call


# --- workers


@pytest.mark.check("workers-from-environment", concept="worker-model", seconds=90)
def test_number_of_workers(serve, eventually, seed):
    """The server has as many worker processes as the environment says."""
    wanted = seed.integer(3, 5)
    server = serve({"DESK_WORKERS": str(wanted), "DESK_THREADS": "1"})
    assert settings_of(server)["workers"] == wanted
    eventually(lambda: len(workers_of(server)) >= wanted, PATIENCE)
    assert len(workers_of(server)) == wanted


@pytest.mark.check("requests-at-once", concept="worker-model", seconds=90)
def test_threads(serve, holding, eventually, seed):
    """A worker works on as many requests at the same time as the environment says, and on no more."""
    wanted = seed.integer(2, 3)
    server = serve({"DESK_WORKERS": "1", "DESK_THREADS": str(wanted)})
    assert settings_of(server)["threads"] == wanted
    with holding(server, wanted + 3) as held:
        eventually(lambda: len(held.inside) >= wanted, PATIENCE)
        assert len(held.inside) >= wanted, "fewer requests than that are worked on at the same time"
        eventually(lambda: len(held.inside) > wanted, BRIEF)
        assert len(held.inside) == wanted, "more requests than that are worked on at the same time"
        held.open()
        assert all(served(answer) for answer in held.answers())


@pytest.mark.check("defaults", concept="worker-model", seconds=90)
def test_defaults(serve):
    """Where the environment does not say, the server has two workers with four threads each."""
    settings = settings_of(serve({}))
    assert (settings["workers"], settings["threads"]) == (2, 4)


def draw(server):
    response = ask(server, "/numbers", "POST")
    assert response.status_code == 201
    return response.json["number"]


@pytest.mark.check("numbers-shared", concept="memory-per-worker", points=2, seconds=90)
def test_numbers(serve, by_each_worker, seed, symptom):
    """Numbers that different workers draw have no gap, none comes twice, and each worker knows those of the other."""
    server, count = serve(ONE_WORKER), seed.integer(2, 5)
    one, other = by_each_worker(server, lambda: [draw(server) for _ in range(count)])
    assert not set(one) & set(other), symptom("number-drawn-twice")
    assert [*one, *other] == list(range(1, 2 * count + 1))
    for number in (one[0], other[-1]):
        response = ask(server, f"/numbers/{number}")
        assert response.status_code == 200
        assert response.json["number"] == number
    assert ask(server, f"/numbers/{other[-1] + 1}").status_code == 404


@pytest.mark.check("numbers-in-a-rush", concept="memory-per-worker", seconds=90)
def test_rush(serve, at_once, eventually):
    """Numbers that are drawn at the same time from two workers have no gap, and none comes twice."""
    server = serve({"DESK_WORKERS": "2", "DESK_THREADS": "4"})
    two = eventually(lambda: len(workers_of(server)) == 2, PATIENCE)
    assert two, "the server does not have two workers"
    numbers = []
    for _ in range(6):
        numbers += at_once(*[lambda: draw(server) for _ in range(8)])
    assert sorted(numbers) == list(range(1, 49))


@pytest.mark.check("numbers-survive", concept="memory-per-worker", seconds=90)
def test_survive(serve, seed, symptom):
    """Numbers go on where they were when the server is started again."""
    server, count = serve(ONE_WORKER), seed.integer(2, 5)
    for _ in range(count):
        draw(server)
    server.signal("TERM")
    assert server.wait(PATIENCE) is not None, "the server has not ended"
    server = serve(ONE_WORKER)
    assert draw(server) == count + 1, symptom("numbers-begin-anew")
    assert ask(server, f"/numbers/{count}").status_code == 200


@pytest.mark.check("forms-loaded-once", concept="preload-and-fork", seconds=90)
def test_forms(serve, by_each_worker):
    """The forms are loaded once, also for a worker that takes another's place."""
    server = serve(ONE_WORKER)
    for answer in by_each_worker(server, lambda: ask(server, "/forms")):
        assert answer.json["forms"]
    assert sum("forms loaded by process" in line for line in lines_of(server)) == 1


@pytest.mark.check("announced-by-every-worker", concept="preload-and-fork", seconds=90)
def test_announcements(one_of_two, by_each_worker, eventually, symptom):
    """What is called appears on the board once, whichever worker took the call."""
    server, called = one_of_two(), []

    def shown():
        return sorted(ask(server, "/announcements").json["numbers"])

    def draw_and_call():
        for _ in range(2):
            drawn = (draw(server) for _ in range(9))  # where workers share no numbers, some come again
            called.append(next(number for number in drawn if number not in called))
            assert ask(server, f"/numbers/{called[-1]}/call", "POST").status_code == 202
        eventually(lambda: len(shown()) >= len(called), PATIENCE / 2)
        assert len(shown()) >= len(called), symptom("call-not-announced")
        assert shown() == sorted(called)

    by_each_worker(server, draw_and_call)


@pytest.mark.check("own-connections", concept="preload-and-fork", seconds=90)
def test_connections(one_of_two, by_each_worker, symptom):
    """Each worker uses database connections that it has opened itself."""
    server = one_of_two()
    for status in by_each_worker(server, lambda: status_of(server)):
        assert status["connection_opened_by"] == status["pid"], symptom("inherited-connection")


@pytest.mark.check("hanging-worker-replaced", concept="worker-timeout", seconds=90)
def test_timeout(serve, holding, symptom):
    """A worker with one thread that hangs in a request is ended after the configured time, and replaced."""
    seconds = 3
    server = serve({"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_TIMEOUT": str(seconds)})
    status = status_of(server)
    assert status["settings"]["timeout"] == seconds
    with holding(server) as held:
        hanging, _ = held.inside[0]
        try:
            [answer] = held.answers()  # the gate is closed: only the worker's end ends this
        except TimeoutError:
            assert not status["multithread"], symptom("threaded-worker-lives")
            raise AssertionError("the worker lives") from None
        assert not served(answer)
        assert status_of(server)["pid"] != hanging


@pytest.mark.check("worker-recycled", concept="worker-recycling", seconds=90)
def test_recycling(start, seed, eventually):
    """A worker ends after the configured number of requests and not before, and another takes its place."""
    most = seed.integer(4, 8)
    server = start("server", env={"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_MAX_REQUESTS": str(most)})
    first = status_of(server)
    assert first["settings"]["max_requests"] == most
    pids = {first["pid"], *(status_of(server)["pid"] for _ in range(most - 1))}
    assert len(pids) == 1, "a worker was replaced too early"
    assert eventually(lambda: status_of(server)["pid"] not in pids, PATIENCE), "no worker was replaced"


# --- the log


@pytest.mark.check("log-line", concept="access-log", seconds=90)
def test_log(serve, seed):
    """A request leaves a printed line with its id, the client's address, the path and the status code."""
    server, headers = serve(ONE_WORKER), Forwarded(seed)
    request_id, missing = seed.token(), f"/{seed.word()}"
    ask(server, missing, headers={**headers.sent(), "X-Request-Id": request_id})
    lines = [line for line in lines_of(server) if request_id in line]
    assert any(headers.address in line and missing in line and re.search(r"\b404\b", line) for line in lines), (
        "no line has all of it"
    )


@pytest.mark.check("log-made-up-id", concept="access-log", seconds=90)
def test_made_up(serve, symptom):
    """A request that brings no id has the id of its answer in the log."""
    server = serve(ONE_WORKER)
    made_up = ask(server, "/forms").headers["X-Request-Id"]
    lines = [line for line in lines_of(server) if "/forms" in line]
    assert lines, "no line was printed for the request"
    lines = [line for line in lines if made_up in line]
    assert lines, symptom("made-up-id-not-logged")
    assert any(re.search(r"\b200\b", line) for line in lines)


# --- behind nginx


class Forwarded:
    """What nginx adds to a request."""

    def __init__(self, seed):
        self.address = f"203.0.113.{seed.integer(2, 250)}"
        self.host = f"{seed.word()}.example"
        self.prefix = f"/{seed.word()}"

    def sent(self, before=()):
        """The headers; ``before`` are addresses that the client had sent itself."""
        return {
            "X-Forwarded-For": ", ".join([*before, self.address]),
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": self.host,
            "X-Forwarded-Prefix": self.prefix,
        }


@pytest.mark.check("client-address", concept="trusted-proxies", points=2, seconds=90)
def test_client(serve, seed, symptom):
    """The client's address is the one that the proxy names; addresses that a client wrote itself are not believed."""
    headers, server = Forwarded(seed), serve(ONE_WORKER)
    forged = [f"198.51.100.{seed.integer(2, 250)}", f"192.0.2.{seed.integer(2, 250)}"]
    seen = ask(server, headers=headers.sent(forged)).json["client"]
    assert seen != forged[0], symptom("first-address-believed")
    assert seen != forged[1], symptom("last-but-one-believed")
    assert seen == headers.address
    assert ask(server, headers=headers.sent()).json["client"] == headers.address


@pytest.mark.check("link-address", concept="external-addresses", points=2, seconds=90)
def test_address(serve, seed, symptom):
    """Links have the scheme and the host that the proxy was asked with."""
    headers = Forwarded(seed)
    link = ask(serve(ONE_WORKER), "/numbers", "POST", headers.sent()).json["link"]
    assert link.startswith("https://")
    assert link.split("/")[2] == headers.host, symptom("forwarded-host-ignored")


@pytest.mark.check("link-prefix", concept="url-prefix", seconds=90)
def test_prefix(serve, seed, symptom):
    """Links have the prefix that the proxy took off, and routes match without it."""
    headers = Forwarded(seed)
    response = ask(serve(ONE_WORKER), "/numbers", "POST", headers.sent())
    assert response.status_code == 201
    path = "/" + response.json["link"].split("/", 3)[3]
    assert path == f"{headers.prefix}/numbers/{response.json['number']}", symptom("forwarded-prefix-ignored")


@pytest.mark.check("stranger-headers", concept="trusted-proxies", points=2, seconds=90)
def test_stranger(serve, seed, symptom):
    """Address, host and prefix that somebody else than the proxy forwards are not believed."""
    headers = Forwarded(seed)
    server = serve({**ONE_WORKER, "DESK_PROXY": f"10.20.30.{seed.integer(2, 250)}"})
    status = ask(server, headers={**headers.sent(), "Host": "desk.example"}).json
    assert status["client"] != headers.address, symptom("stranger-believed")
    assert status["client"] == "127.0.0.1"
    assert headers.host not in status["link"], symptom("stranger-believed")
    assert headers.prefix not in status["link"], symptom("stranger-believed")
    assert status["link"].endswith("://desk.example/status")


@pytest.mark.check("stranger-scheme", concept="trusted-proxies", seconds=90)
def test_stranger_scheme(serve, seed, symptom):
    """The scheme that somebody else than the proxy forwards is not believed."""
    server = serve({**ONE_WORKER, "DESK_PROXY": f"10.20.30.{seed.integer(2, 250)}"})
    link = ask(server, headers=Forwarded(seed).sent()).json["link"]
    assert link.startswith("http://"), symptom("stranger-scheme-believed")


# --- stopping


@pytest.mark.check("request-in-flight-answered", concept="graceful-stop", points=2, seconds=90)
def test_stop(serve, holding, seed, symptom):
    """A request that is being worked on at SIGTERM is answered, and then the server ends with exit status 0."""
    grace = seed.integer(200, 300)
    server = serve({"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_GRACE": str(grace)})
    configured = settings_of(server)["graceful_timeout"]
    assert configured > SHORT, symptom("grace-is-short")
    assert configured == grace
    with holding(server) as held:
        server.signal("TERM")
        assert server.wait(BRIEF) is None, "the server did not wait for the request"
        held.open()
        assert all(served(answer) for answer in held.answers())
        assert server.wait(PATIENCE) == 0


@pytest.mark.check("stop-is-bounded", concept="graceful-stop", seconds=90)
def test_bounded(serve, holding):
    """A request that is not done within the time for it does not keep the server from ending, with exit status 0."""
    server = serve({"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_GRACE": "1"})
    with holding(server):
        server.signal("TERM")
        assert server.wait(20) == 0
