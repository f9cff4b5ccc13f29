"""Servers of ours, programs of the submission, and real HTTP: a whole task that uses them all, in real containers."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from harness.content.library import load_library
from harness.domain.verdicts import Basis, StartProblem
from harness.grading.exam import Exam
from harness.grading.station import RUNTIMES, station
from sandbox.engine import connect
from sandbox.errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.domain.verdicts import GradeResult
    from harness.grading.grade import Grader

pytestmark = pytest.mark.engine

TASK = """
title = "Hits"
summary = "Counts."
kind = "build"
level = "junior"
minutes = 5
status = "draft"
entry = "hits:create_app"
preload = ["flask", "redis", "gunicorn.app.wsgiapp"]
services = ["redis", "provider"]
[config]
REDIS_URL = "{redis}"
[environment]
REDIS_URL = "{redis}"
[programs.server]
command = "gunicorn --bind 127.0.0.1:8000 --workers 2 'hits:create_app({})'"
port = 8000
"""

TOPIC = """
title = "Scratch"
domain = "devops"
order = 99
status = "draft"
[concepts.c]
definition = "D."
interview = "I?"
shown_in = "code"
"""

SUITE = '''
import pytest

@pytest.mark.check("judged-by-redis", concept="c")
def test_redis(client, redis):
    """What is in Redis is what our Redis says."""
    assert client.get("/hit").text == "1"
    assert redis.execute("GET", "hits") == b"1"
    assert ["INCRBY", "hits", "1"] in redis.commands

@pytest.mark.check("empty-again", concept="c")
def test_fresh(client, redis):
    """Each check has an empty Redis."""
    assert redis.execute("DBSIZE") == 0
    assert client.get("/hit").text == "1"

@pytest.mark.check("redis-away", concept="c")
def test_away(client, redis):
    """Redis can go away and come back with what it held."""
    assert client.get("/hit").text == "1"
    redis.cut()
    assert client.get("/hit").status_code == 503
    redis.mend()
    assert client.get("/hit").text == "2"

@pytest.mark.check("provider", concept="c")
def test_provider(client, provider):
    """The provider answers, says what it was asked, and misbehaves as it is told."""
    assert client.get("/discover").text == provider.url
    assert [seen["path"] for seen in provider.requests] == ["/.well-known/openid-configuration"]
    asked = "client_id=assay-client&redirect_uri=http://here/back&response_type=code&state=s&code_challenge=c"
    back = provider.visit(f"{provider.url}/authorize?{asked}&code_challenge_method=S256").location
    assert back.startswith("http://here/back?")
    assert {"state=s", "code="} <= {part if "code" not in part else "code=" for part in back[17:].split("&")}
    provider.set(misbehave="deny")
    back = provider.visit(f"{provider.url}/authorize?{asked}&code_challenge_method=S256").location
    assert {"state=s", "error=access_denied"} <= set(back[17:].split("&"))
    assert client.get("/settings").text == "refused"

@pytest.mark.check("server-runs", concept="c")
def test_server(start, at_once, redis, eventually):
    """gunicorn runs, serves several at once and stops at a signal."""
    server = start("server")
    assert eventually(lambda: len(server.processes) == 3)
    a, b = server.client(), server.client()
    assert sorted(found.text for found in at_once(lambda: a.get("/hit"), lambda: b.get("/hit"))) == ["1", "2"]
    with server.connect() as line:
        line.sendall(b"GET /hit HTTP/1.0\\r\\n\\r\\n")
        assert b"200 OK" in line.recv(1000)
    server.signal("TERM")
    assert server.wait(10) == 0
    assert "Shutting down" in server.printed

@pytest.mark.check("together", concept="c")
def test_together(live, at_once):
    """Eight clients are served at the same time: each waits for the others."""
    server = live()
    clients = [server.client() for _ in range(8)]
    assert at_once(*[lambda one=one: one.get("/meet").text for one in clients]) == ["met"] * 8

@pytest.mark.check("short-answer", concept="c")
def test_short(live):
    """An answer ends."""
    assert live().client().get("/short").text == "short"

@pytest.mark.check("printed", concept="c")
def test_printed(client, printed):
    """What the app prints can be read at once."""
    client.get("/say?word=hello")
    assert "hello" in printed()

@pytest.mark.check("files-cross", concept="c")
def test_files(client, files):
    """Files go in and come out; a link out of the folder is not followed."""
    files.write("/tmp/in.txt", b"abc")
    assert client.get("/copy").text == "abc"
    assert files.read("/tmp/out.txt") == b"abc"
    client.get("/link")
    for path in ("/tmp/link", "/tmp/folder/passwd", "/etc/passwd", "/tmp/../etc/passwd", "/tmp/pipe", "/tmp/none"):
        with pytest.raises(FileNotFoundError):
            files.read(path)
'''

APP = """
import os, sys, threading
import flask, redis, requests

def create_app(config):
    app = flask.Flask("hits")
    url = config.get("REDIS_URL") or os.environ["REDIS_URL"]
    store = redis.Redis.from_url(url, socket_timeout=2, retry=None)
    meeting = threading.Barrier(8)

    @app.get("/hit")
    def hit():
        try:
            return str(store.incr("hits"))
        except redis.ConnectionError:
            return "away", 503

    @app.get("/discover")
    def discover():
        return requests.get("http://127.0.0.1:9400/.well-known/openid-configuration", timeout=5).json()["issuer"]

    @app.get("/settings")
    def settings():
        try:
            return requests.get("http://127.0.0.1:9401/", timeout=5).text
        except requests.ConnectionError:
            return "refused"

    @app.get("/meet")
    def meet():
        meeting.wait(8)
        return "met"

    @app.get("/short")
    def short():
        return "short"

    @app.get("/say")
    def say():
        print(flask.request.args["word"], file=sys.stderr)
        return ""

    @app.get("/copy")
    def copy():
        text = open("/tmp/in.txt").read()
        with open("/tmp/out.txt", "w") as file:
            file.write(text)
        return text

    @app.get("/link")
    def link():
        os.symlink("/etc/passwd", "/tmp/link")
        os.symlink("/etc", "/tmp/folder")
        os.mkfifo("/tmp/pipe")
        return ""

    return app
"""


def runtimes() -> list[str]:
    """Those of ours that the engine has."""
    try:
        client = connect()
    except SandboxError:
        return ["runc"]
    known = client.info()["Runtimes"]
    client.close()
    return [name for name in RUNTIMES if name in known]


@pytest.fixture(scope="module", params=runtimes())
def grader(request: pytest.FixtureRequest) -> Iterator[Grader]:
    with station(request.param, lanes=2) as made:
        yield made


@pytest.fixture
def exam(tmp_path: Path) -> Exam:
    topic = tmp_path / "challenges/scratch"
    task = topic / "tasks/hits"
    for path, text in {
        topic / "topic.toml": TOPIC,
        task / "task.toml": TASK,
        task / "public/brief.md": "# Hits\n",
        task / "public/starter/hits.py": "",
        task / "public/tests/test_public.py": "def test_nothing(client):\n    assert client\n",
        task / "hidden/tests/test_all.py": SUITE,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return Exam.of(load_library((tmp_path,)).tasks["scratch/hits"])


def failed(result: GradeResult) -> dict[str, str]:
    return {verdict.check: verdict.message for verdict in result.verdicts if not verdict.passed}


def test_a_task_that_uses_all_of_it(grader: Grader, exam: Exam):
    result = grader.grade(exam, {"hits.py": APP.encode()})
    assert (result.fault, result.start_failure, failed(result)) == ("", None, {})
    assert {verdict.basis for verdict in result.verdicts} == {Basis.OBSERVED}


def test_a_redis_that_is_simulated_is_seen(grader: Grader, exam: Exam):
    simulated = APP.replace(
        "store = redis.Redis.from_url(url, socket_timeout=2, retry=None)",
        "store = type('Fake', (dict,), {'incr': lambda self, key: self.__setitem__(key, self.get(key, 0) + 1)"
        " or self[key]})()",
    )
    result = grader.grade(exam, {"hits.py": simulated.encode()})
    assert {"judged-by-redis", "redis-away"} <= set(failed(result)) <= {"judged-by-redis", "redis-away", "server-runs"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise RuntimeError('no configuration')", "no configuration"),
        ("os._exit(3)", "gunicorn did not come up"),
    ],
)
def test_a_program_that_does_not_come_up_is_told_with_what_it_printed(grader: Grader, exam: Exam, line: str, said: str):
    app = APP.replace("def create_app(config):", f"def create_app(config):\n    if 'gunicorn' in sys.argv[0]: {line}")
    failure = grader.grade(exam, {"hits.py": app.encode()}).start_failure
    assert failure is not None
    assert failure.problem is StartProblem.PROGRAM
    assert said in failure.message + failure.output


def test_connections_without_end_harm_only_who_makes_them(grader: Grader, exam: Exam):
    flood = APP.replace(
        'return str(store.incr("hits"))',
        "app.kept = [__import__('socket').create_connection(('127.0.0.1', 6379)) for _ in range(400)]\n"
        '            return str(store.incr("hits"))',
    )
    result = grader.grade(exam, {"hits.py": flood.encode()})
    assert result.fault == ""
    assert set(failed(result)) >= {"redis-away"}
    assert not {"together", "printed", "files-cross"} & set(failed(result))


def test_an_answer_without_end_fails_its_check_alone(grader: Grader, exam: Exam):
    endless = APP.replace('return "short"', 'return flask.Response(iter(lambda: "x" * 65536, None))')
    result = grader.grade(exam, {"hits.py": endless.encode()})
    assert result.fault == ""
    assert set(failed(result)) == {"short-answer"}
    assert "longer than" in failed(result)["short-answer"]


def test_a_submission_that_ends_our_server_has_only_itself_to_blame(grader: Grader, exam: Exam):
    ends_it = APP.replace(
        'return str(store.incr("hits"))',
        "store.config_set('dir', '/'); store.shutdown(nosave=True)\n            return 'gone'",
    )
    result = grader.grade(exam, {"hits.py": ends_it.encode()})
    assert result.fault == ""
    assert set(failed(result)) == {"judged-by-redis", "empty-again", "redis-away", "server-runs"}
