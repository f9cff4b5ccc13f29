"""The fixtures your tests use: ``client``, ``app``, ``runner``, ``make_app``, ``seed``, ``clock``, ``submission``.

This file makes your app in this process, so that you can run the tests with plain ``pytest`` on your own machine.
When a submission is graded, the same fixtures reach your app over a wire instead, and this file is not used: what you
change here changes nothing there.

``assay.toml``, beside your code, says where your app starts and with which configuration each app is made.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import random
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

# fmt: off
SYLLABLES = [
    "ba", "be", "bo", "da", "de", "do", "fa", "fe", "ga", "go", "ha", "he", "ka", "ke", "ko", "la", "le", "lo",
    "ma", "me", "mo", "na", "ne", "no", "pa", "pe", "ra", "re", "ro", "sa", "se", "ta", "te", "to", "va", "ve",
]
GIVEN = [
    "Ada", "Amir", "Bea", "Chidi", "Dana", "Elif", "Emil", "Femi", "Gita", "Hana", "Igor", "Ines", "Jun",
    "Kaya", "Lars", "Lena", "Mira", "Nils", "Noor", "Olga", "Paul", "Rosa", "Sami", "Tara", "Uma", "Vera",
    "Yara", "Zeno",
]
# fmt: on


class Values:
    """Made-up values, the same for the same key. A value drawn twice in one test never repeats."""

    def __init__(self, key: str | bytes) -> None:
        material = key.encode() if isinstance(key, str) else key
        self._random = random.Random(hashlib.sha256(material).digest())
        self._drawn: set[object] = set()

    def _fresh(self, draw: Callable[[], T]) -> T:
        while True:
            value = draw()
            if value not in self._drawn:
                self._drawn.add(value)
                return value

    def word(self, syllables: int = 4) -> str:
        """A lower-case word of letters only, such as ``"dalokebe"``."""
        return self._fresh(lambda: "".join(self._random.choices(SYLLABLES, k=syllables)))

    def words(self, count: int) -> list[str]:
        """``count`` different words."""
        return [self.word() for _ in range(count)]

    def name(self) -> str:
        """A person's name, such as ``"Ada Dalokebe"``."""
        return f"{self._random.choice(GIVEN)} {self.word().title()}"

    def title(self, words: int = 3) -> str:
        """A title of several words, such as ``"Lobeka Fedama Gokeva"``."""
        return " ".join(self.word(3).title() for _ in range(words))

    def email(self) -> str:
        """An address at a name reserved for examples."""
        return f"{self.word()}@{self.word(2)}.example.com"

    def token(self) -> str:
        """32 hexadecimal digits."""
        return self._fresh(lambda: f"{self._random.getrandbits(128):032x}")

    def integer(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included; not made different from earlier ones."""
        return self._random.randint(low, high)

    def choice(self, options: Sequence[T]) -> T:
        """One of ``options``."""
        return self._random.choice(options)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same items in another order."""
        return self._random.sample(list(items), len(items))


@dataclass(frozen=True)
class Rule:
    """A line of the URL map: ``rule`` as written, its ``endpoint``, and its methods without HEAD and OPTIONS."""

    rule: str
    endpoint: str
    methods: frozenset[str]


def plain(value: Any) -> Any:
    """``value`` if JSON can carry it, else its repr: what a test may see of a configuration."""
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        return repr(value)


class Worker:
    """One copy of the submission's modules, as a process of its own would have."""

    def __init__(self, root: Path, entry: str) -> None:
        self._prefix = f"{root}{os.sep}"
        self.module, _, self.attribute = entry.partition(":")
        self.modules: dict[str, Any] = {}

    def _is_ours(self, module: Any) -> bool:
        path = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), None)
        if not path or not str(path).startswith(self._prefix) or "site-packages" in str(path):
            return False
        return getattr(module, "__name__", "").partition(".")[0] not in ("tests", "conftest")

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """Within the block, imports see this worker's copies of the submission's modules."""
        others = {name: module for name, module in list(sys.modules.items()) if self._is_ours(module)}
        for name in others:
            del sys.modules[name]
        sys.modules.update(self.modules)
        try:
            yield
        finally:
            self.modules = {name: module for name, module in list(sys.modules.items()) if self._is_ours(module)}
            for name in self.modules:
                del sys.modules[name]
            sys.modules.update(others)

    def find(self, reference: str) -> Any:
        """The object that ``"module:name"`` means; call it while the worker is active."""
        module, _, attribute = reference.partition(":")
        return getattr(importlib.import_module(module), attribute)

    def make(self, config: Mapping[str, Any]) -> Any:
        """The Flask app of the entry point: a factory is called with ``config``, an app is updated by it."""
        with self.active():
            entry = self.find(f"{self.module}:{self.attribute}")
            if hasattr(entry, "wsgi_app") and not isinstance(entry, type):
                entry.config.update(config)
                return entry
            return entry(dict(config))


class App:
    """What a test sees of an app, here and over the wire."""

    def __init__(self, flask_app: Any, worker: Worker) -> None:
        self._app = flask_app
        self._worker = worker

    def test_client(self) -> Any:
        """A new client with a cookie jar of its own; its responses are Werkzeug's."""
        app, worker = self._app, self._worker

        def called(environ: dict[str, Any], start_response: Any) -> Any:
            with worker.active():
                return app(environ, start_response)

        from werkzeug.test import Client

        return Client(called)

    def test_cli_runner(self) -> Runner:
        """Runs the app's commands: ``runner.invoke(["init-db"])``."""
        return Runner(self._app, self._worker)

    @property
    def config(self) -> dict[str, Any]:
        """A copy of the configuration; what JSON can't carry is given as its repr."""
        return {key: plain(value) for key, value in self._app.config.items()}

    @property
    def rules(self) -> list[Rule]:
        """The URL map."""
        return [
            Rule(rule.rule, rule.endpoint, frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"})
            for rule in self._app.url_map.iter_rules()
        ]

    @property
    def commands(self) -> list[str]:
        """The names of the app's own CLI commands."""
        return sorted(self._app.cli.commands)

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Calls ``"module:function"`` of the submission in an app context; arguments and result are JSON."""
        sent, named = json.loads(json.dumps([args, kwargs]))
        with self._worker.active(), self._app.app_context():
            return json.loads(json.dumps(self._worker.find(function)(*sent, **named)))

    @contextlib.contextmanager
    def sql(self) -> Iterator[list[str]]:
        """Within the block, the statements that SQLAlchemy sends are added to the list that you get."""
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(Engine, "before_cursor_execute", note)


@dataclass(frozen=True)
class Result:
    """What a command did: ``output`` is all it printed, ``exception`` the repr of what it raised or ``""``."""

    exit_code: int
    output: str
    exception: str = ""


class Runner:
    """Runs commands of one app."""

    def __init__(self, flask_app: Any, worker: Worker) -> None:
        self._app = flask_app
        self._worker = worker

    def invoke(self, args: Sequence[str], input: str | None = None) -> Result:
        """Runs ``flask <args>``; ``input`` is what it reads from standard input."""
        with self._worker.active():
            done = self._app.test_cli_runner().invoke(args=list(args), input=input)
        failed = done.exception is not None and not isinstance(done.exception, SystemExit)
        return Result(done.exit_code, done.output, repr(done.exception) if failed else "")


class Clock:
    """Moves the time that the app and this test see."""

    def __init__(self) -> None:
        self._travel: Any = None
        self._ahead = 0.0

    def forward(self, seconds: float) -> None:
        """Moves both clocks ``seconds`` ahead; they go on ticking."""
        import time_machine

        self._ahead += seconds
        self.stop(keep=True)
        self._travel = time_machine.travel(time.time() + self._ahead, tick=True)
        self._travel.start()

    def stop(self, keep: bool = False) -> None:
        """Back to the present."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None
        if not keep:
            self._ahead = 0.0


# What a submission does not hold; harness/intake/names.py has the whole list, which this file can't import.
OURS = ("tests/", "assay.toml", ".devcontainer/", ".gitignore", ".python-version")
NOT_HANDED_IN = {".git", ".venv", "venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", "node_modules"}


class Submission:
    """The files that were handed in."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def files(self) -> dict[str, str]:
        """The text files by their path, such as ``"shop/models.py"``; tests are not among them."""
        found = {}
        for path in sorted(self._root.rglob("*")):
            name = path.relative_to(self._root).as_posix()
            if path.is_file() and not name.startswith(OURS) and NOT_HANDED_IN.isdisjoint(name.split("/")):
                with contextlib.suppress(UnicodeDecodeError):
                    found[name] = path.read_text(encoding="utf-8")
        return found


def kit_root() -> Path:
    """The folder with ``assay.toml``: the first one above this file, or what ``ASSAY_KIT`` names."""
    if named := os.environ.get("ASSAY_KIT"):
        return Path(named).resolve()
    for folder in Path(__file__).resolve().parents:
        if (folder / "assay.toml").is_file():
            return folder
    raise pytest.UsageError("assay.toml is missing: it belongs in the folder above tests/")


if (Path(__file__).parent / "assay_live.py").is_file():
    from assay_live import *  # noqa: F403 - the fixtures of tasks that need servers, programs or several clients


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "check(id, concept, points=1, seconds=None): a check that a report names")


@pytest.fixture(scope="session")
def kit() -> dict[str, Any]:
    """What ``assay.toml`` says."""
    root = kit_root()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return tomllib.loads((root / "assay.toml").read_text(encoding="utf-8"))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> Values:
    """Made-up values: ``seed.word()``, ``seed.name()``, ``seed.integer(1, 9)`` and so on."""
    return Values(os.environ.get("ASSAY_SEED", "public") + request.node.name)


@pytest.fixture
def symptom() -> Callable[[str], str]:
    """Names how an assertion failed: ``assert total == 3, symptom("counts-deleted")``."""
    return str


@pytest.fixture
def clock() -> Iterator[Clock]:
    """``clock.forward(3600)`` moves the app and the test an hour ahead."""
    moved = Clock()
    yield moved
    moved.stop()


@pytest.fixture
def submission() -> Submission:
    """The files that were handed in: ``submission.files["app.py"]``."""
    return Submission(kit_root())


@pytest.fixture
def new_database(tmp_path: Path) -> Callable[[], str]:
    """Gives the address of a fresh, empty SQLite database at each call."""
    numbers = iter(range(1, 1000))
    return lambda: f"sqlite:///{tmp_path}/test-{next(numbers)}.db"


@pytest.fixture
def filled(
    seed: Values, new_database: Callable[[], str], request: pytest.FixtureRequest
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """``filled(settings)`` has ``{database}``, ``{secret}`` and ``{redis}`` replaced, as ``assay.toml`` means them."""
    secret = seed.token() + seed.token()
    meanings: dict[str, Callable[[], str]] = {
        "{database}": new_database,
        "{secret}": lambda: secret,
        "{redis}": lambda: str(request.getfixturevalue("redis").url),
        "{provider}": lambda: str(request.getfixturevalue("provider").url),
    }

    def fill(settings: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: meanings[value]() if isinstance(value, str) and value in meanings else value
            for name, value in settings.items()
        }

    return fill


@pytest.fixture
def environment(kit: dict[str, Any], filled: Callable[[Mapping[str, Any]], dict[str, Any]]) -> dict[str, str]:
    """The environment of every app and program of this test; change it before you make one."""
    return filled(kit.get("environment", {}))


@pytest.fixture
def make_app(
    kit: dict[str, Any],
    filled: Callable[[Mapping[str, Any]], dict[str, Any]],
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., App]:
    """``make_app(config, env, worker)`` makes an app with the task's configuration, changed by ``config``.

    ``env`` is set in the environment first. Apps of one ``worker`` share a process, as they do here; a second name
    stands for a second process that has imported the submission anew.
    """
    workers: dict[str, Worker] = {}

    def make(
        config: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None, worker: str = "main"
    ) -> App:
        for name, value in {**environment, **(env or {})}.items():
            monkeypatch.setenv(name, value)
        chosen = workers.setdefault(worker, Worker(kit_root(), kit["entry"]))
        return App(chosen.make(filled({**kit.get("config", {}), **(config or {})})), chosen)

    return make


@pytest.fixture
def app(make_app: Callable[..., App]) -> App:
    """An app with the task's configuration."""
    return make_app()


@pytest.fixture
def client(app: App) -> Any:
    """A client of ``app``: ``client.get("/books/1")`` gives a Werkzeug response."""
    return app.test_client()


@pytest.fixture
def runner(app: App) -> Runner:
    """Runs the commands of ``app``: ``runner.invoke(["init-db"])``."""
    return app.test_cli_runner()
