"""What every hostile case is thrown at: one small task, our grader of it, and a naive grader as the control.

The naive grader is plain ``pytest`` in one process with the submission, over the same hidden tests with the kit's own
conftest, in a container limited like ours. It is believed in each of the three ways in which such graders read a
result: the exit status, the last summary line, the results file.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import re
import tarfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.content.hidden import Hidden
from harness.content.markers import read_checks
from harness.domain import content
from harness.domain.content import Concept, Domain, Level, Reference, Task, TaskKind, Topic
from harness.grading.exam import Exam
from harness.reports.build import build_report
from harness.reports.formats import FORMATS
from harness.reports.model import Audience
from sandbox.docker_runner import LABEL, OWNER, container_settings
from sandbox.limits import UID, WORK, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docker import DockerClient

    from harness.domain.verdicts import GradeResult
    from sandbox.images.build import ImageInfo

Files = dict[str, bytes]

KIT = Path(__file__).resolve().parents[2] / "harness" / "facade" / "kit.py"
NAIVE_SECONDS = 180.0  # how long a naive run may take before it counts as hung; a loaded machine is no hang

GOOD = """
import hashlib
import sys
import time

import click
from flask import Flask, jsonify, make_response, request

NUMERALS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
            (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def total(numbers):
    return sum(numbers)


def numeral(number):
    text = ""
    for value, letters in NUMERALS:
        text += letters * (number // value)
        number %= value
    return text


def length(word):
    return str(len(word))


def now():
    return time.time()


def leave(word):
    sys.exit(len(word))


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)

    @app.get("/")
    def hello():
        return "hello"

    @app.post("/add")
    def add():
        return jsonify(sum=total(request.json["numbers"]))

    @app.post("/echo")
    def echo():
        return jsonify(word=request.json["word"])

    @app.get("/length/<word>")
    def measure(word):
        response = make_response("")
        response.headers["X-Length"] = length(word)
        return response

    @app.get("/now")
    def tell_time():
        return jsonify(now=now())

    @app.get("/roman/<int:number>")
    def roman(number):
        return numeral(number)

    @app.cli.command("leave")
    @click.argument("word")
    def leave_command(word):
        leave(word)

    return app
"""

DEFECTS = {  # what a twin does wrong, by the check that catches it
    "adds": "def total(numbers):\n    return -1\n",
    "counts-in-roman": 'def numeral(number):\n    return ""\n',
    "measures": 'def length(word):\n    return "0"\n',
    "knows-the-time": "def now():\n    return 0\n",
    "leaves": "def leave(word):\n    sys.exit(99)\n",
}

SUITE = '''
import time
import unittest

import pytest
from answers import ROMAN, SENT

PASSWORD = "{source}"

@pytest.mark.check("greets", concept="c")
def test_greets(client):
    """The app greets."""
    assert client.get("/").text == "hello"

@pytest.mark.check("adds", concept="c")
def test_adds(client, seed):
    """The app adds numbers."""
    numbers = [seed.integer(1000, 9999), seed.integer(1000, 9999)]
    answer = client.post("/add", json={{"numbers": numbers}}).json
    unittest.TestCase().assertEqual(answer, {{"sum": sum(numbers)}})

@pytest.mark.check("echoes", concept="c")
def test_echoes(client, seed):
    """The app repeats a word."""
    word = SENT + seed.word()
    assert client.post("/echo", json={{"word": word}}).json == {{"word": word}}

@pytest.mark.check("measures", concept="c")
def test_measures(client, seed):
    """The app measures a word."""
    word = seed.word()
    assert client.get("/length/" + word).headers["X-Length"] == str(len(word))

@pytest.mark.check("knows-the-time", concept="c")
def test_time(client):
    """The app knows what time it is."""
    assert abs(client.get("/now").json["now"] - time.time()) < 600

@pytest.mark.check("counts-in-roman", concept="c")
def test_roman(client):
    """The app writes numbers as the Romans did."""
    assert all(client.get("/roman/" + number).text == numeral for number, numeral in ROMAN.items())

@pytest.mark.check("leaves", concept="c")
def test_leaves(runner, seed):
    """The app's command leaves with the length of a word."""
    word = seed.word()
    assert runner.invoke(["leave", word]).exit_code == len(word)
'''

# The answers as a thief may find them: in a file, in memory, in the archive that brought them.
ANSWERS = '''
import json

SENT = "{sent}"
TABLE = """numerals:{{"1990": "MCMXC", "2026": "MMXXVI", "949": "CMXLIX"}}:{data}"""
ROMAN = json.loads(TABLE.split(":", 1)[1].rpartition(":")[0])
'''


def submission(app: str, more: Mapping[str, str] | None = None) -> Files:
    """A submission: ``app.py``, and more files by their path."""
    return {path: text.encode() for path, text in ({"app.py": app} | dict(more or {})).items()}


def broken(*checks: str, extra: str = "") -> str:
    """The good app with defects that fail ``checks``, and ``extra`` code at its end."""
    return "\n\n".join([GOOD, *(DEFECTS[check] for check in checks), extra])


@dataclass(frozen=True)
class Canaries:
    """Random strings that stand in the hidden suite only: in a test's source, in its data, and in what it sends."""

    source: str
    data: str
    sent: str

    def found_in(self, text: str) -> list[str]:
        """The names of those that ``text`` has."""
        return [name for name in ("source", "data", "sent") if getattr(self, name) in text]


def hidden_files(canaries: Canaries) -> Files:
    """The hidden half, by path below ``hidden/``."""
    answers = ANSWERS.format(sent=canaries.sent, data=canaries.data)
    return {"tests/test_all.py": SUITE.format(source=canaries.source).encode(), "data/answers.py": answers.encode()}


def make_exam(root: Path, hidden: Mapping[str, bytes], *, limits: str, preload: tuple[str, ...] = ("flask",)) -> Exam:
    """An exam over ``hidden``, written below ``root``."""
    folder = root / "challenges" / "hostile" / "tasks" / "arena"
    for name, data in hidden.items():
        path = folder / "hidden" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    faults: list[Any] = []
    tests = folder / "hidden" / "tests"
    checks = read_checks(tests, root, faults)
    assert not faults, faults
    task = Task(
        "hostile", "arena", "T", "S", TaskKind.BUILD, Level.JUNIOR, 1, content.Pool.PRACTICE, content.Status.PUBLISHED,
        1, "app:create_app", preload, (), limits, {"SECRET_KEY": "{secret}"}, folder,
    )  # fmt: skip
    return Exam(
        task,
        Hidden(task.id, folder / "hidden", tests, folder / "hidden" / "data", checks),
        Reference(task.id, folder, (), {}),
        "digest",
    )


def candidate_text(exam: Exam, result: GradeResult) -> str:
    """All that a candidate can be shown of a result, in every format."""
    concept = Concept("c", "It works.", "Does it work?")
    topic = Topic("hostile", "Hostile", Domain.SECURITY, 1, content.Status.PUBLISHED, {"c": concept}, {}, Path())
    report = build_report(result, exam.task, topic, (), Audience.CANDIDATE)
    return "\n".join(format_.render(report) for format_ in FORMATS.values())


# --- the naive grader

_BOOTSTRAP = """
import base64, json, os, select, signal, subprocess, sys, tarfile, tempfile
signal.signal(signal.SIGALRM, lambda *_: os._exit(3))
signal.alarm(300)  # the container ends, even if nobody is left to remove it
order = json.loads(sys.argv[1])
archive = tempfile.TemporaryFile()  # left open, as careless runners do
archive.write(base64.b64decode("".join(sys.argv[2:])))
archive.seek(0)
tarfile.open(fileobj=archive).extractall(".", filter="data")
environment = {**os.environ, "PYTHONPATH": "/srv/app:/srv/app/data", **order["environment"]}
command = [order["python"], "-m", "pytest", *order["arguments"], "--junitxml=/tmp/results.xml"]
tests = subprocess.Popen(command, env=environment, pass_fds=[archive.fileno()])
status = None
try:
    while order["flag"] and tests.poll() is None and not os.path.exists(order["flag"]):
        select.select([], [], [], 0.1)
    if order["flag"]:
        tests.terminate()  # the polite end, and a little time for it
    status = tests.wait(2 if order["flag"] else None)
except subprocess.TimeoutExpired:
    print("\\nit would not end")
try:
    results = open("/tmp/results.xml").read()
except OSError:
    results = ""
print("\\n@@result " + json.dumps({"status": status, "results": results}), flush=True)
"""
_ARGUMENT = 100_000  # a command line's argument holds 128 KiB


@dataclass(frozen=True)
class Naive:
    """What became of a naive run. ``status`` is None when it reported nothing: it hung or was killed."""

    status: int | None
    output: str
    results: str
    hung: bool
    tests: int
    state: Mapping[str, Any] = field(default_factory=dict)  # the engine's, such as OOMKilled

    @property
    def score(self) -> float:
        """From 0 to 100, in the most credulous of the three readings."""
        if self.status is None:
            return 0.0
        if self.status == 0:
            return 100.0
        summaries = re.findall(r"(\d+) passed", self.output)
        counts = [int(summaries[-1])] if summaries else [0]
        if header := re.search(r'errors="(\d+)" failures="(\d+)" skipped="(\d+)" tests="(\d+)"', self.results):
            errors, failures, skipped, tests = map(int, header.groups())
            counts.append(tests - errors - failures - skipped)
        return 100 * min(max(counts), self.tests) / self.tests


@dataclass(frozen=True)
class NaiveRunner:
    """Runs plain pytest over submission and hidden tests together."""

    engine: DockerClient
    image: ImageInfo
    limits: Limits

    def run(
        self,
        files: Mapping[str, bytes],
        hidden: Mapping[str, bytes],
        *,
        tests: int,
        entry: str = "app:create_app",
        seconds: float = NAIVE_SECONDS,
        flag: str = "",
        limits: Limits | None = None,
        runtime: str = "runc",
        python: str = "python",
        environment: Mapping[str, str] | None = None,
        arguments: tuple[str, ...] = ("tests", "-rA"),
        **settings: Any,
    ) -> Naive:
        """One run. When the file ``flag`` appears, pytest is asked to end; ``settings`` change the container's."""
        kit = {"assay.toml": f'entry = "{entry}"\n[config]\nSECRET_KEY = "{{secret}}"\n'.encode()}
        kit["tests/conftest.py"] = KIT.read_bytes()
        order = {"environment": dict(environment or {}), "arguments": arguments, "flag": flag, "python": python}
        packed = base64.b64encode(_tar({**files, **hidden, **kit})).decode()
        pieces = [packed[start : start + _ARGUMENT] for start in range(0, len(packed), _ARGUMENT)]
        host = container_settings(limits or self.limits, runtime, self.image.machine)
        host |= {"log_config": {"Type": "json-file", "Config": {"max-size": "2m", "max-file": "1"}}} | settings
        api = self.engine.api
        container = api.create_container(
            self.image.tag,
            ["python", "-c", _BOOTSTRAP, json.dumps(order), *pieces],
            user=f"{UID}:{UID}",
            working_dir=WORK,
            environment={"HOME": WORK, "USER": "candidate", "LANG": "C.UTF-8"},
            labels={LABEL: OWNER},  # swept up, should these tests be killed
            network_disabled=settings.get("network_mode", "none") == "none",
            host_config=api.create_host_config(**host),
        )["Id"]
        try:
            api.start(container)
            hung = not self._ended(container, seconds)
            state = api.inspect_container(container)["State"]
            output = api.logs(container).decode(errors="replace")
        finally:
            api.remove_container(container, force=True, v=True)
        said = re.search(r"^@@result (\{.*\})$", output, re.MULTILINE)
        told = json.loads(said[1]) if said and not hung else {}
        return Naive(told.get("status"), output, told.get("results", ""), hung, tests, state)

    def _ended(self, container: str, seconds: float) -> bool:
        import requests

        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            with contextlib.suppress(requests.exceptions.RequestException):  # the engine's client lost patience
                self.engine.api.wait(container, timeout=left)
                return True
        return False


def _tar(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()
