"""`assay submit` against a running platform: in from one's own machine, graded in the sandbox, and the report."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT
from tests.integration.test_serving import Server

pytestmark = pytest.mark.engine
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
SOLUTIONS = ROOT / "reference" / "application-factory" / "library-factory"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("platform"))
    made.start("--demo")
    yield made
    made.end()


def submit(server: Server, token: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "cli.py", "submit", "--server", server.base, *arguments]
    environment = {"PATH": "/usr/bin:/bin", "ASSAY_TOKEN": token, "COLUMNS": "100"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False)


class Person:
    """A browser without script: keeps cookies, and sends forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=60) as reply:
            return str(reply.read().decode())

    def post(self, page: str, path: str, **fields: str) -> str:
        found = TOKEN.search(self.get(page))
        assert found
        data = urllib.parse.urlencode({"csrf_token": found[1], **fields}).encode()
        with self.opener.open(self.base + path, data, timeout=60) as reply:
            return str(reply.read().decode())


def token_in(page: str) -> str:
    found = re.search(r"assay_[\w-]{20,}", page)
    assert found
    return found[0]


def test_an_invited_person_hands_in_from_home(server: Server) -> None:
    nora = Person(server.base)
    link = re.search(r"Nora Newcomer's invitation\n\s+http://[^/]+(/\S+)", server.log.read_text())
    assert link
    nora.get(link[1])
    token = token_in(nora.post("/assessment/", "/assessment/token"))
    assert "No task's clock runs" in submit(server, token).stderr
    nora.post("/assessment/", "/assessment/tasks/start")
    listed = submit(server, token)
    assert "application-factory/library-factory" in listed.stdout
    done = submit(server, token, "application-factory/library-factory", str(SOLUTIONS / "solution"))
    assert done.returncode == 0, done.stderr
    assert "SHA-256" in done.stderr
    assert "The report for you comes" in done.stderr
    assert "100" not in done.stdout  # nothing of the result before the time


def test_who_practises_reads_the_report_at_once(server: Server, tmp_path: Path) -> None:
    paul = Person(server.base)
    link = re.search(r"Paul Practises .*\n\s+http://[^/]+(/\S+)", server.log.read_text())
    assert link
    paul.post(link[1], link[1], password="a long enough password", email="", name="")
    page = paul.post("/account/tokens", "/account/tokens", name="laptop", scope="submit", days="30")
    token = token_in(page)
    report = tmp_path / "report.html"
    done = submit(
        server, token, "application-factory/library-factory", str(SOLUTIONS / "wrong" / "cached-app"), "--output",
        str(report), "--format", "html",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "the factory might hand out the app" in report.read_text("utf-8")
    done = submit(server, token, "application-factory/library-factory", str(SOLUTIONS / "solution"))
    assert done.returncode == 0
    assert "100 of 100" in done.stdout


def test_what_goes_wrong_is_said_in_a_sentence(server: Server, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("x = 1\n")
    for arguments, told in (
        (["contexts/busy-weighbridge", str(tmp_path)], "Send a token that works"),
        ([str(tmp_path / "nothing")], "refused"),
    ):
        done = submit(server, "assay_wrong", *arguments)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    command = [sys.executable, "cli.py", "submit", "--token", "x", "--server"]
    for address, told in (
        ("http://assay.example.org", "not encrypted"),
        ("nonsense", "no address"),
        ("http://127.0.0.1:1", "can't be reached"),
        (f"{server.base}/healthz?x=1", "no address"),
    ):
        done = subprocess.run([*command, address], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
