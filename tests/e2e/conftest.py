"""The platform as people use it: `assay serve` with its worker and engine, and a real Chromium. Without one they fail.

Every test asks that no page had an error in its console, broke its policy, asked another host, or ran out of a phone's
width; ``look`` also has axe-core search the page, and keeps a picture under build/screenshots.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "screenshots"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
START_S = 120
PASSWORD = "a long enough password"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@dataclass
class Platform:
    """A running `assay serve`, filled with its demo."""

    base: str
    output: str
    database: Path

    def answer_keys(self) -> Iterator[tuple[list[str], list[str]]]:
        """Of every question its option ids, and those that are right."""
        with closing(sqlite3.connect(self.database)) as connection:
            asked = "SELECT s.content FROM frozen_secret s JOIN frozen_item USING (digest) WHERE kind = 'question'"
            for (content,) in connection.execute(asked):
                options = json.loads(content)["options"]
                yield [one["id"] for one in options], [one["id"] for one in options if one["correct"]]

    def link(self, who: str) -> str:
        """The link that it printed for somebody."""
        found = re.search(rf"{re.escape(who)}.*?\n\s+(http\S+)", self.output)
        assert found, f"no link for {who} in:\n{self.output}"
        return found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder, port = tmp_path_factory.mktemp("platform"), free_port()
    log = folder / "serve.log"
    command = [sys.executable, "cli.py", "serve", "--data", str(folder / "data"), "--port", str(port), "--demo"]
    environment = {**os.environ, "ASSAY_OPEN_REGISTRATION": "yes"}
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            await_ready(base, process, log)
            yield Platform(base, log.read_text(), folder / "data" / "assay.db")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def await_ready(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)  # a program that starts tells nobody when it is ready
    raise AssertionError(f"the platform did not come up:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "the end-to-end tests need Chromium: `make test` installs it where it may"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield made
        made.close()


def set_password(visit: Visit, link: str) -> None:
    """Opens a one-time link, and sets the password that all have here."""
    visit.go(link)
    visit.look("link")
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Set the password").click()


def log_in(visit: Visit, email: str) -> None:
    visit.go("/login")
    visit.page.get_by_label("E-mail").fill(email)
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Log in").click()
    expect(visit.page.get_by_role("button", name="Log out")).to_be_visible()


def once(browser: Browser, link: str, **fields: str) -> None:
    """Uses a one-time link in a browser of its own."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    context.close()


@pytest.fixture(scope="session")
def interviewer(platform: Platform, browser: Browser) -> str:
    """Ines has set her password; gives her address."""
    once(browser, platform.link("Ines Interviewer"))
    return "ines@example.org"


@pytest.fixture(scope="session")
def grader(platform: Platform, browser: Browser) -> str:
    """The same for Gerda."""
    once(browser, platform.link("Gerda Grader"))
    return "gerda@example.org"


@dataclass
class Visit:
    """A person at a browser. What went wrong on its pages is collected, and told at the end."""

    page: Page
    context: BrowserContext
    base: str
    size: str
    wrong: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def note(self, text: str) -> None:
        if not any(one in text for one in self.expected):
            self.wrong.append(text)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)

    def look(self, name: str) -> None:
        """Has the page as it stands searched for faults of access, and keeps a picture of it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.size}.png", full_page=True)
        wider = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if wider > 0:
            self.note(f"{name}: {wider} pixels wider than the screen")
        found = self.page.evaluate(f"async () => {{ {AXE}; return (await axe.run()).violations }}")
        for one in found:
            if one["impact"] in {"serious", "critical"}:
                self.note(f"{name}: {one['id']}: {one['help']}: {[node['html'] for node in one['nodes']][:3]}")


@pytest.fixture
def visit(platform: Platform, browser: Browser) -> Iterator[Callable[..., Visit]]:
    made: list[Visit] = []

    def start(size: str = "desktop", scheme: str = "light") -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        one = Visit(page, context, platform.base, f"{size}-{scheme}")
        own = urlsplit(platform.base).netloc
        page.on(
            "console",
            lambda said: one.note(f"{said.text} ({said.location})") if said.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: one.note(str(error)))
        page.on("request", lambda asked: one.note(asked.url) if urlsplit(asked.url).netloc not in {own, ""} else None)
        made.append(one)
        return one

    yield start
    for one in made:
        one.context.close()
    assert [text for one in made for text in one.wrong] == []
