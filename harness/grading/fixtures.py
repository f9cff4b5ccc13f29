"""The fixtures of hidden tests, over the wire. The in-process twin is ``harness/facade/kit.py``."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from harness.domain.content import Service
from harness.facade.kit import Values
from sandbox.inside.remote_app import RemoteApp, Runner

if TYPE_CHECKING:
    from werkzeug.test import Client

    from harness.grading.examiner import Examiner

DATABASE = "sqlite:////tmp/assay-{number}.db"


def check_of(item: pytest.Item) -> str:
    """The check that a test decides: its marker's id, or where it has none (a public test) its function's name."""
    marker = item.get_closest_marker("check")
    return str(marker.args[0]) if marker else getattr(item, "originalname", item.name)


def check_seed(seed: str, check: str) -> bytes:
    """What a check's values are drawn from: it hangs on the check's permanent id alone (design, decision 6)."""
    return hmac.new(seed.encode(), check.encode(), hashlib.sha256).digest()


def fill(config: Mapping[str, Any], new_database: Callable[[], str], secret: str) -> dict[str, Any]:
    """``config`` with its placeholders replaced: ``{database}``, ``{secret}`` and the names of services."""
    filled = dict(config)
    addresses = {f"{{{service}}}": service.address for service in Service}
    for key, value in config.items():
        if value == "{database}":
            filled[key] = new_database()
        elif value == "{secret}":
            filled[key] = secret
        elif isinstance(value, str) and value in addresses:
            filled[key] = addresses[value]
    return filled


class Clock:
    """Moves the time that the app and this test see."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner
        self._travel: Any = None

    def forward(self, seconds: float) -> None:
        """Moves both clocks ``seconds`` ahead; they go on ticking."""
        import time_machine

        target = time.time() + seconds
        self.stop()
        self._travel = time_machine.travel(target, tick=True)
        self._travel.start()
        self._examiner.ask({"say": "travel", "ahead": seconds})

    def stop(self) -> None:
        """Back to the present, on this side."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


class Submission:
    """The files that were handed in, as the harness holds them."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner

    @property
    def files(self) -> dict[str, str]:
        """The text files by their path, such as ``"shop/models.py"``; tests are not among them."""
        _, body = self._examiner.ask({"say": "files"})
        return dict(json.loads(body))


class Fixtures:
    """Registered as a plugin; each fixture is documented for authors in docs/adding-a-topic.md."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner

    @pytest.fixture
    def seed(self, request: pytest.FixtureRequest) -> Values:
        """Made-up values: ``seed.word()``, ``seed.name()``, ``seed.integer(1, 9)`` and so on."""
        return Values(check_seed(self._examiner.order["seed"], check_of(request.node)))

    @pytest.fixture
    def symptom(self) -> Callable[[str], str]:
        """Names how an assertion failed; the message of an assertion is only evaluated when it does."""

        def name(symptom: str) -> str:
            self._examiner.symptoms.append(symptom)
            return symptom

        return name

    @pytest.fixture
    def clock(self) -> Iterator[Clock]:
        """``clock.forward(3600)`` moves the app and the test an hour ahead."""
        moved = Clock(self._examiner)
        yield moved
        moved.stop()

    @pytest.fixture
    def submission(self) -> Submission:
        """The files that were handed in: ``submission.files["app.py"]``."""
        return Submission(self._examiner)

    @pytest.fixture
    def new_database(self) -> Callable[[], str]:
        """Gives the address of a fresh, empty SQLite database at each call."""
        numbers = itertools.count(1)
        return lambda: DATABASE.format(number=next(numbers))

    @pytest.fixture
    def secret(self, seed: Values) -> str:
        """What ``{secret}`` stands for in this test."""
        return seed.token() + seed.token()

    @pytest.fixture
    def environment(self, secret: str, new_database: Callable[[], str]) -> dict[str, str]:
        """The environment of every app and program of this test; change it before you make one."""
        return fill(self._examiner.order["environment"], new_database, secret)

    @pytest.fixture
    def make_app(
        self, secret: str, new_database: Callable[[], str], environment: dict[str, str]
    ) -> Callable[..., RemoteApp]:
        """``make_app(config, env, worker)`` makes an app with the task's configuration, changed by ``config``."""

        def make(
            config: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None, worker: str = "main"
        ) -> RemoteApp:
            settings = fill({**self._examiner.order["config"], **(config or {})}, new_database, secret)
            call, entry = self._examiner.caller(worker), self._examiner.order["entry"]
            header, _ = call("make_app", entry=entry, config=settings, env={**environment, **(env or {})})
            return RemoteApp(call, header["app"])

        return make

    @pytest.fixture
    def app(self, make_app: Callable[..., RemoteApp]) -> RemoteApp:
        """An app with the task's configuration."""
        return make_app()

    @pytest.fixture
    def client(self, app: RemoteApp) -> Client:
        """A client of ``app``: ``client.get("/books/1")`` gives a Werkzeug response."""
        return app.test_client()

    @pytest.fixture
    def runner(self, app: RemoteApp) -> Runner:
        """Runs the commands of ``app``: ``runner.invoke(["init-db"])``."""
        return app.test_cli_runner()
