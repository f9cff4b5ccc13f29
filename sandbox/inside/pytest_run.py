"""The program ``pytest``: plain pytest over what was handed in. Everything it says is the container's own word.

With ``remote`` in the order, the fixtures ``app``, ``client`` and ``runner`` reach an app in another container: the
calls go up this process's own channel, and whoever reads it carries them on.
"""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest

from sandbox.inside.link import Link
from sandbox.inside.remote_app import AppGone, AppRaised, RemoteApp

MAX_TEXT = 8 * 1024


class Reporter:
    """Sends a frame per test, as soon as it is known how it went."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.told: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        decisive = report.when == "call" or report.failed or (report.when == "setup" and report.skipped)
        if decisive and (report.failed or report.nodeid not in self.told):
            self.told.add(report.nodeid)
            outcome = "xpassed" if hasattr(report, "wasxfail") and report.passed else report.outcome
            self.tell(report.nodeid, outcome, report.duration, report.longreprtext)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.tell(report.nodeid, "failed", 0.0, report.longreprtext)

    def tell(self, name: str, outcome: str, seconds: float, text: str) -> None:
        self.link.send(
            {"test": name, "outcome": outcome, "seconds": seconds}, text[-MAX_TEXT:].encode("utf-8", "replace")
        )


class RemoteFixtures:
    """``app``, ``client`` and ``runner`` over the wire, a fresh app for each test."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.answers = link.frames()

    def call(self, operation: str, body: bytes = b"", **fields: Any) -> tuple[dict[str, Any], bytes]:
        """One operation of the app's process, carried by the harness."""
        self.link.send({"call": operation, **fields}, body)
        frame = next(self.answers, None)
        if frame is None or "gone" in frame.header:
            raise AppGone("the app did not answer")
        if not frame.header.get("ok"):
            error = frame.header["error"]
            raise AppRaised(error["type"], error["message"])
        return frame.header, frame.body

    @pytest.fixture
    def app(self) -> RemoteApp:
        """A fresh app with a database of its own."""
        header, _ = self.call("make_app")
        return RemoteApp(self.call, header["app"])

    @pytest.fixture
    def client(self, app: RemoteApp) -> Any:
        """A client of ``app``."""
        return app.test_client()

    @pytest.fixture
    def runner(self, app: RemoteApp) -> Any:
        """Runs the commands of ``app``."""
        return app.test_cli_runner()


def run(order: dict[str, Any], link: socket.socket) -> None:
    """Runs pytest with the ordered arguments; the last frame has ``done``, its exit status."""
    talk = Link(link)
    plugins: list[object] = [Reporter(talk)]
    if order.get("remote"):
        plugins.append(RemoteFixtures(talk))
    status = pytest.main([*order["args"], "-p", "no:cacheprovider"], plugins=plugins)
    talk.send({"done": int(status)})
    os._exit(0)
