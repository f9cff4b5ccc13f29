"""Judges the server by running it. A request that is "held" is inside a view until the test opens its gate.

Which of several workers answers is nobody's choice. Where a test needs answers of two workers, it has the server
replace the one by the other (SIGTTIN, SIGTTOU). A SIGTERM is sent only when every worker has answered something:
gunicorn loses one that reaches a worker before that has set up its handlers.
"""

import re
from contextlib import ExitStack, contextmanager, suppress

import pytest

ONE_WORKER = {"DESK_WORKERS": "1"}


def workers_of(server):
    """The processes that the server has started."""
    pairs = server.processes
    known = {pid for pid, _ in pairs}
    return [pid for pid, parent in pairs if parent in known]


class Held:
    """Requests that are held at one gate, each on a connection of its own."""

    def __init__(self, server, name):
        self.server = server
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
        found = re.findall(rf"holding {self.name} in process (\d+), thread (\d+)", self.server.printed)
        return [(int(process), int(thread)) for process, thread in found]

    def answers(self):
        """The first line of each answer; it is empty where none came."""
        return [first_line(line) for line in self.lines]


@contextmanager
def hanging_up(held):
    """Closes the connections at the end."""
    try:
        yield held
    finally:
        for line in held.lines:
            line.close()


def first_line(line):
    data = b""
    try:
        while b"\r\n" not in data and (more := line.recv(4096)):
            data += more
    except OSError:
        pass
    return data.partition(b"\r\n")[0].decode("latin-1")


def served(line):
    return bool(re.match(r"HTTP/1\.\d 200 ", line))


@pytest.fixture
def by_each_worker(eventually):
    """``ask()`` of the only worker, and again of the one that took its place; gives both results."""

    def call(server, ask):
        results = [ask()]
        before = workers_of(server)
        server.signal("TTIN")
        assert eventually(lambda: len(workers_of(server)) == 2), "no second worker was started"
        server.signal("TTOU")
        assert eventually(lambda: not set(before) & set(workers_of(server))), "the first worker has not ended"
        return [*results, ask()]

    return call


@pytest.fixture
def one_of_two(start, eventually):
    """A server that was started with two workers, and has one of them left."""

    def call(env):
        server = start("server", env=env)
        assert eventually(lambda: len(workers_of(server)) == 2), "the server does not have two workers"
        server.signal("TTOU")
        assert eventually(lambda: len(workers_of(server)) == 1), "no worker has ended"
        return server

    return call


# --- workers


@pytest.mark.check("workers-from-environment", concept="worker-model", seconds=40)
def test_number_of_workers(start, eventually, seed):
    """The server has as many worker processes as the environment says."""
    wanted = seed.integer(3, 5)
    server = start("server", env={"DESK_WORKERS": str(wanted), "DESK_THREADS": "1"})
    eventually(lambda: len(workers_of(server)) >= wanted)
    assert server.client().get("/status").status_code == 200
    assert len(workers_of(server)) == wanted


@pytest.mark.check("requests-at-once", concept="worker-model", seconds=40)
def test_threads(start, eventually, files, seed):
    """A worker works on as many requests at the same time as the environment says, and on no more."""
    wanted, name = seed.integer(2, 3), seed.word()
    server = start("server", env={"DESK_WORKERS": "1", "DESK_THREADS": str(wanted)})
    with hanging_up(Held(server, name)) as held:
        held.send(wanted + 3)
        eventually(lambda: len(held.inside) >= wanted)
        assert len(held.inside) >= wanted, "fewer requests than that are worked on at the same time"
        eventually(lambda: len(held.inside) > wanted, 1)
        assert len(held.inside) == wanted, "more requests than that are worked on at the same time"
        files.write(f"/tmp/{name}.open", b"")
        assert all(served(answer) for answer in held.answers())


@pytest.mark.check("defaults", concept="worker-model", seconds=60)
def test_defaults(one_of_two, eventually, seed):
    """Where the environment does not say, there are two workers, and each works on four requests at a time."""
    server = one_of_two({})
    with hanging_up(Held(server, seed.word())) as held:
        held.send(6)
        eventually(lambda: len(held.inside) >= 4)
        eventually(lambda: len(held.inside) > 4, 1)
        assert len(held.inside) == 4


def draw(server):
    response = server.client().post("/numbers")
    assert response.status_code == 201
    return response.json["number"]


@pytest.mark.check("numbers-shared", concept="memory-per-worker", points=2, seconds=60)
def test_numbers(start, by_each_worker, seed, symptom):
    """Numbers that different workers draw have no gap, none comes twice, and each worker knows those of the other."""
    server, count = start("server", ONE_WORKER), seed.integer(2, 5)
    one, other = by_each_worker(server, lambda: [draw(server) for _ in range(count)])
    assert not set(one) & set(other), symptom("number-drawn-twice")
    assert [*one, *other] == list(range(1, 2 * count + 1))
    for number in (one[0], other[-1]):
        response = server.client().get(f"/numbers/{number}")
        assert response.status_code == 200
        assert response.json["number"] == number
    assert server.client().get(f"/numbers/{other[-1] + 1}").status_code == 404


@pytest.mark.check("numbers-in-a-rush", concept="memory-per-worker", seconds=40)
def test_rush(start, at_once, eventually):
    """Numbers that are drawn at the same time from two workers have no gap, and none comes twice."""
    server = start("server", env={"DESK_WORKERS": "2", "DESK_THREADS": "4"})
    assert eventually(lambda: len(workers_of(server)) == 2), "the server does not have two workers"
    numbers = []
    for _ in range(3):
        numbers += at_once(*[lambda: draw(server) for _ in range(16)])
    assert sorted(numbers) == list(range(1, 49))


@pytest.mark.check("numbers-survive", concept="memory-per-worker", seconds=60)
def test_survive(start, seed, symptom):
    """Numbers go on where they were when the server is started again."""
    server, count = start("server", ONE_WORKER), seed.integer(2, 5)
    for _ in range(count):
        draw(server)
    server.signal("TERM")
    assert server.wait(15) == 0
    server = start("server", ONE_WORKER)
    assert draw(server) == count + 1, symptom("numbers-begin-anew")
    assert server.client().get(f"/numbers/{count}").status_code == 200


@pytest.mark.check("forms-loaded-once", concept="preload-and-fork", seconds=60)
def test_forms(start, by_each_worker):
    """The forms are loaded once, also for a worker that takes another's place."""
    server = start("server", ONE_WORKER)
    for answer in by_each_worker(server, lambda: server.client().get("/forms")):
        assert answer.json["forms"]
    assert server.printed.count("forms loaded by process") == 1


@pytest.mark.check("announced-by-every-worker", concept="preload-and-fork", seconds=60)
def test_announcements(one_of_two, by_each_worker, eventually, symptom):
    """What is called appears on the board once, whichever worker took the call."""
    server, called = one_of_two({"DESK_WORKERS": "2"}), []

    def shown():
        return sorted(server.client().get("/announcements").json["numbers"])

    def draw_and_call():
        for _ in range(2):
            called.append(draw(server))
            assert server.client().post(f"/numbers/{called[-1]}/call").status_code == 202
        eventually(lambda: len(shown()) >= len(called), 8)
        assert len(shown()) >= len(called), symptom("call-not-announced")
        assert shown() == sorted(called)

    by_each_worker(server, draw_and_call)


@pytest.mark.check("own-connections", concept="preload-and-fork", seconds=60)
def test_connections(one_of_two, by_each_worker, symptom):
    """Each worker uses database connections that it has opened itself."""
    server = one_of_two({"DESK_WORKERS": "2"})
    for status in by_each_worker(server, lambda: server.client().get("/status").json):
        assert status["connection_opened_by"] == status["pid"], symptom("inherited-connection")


@pytest.mark.check("hanging-worker-replaced", concept="worker-timeout", seconds=60)
def test_timeout(start, eventually, seed, symptom):
    """A worker with one thread that hangs in a request is ended after the configured time, and replaced."""
    server = start("server", env={"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_TIMEOUT": "5"})
    status = server.client().get("/status").json
    with hanging_up(Held(server, seed.word())) as held:
        held.send()
        assert eventually(lambda: held.inside), "the request has not reached the view"
        eventually(lambda: status["pid"] not in workers_of(server), 20)
        lives = status["pid"] in workers_of(server)
        assert not (lives and status["multithread"]), symptom("threaded-worker-lives")
        assert not lives, symptom("worker-lives")
        assert not any(served(answer) for answer in held.answers())
        assert server.client().get("/status").json["pid"] != status["pid"]


@pytest.mark.check("worker-recycled", concept="worker-recycling", seconds=60)
def test_recycling(start, seed):
    """A worker ends after the configured number of requests and not before, and another takes its place."""
    most = seed.integer(4, 8)
    server = start("server", env={"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_MAX_REQUESTS": str(most)})
    pids = [server.client().get("/forms").headers["X-Worker"] for _ in range(most)]
    assert len(set(pids)) == 1, "a worker was replaced too early"
    later = [server.client().get("/forms").headers["X-Worker"] for _ in range(30)]
    assert set(later) - set(pids), "no worker was replaced"


# --- the log


def line_with(server, eventually, text):
    """The printed lines that have ``text``, as soon as there is one."""
    return eventually(lambda: [line for line in server.printed.splitlines() if text in line]) or []


@pytest.mark.check("log-line", concept="access-log", seconds=40)
def test_log(start, eventually, seed):
    """A request leaves a printed line with its id, the client's address, the path and the status code."""
    server, headers = start("server"), Forwarded(seed)
    request_id, missing = seed.token(), f"/{seed.word()}"
    server.client().get(missing, headers={**headers.sent(), "X-Request-Id": request_id})
    lines = line_with(server, eventually, request_id)
    assert any(headers.address in line and missing in line and re.search(r"\b404\b", line) for line in lines), (
        "no line has all of it"
    )


@pytest.mark.check("log-made-up-id", concept="access-log", seconds=40)
def test_made_up(start, eventually, symptom):
    """A request that brings no id has the id of its answer in the log."""
    server = start("server")
    response = server.client().get("/status")
    assert line_with(server, eventually, "/status"), "no line was printed for the request"
    lines = line_with(server, eventually, response.headers["X-Request-Id"])
    assert lines, symptom("made-up-id-not-logged")
    assert any("/status" in line and re.search(r"\b200\b", line) for line in lines)


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


@pytest.mark.check("client-address", concept="trusted-proxies", points=2, seconds=40)
def test_client(start, seed, symptom):
    """The client's address is the one that the proxy names; addresses that a client wrote itself are not believed."""
    headers, client = Forwarded(seed), start("server").client()
    forged = [f"198.51.100.{seed.integer(2, 250)}", f"192.0.2.{seed.integer(2, 250)}"]
    seen = client.get("/status", headers=headers.sent(forged)).json["client"]
    assert seen != forged[0], symptom("first-address-believed")
    assert seen != forged[1], symptom("last-but-one-believed")
    assert seen == headers.address
    assert client.get("/status", headers=headers.sent()).json["client"] == headers.address


@pytest.mark.check("link-address", concept="external-addresses", points=2, seconds=40)
def test_address(start, seed, symptom):
    """Links have the scheme and the host that the proxy was asked with."""
    headers = Forwarded(seed)
    link = start("server").client().post("/numbers", headers=headers.sent()).json["link"]
    assert link.startswith("https://")
    assert link.split("/")[2] == headers.host, symptom("forwarded-host-ignored")


@pytest.mark.check("link-prefix", concept="url-prefix", seconds=40)
def test_prefix(start, seed, symptom):
    """Links have the prefix that the proxy took off, and routes match without it."""
    headers = Forwarded(seed)
    client = start("server").client()
    response = client.post("/numbers", headers=headers.sent())
    assert response.status_code == 201
    path = "/" + response.json["link"].split("/", 3)[3]
    assert path == f"{headers.prefix}/numbers/{response.json['number']}", symptom("forwarded-prefix-ignored")


@pytest.mark.check("stranger-headers", concept="trusted-proxies", points=2, seconds=40)
def test_stranger(start, seed, symptom):
    """Address, host and prefix that somebody else than the proxy forwards are not believed."""
    headers = Forwarded(seed)
    server = start("server", env={"DESK_PROXY": f"10.20.30.{seed.integer(2, 250)}"})
    status = server.client().get("/status", headers={**headers.sent(), "Host": "desk.example"}).json
    assert status["client"] != headers.address, symptom("stranger-believed")
    assert status["client"] == "127.0.0.1"
    assert headers.host not in status["link"], symptom("stranger-believed")
    assert headers.prefix not in status["link"], symptom("stranger-believed")
    assert status["link"].endswith("://desk.example/status")


@pytest.mark.check("stranger-scheme", concept="trusted-proxies", seconds=40)
def test_stranger_scheme(start, seed, symptom):
    """The scheme that somebody else than the proxy forwards is not believed."""
    server = start("server", env={"DESK_PROXY": f"10.20.30.{seed.integer(2, 250)}"})
    link = server.client().get("/status", headers=Forwarded(seed).sent()).json["link"]
    assert link.startswith("http://"), symptom("stranger-scheme-believed")


# --- stopping


@pytest.mark.check("request-in-flight-answered", concept="graceful-stop", points=2, seconds=60)
def test_stop(start, eventually, files, seed, symptom):
    """A request that is being worked on at SIGTERM is answered, one that comes later is not; the exit status is 0."""
    server = start("server", env={"DESK_WORKERS": "2", "DESK_THREADS": "1"})
    with hanging_up(Held(server, seed.word())) as held:
        held.send()
        assert eventually(lambda: held.inside), "the request has not reached the view"
        with hanging_up(Held(server, seed.word())) as other:
            other.send()
            reached = eventually(lambda: other.inside, 5)  # both workers are up now
            files.write(f"/tmp/{other.name}.open", b"")
            assert not reached or served(other.answers()[0])
        server.signal("TERM")
        eventually(lambda: len(workers_of(server)) <= 1)  # the idle one has gone: the signal is with both
        server.wait(3)  # a server that does not wait for the request is gone by now
        with ExitStack() as late:
            lines = []
            with suppress(OSError):  # refused
                lines.append(late.enter_context(server.connect()))
                lines[0].sendall(b"GET /status HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
            files.write(f"/tmp/{held.name}.open", b"")
            assert served(held.answers()[0]), symptom("request-cut-off")
            assert not any(first_line(line) for line in lines)
        assert server.wait(15) == 0


@pytest.mark.check("stop-is-bounded", concept="graceful-stop", seconds=50)
def test_bounded(start, eventually, seed):
    """A request that is not done within the time for it does not keep the server from ending, with exit status 0."""
    server = start("server", env={"DESK_WORKERS": "1", "DESK_THREADS": "1", "DESK_GRACE": "2"})
    with hanging_up(Held(server, seed.word())) as held:
        held.send()
        assert eventually(lambda: held.inside), "the request has not reached the view"
        server.signal("TERM")
        assert server.wait(15) == 0
