"""The candidate's kit: made from a task's public half alone, by naming what goes in, never by leaving out."""

from __future__ import annotations

import json
import re
import shlex
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.content.trees import read_tree
from harness.domain.content import Service, Task, TaskKind
from harness.domain.errors import ContentError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^\s\\;]+(\s*;[^\\]*)?")
USES_LIVE = re.compile(rb"^def \w+\([^)]*\b(live|at_once|eventually)\b", re.MULTILINE)  # as a fixture
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

PROVIDER = Path(__file__).resolve().parents[2] / "sandbox/inside/oauth_provider.py"  # as data: nothing is imported

README = """\
# {title}

{summary}

What to do stands in [brief.md](brief.md). It takes about {minutes} minutes.

You need Python {python}. In this folder:

```
python{python} -m venv .venv
.venv/bin/pip install -r requirements.txt
.venv/bin/pytest
```

{aim} `requirements.txt` has the very versions that your work is graded with. In an editor that knows dev
containers, open the folder in one instead: `.devcontainer/` does the same set-up.

{hand_in} `assay.toml` says where your app starts. Keep that file and `tests/conftest.py` as they are: when
your work is graded, both are replaced by our own.
"""
AIM = "The tests in `tests/` show a part of what is checked; the brief names all of it."
AIM_TEST = "The tests that you write in `tests/` are what is graded."
HAND_IN = "Hand in this folder, or a .zip or .tar.gz of it, without `.venv`."

GITIGNORE = ".venv/\n__pycache__/\n.pytest_cache/\n*.pyc\ninstance/\n*.db\n*.sqlite3\n.env\n"


def candidate_kit(task: Task, *, requirements: str, python: str) -> dict[str, bytes]:
    """The files of the kit of ``task``, by their path with ``/``.

    ``requirements`` is the text of the image's requirements, hashes and all: the kit gets the pins without
    hashes, which differ by machine. ``python`` is the image's version, such as ``"3.13"``. Raises
    ContentError where the starter or the public tests have a file that the kit needs the name of, or a link.
    """
    public = task.folder / "public"
    kit = {
        "README.md": _readme(task, python).encode(),
        "brief.md": task.brief.encode(),
        "assay.toml": _settings(task).encode(),
        "requirements.txt": "".join(f"{pin}\n" for pin in pins(requirements)).encode(),
        ".python-version": f"{python}\n".encode(),
        ".gitignore": GITIGNORE.encode(),
        ".devcontainer/devcontainer.json": _dev_container(task, python).encode(),
        "tests/conftest.py": resources.files("harness.facade").joinpath("kit.py").read_bytes(),
    }
    starter = read_tree(public / "starter")
    tests = {f"tests/{name}": data for name, data in read_tree(public / "tests").items()}
    if task.services or task.programs or any(USES_LIVE.search(data) for data in tests.values()):
        kit["tests/assay_live.py"] = resources.files("harness.facade").joinpath("live.py").read_bytes()
    if Service.PROVIDER in task.services:
        kit["tests/assay_provider.py"] = PROVIDER.read_bytes()
    for part in (starter, tests):
        if taken := sorted(set(part) & set(kit)):
            raise ContentError(f"{public}: the kit makes {', '.join(taken)} itself; remove it from the public half")
        kit.update(part)
    return dict(sorted(kit.items()))


def write_kit(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes a kit into ``folder``, which is made where it isn't there. Raises UsageError for one that has files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty. Name a new folder, so that nothing of yours is overwritten.")
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as problem:
        raise UsageError(f"The kit can't be written to {folder}: {problem.strerror}.") from problem


def pins(requirements: str) -> list[str]:
    """The pinned requirements, ``name==version``, of a requirements file, without hashes and comments."""
    found = (PINNED.match(line) for line in requirements.splitlines())
    return [pin[0].strip() for pin in found if pin]


def _readme(task: Task, python: str) -> str:
    return README.format(
        title=task.title,
        summary=task.summary,
        minutes=task.minutes,
        python=python,
        aim=AIM_TEST if task.kind is TaskKind.TEST else AIM,
        hand_in=HAND_IN,
    )


def _dev_container(task: Task, python: str) -> str:
    settings = {
        "name": task.title,
        "image": f"python:{python}-slim",
        "postCreateCommand": "pip install -r requirements.txt",
    }
    return json.dumps(settings, indent=2) + "\n"


def _settings(task: Task) -> str:
    lines = [
        "# Read by tests/conftest.py.",
        f"task = {_toml(task.id)}",
        f"revision = {_toml(task.revision)}",
        f"entry = {_toml(task.entry)}",
        "",
        "[config]",
        *(f"{_key(name)} = {_toml(value)}" for name, value in task.config.items()),
    ]
    if task.environment:
        lines += ["", "[environment]", *(f"{_key(name)} = {_toml(value)}" for name, value in task.environment.items())]
    for program in task.programs.values():
        up = f"port = {program.port}" if program.port else f"says = {_toml(program.says)}"
        lines += ["", f"[programs.{_key(program.name)}]", f"command = {_toml(shlex.join(program.command))}", up]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _toml(name)


def _toml(value: Any) -> str:
    """``value`` as TOML writes it; the manifest reader lets nothing else through than what is told apart here."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)} = {_toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, float):
        return repr(value)  # also inf and nan, which JSON writes otherwise
    # A JSON string is a TOML one, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
