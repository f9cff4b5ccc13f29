"""`assay serve` as processes: what was acknowledged outlives a kill, and nobody is left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, await_ready, free_port

pytestmark = pytest.mark.engine
PATIENCE_S = 180
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Server:
    """A running `assay serve` with its demo, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.base, self.log = f"http://127.0.0.1:{self.port}", folder / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        command = [sys.executable, "cli.py", "serve", "--data", str(self.folder), "--port", str(self.port), *arguments]
        with self.log.open("a") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        await_ready(self.base, self.process, self.log)

    def children(self) -> set[int]:
        assert self.process is not None
        return children_of(self.process.pid)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "assay.db", timeout=30)) as connection:
            return connection.execute(sql).fetchall()

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def children_of(parent: int) -> set[int]:
    """The processes below ``parent``, however deep."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent and fields[0] != "Z":
                found |= {int(entry.name)} | children_of(int(entry.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def await_that(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.1)  # another process tells nobody when it is so far


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.end()


def worker_of(server: Server) -> int | None:
    for child in server.children():
        if b"harness.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    return None


def test_a_worker_that_is_killed_is_replaced_and_each_submission_graded_once(server: Server) -> None:
    server.start("--demo")
    await_that(lambda: bool(server.ask("SELECT 1 FROM job WHERE state = 'running'")), "no job was taken")
    worker = worker_of(server)
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    # the killed worker's job waits until its lease has run out
    await_that(lambda: not server.ask("SELECT 1 FROM job WHERE state <> 'done'"), "not everything was graded")
    assert worker_of(server) not in {None, worker}
    results = server.ask("SELECT submission_id, count(*) FROM result GROUP BY submission_id")
    assert [count for _, count in results] == [1] * 4


def test_what_was_acknowledged_outlives_a_kill_of_everything(server: Server) -> None:
    server.start("--demo", "--no-worker")
    person = Person(server)
    kept = [person.answer(number, number % 3) for number in range(1, 5)]
    assert server.process is not None
    below = server.children()
    for process in (*below, server.process.pid):
        if alive(process):
            os.kill(process, signal.SIGKILL)
    server.process.wait(30)
    server.start("--no-worker")
    stored = server.ask(
        "SELECT chosen FROM answer JOIN attempt_item ON item_id = attempt_item.id"
        " JOIN attempt ON attempt_id = attempt.id"
        " JOIN invitation ON invitation_id = invitation.id WHERE name = 'Nora Newcomer'"
    )
    assert sorted(json.loads(str(chosen)) for (chosen,) in stored) == sorted(kept)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_who_ends_the_server_ends_everything_that_it_started(server: Server, number: signal.Signals) -> None:
    server.start()
    await_that(lambda: worker_of(server) is not None, "no worker came up")
    below = server.children()
    assert len(below) >= 3
    assert server.process is not None
    os.kill(server.process.pid, number)
    server.process.wait(60)
    await_that(lambda: not any(map(alive, below)), "somebody was left behind")


class Person:
    """Nora with a browser of a kind: she opens her link and answers questions."""

    def __init__(self, server: Server) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.base = server.base
        link = re.search(r"Nora Newcomer.*?\n\s+(http\S+)", server.log.read_text())
        assert link
        page = self.opener.open(link[1]).read().decode()
        self.token = TOKEN.search(page)[1]  # type: ignore[index]
        reply = self.opener.open(f"{self.base}/assessment/questions/start", self.form())
        self.attempt = reply.url.rsplit("/questions/", 1)[0]

    def form(self, **fields: str) -> bytes:
        return urllib.parse.urlencode({"csrf_token": self.token, **fields}).encode()

    def answer(self, number: int, choice: int) -> list[str]:
        """Marks an option, and gives what the server acknowledged."""
        address = f"{self.attempt}/questions/{number}"
        options = re.findall(r'name="chosen" value="([^"]+)"', self.opener.open(address).read().decode())
        asked = urllib.request.Request(
            address, self.form(chosen=options[choice], version="1"), headers={"X-Assay-Save": "1"}
        )
        assert json.loads(self.opener.open(asked).read())["kept"]
        return [options[choice]]
