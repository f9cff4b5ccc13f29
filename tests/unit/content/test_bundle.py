"""The kit holds what it should, runs, and cannot hold anything hidden."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from harness.content import load_library
from harness.content.bundle import candidate_kit, pins, write_kit
from harness.domain.errors import ContentError, UsageError
from harness.facade import kit
from tests.unit.content.factory import change, make_root, write

PUBLIC = "challenges/contexts/tasks/request-log/public"
REQUIREMENTS = """# made by a tool
flask==3.1.3 \\
    --hash=sha256:00
tzdata==2026.1 ; sys_platform == 'win32' \\
    --hash=sha256:11
"""


def kit_of(root: Path) -> dict[str, bytes]:
    task = load_library([root]).task("contexts/request-log")
    return candidate_kit(task, requirements=REQUIREMENTS, python="3.13")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path / "root")


def test_the_kit_has_these_files_and_no_others(root: Path) -> None:
    write(root, f"{PUBLIC}/notes.md", "for authors")
    write(root, f"{PUBLIC}/hidden/test_secret.py", "canary")
    write(root, f"{PUBLIC}/starter/__pycache__/log.cpython-313.pyc", "canary")
    kit = kit_of(root)
    assert sorted(kit) == [
        ".devcontainer/devcontainer.json",
        ".gitignore",
        ".python-version",
        "README.md",
        "assay.toml",
        "brief.md",
        "log.py",
        "requirements.txt",
        "templates/log.html",
        "tests/conftest.py",
        "tests/test_public.py",
    ]


def test_nothing_hidden_is_in_the_kit_whatever_stands_in_the_hidden_half(root: Path) -> None:
    for path in [*root.rglob("hidden/**/*"), *root.rglob("reference/**/*"), *root.rglob("topic.toml")]:
        if path.is_file():
            path.write_text(f"# canary-7f3a\n{path.read_text()}")
    assert b"canary-7f3a" not in b"".join(kit_of(root).values())


def test_a_link_in_the_public_half_is_refused(root: Path) -> None:
    """It would carry a hidden test out without being named anywhere."""
    hidden = root / "challenges/contexts/tasks/request-log/hidden/tests/test_log.py"
    (root / PUBLIC / "starter" / "help.py").symlink_to(hidden)
    with pytest.raises(ContentError, match=r"help\.py is a link"):
        kit_of(root)


@pytest.mark.parametrize("path", ["starter/assay.toml", "tests/conftest.py", "starter/tests/test_public.py"])
def test_the_kit_s_own_names_can_t_be_taken(root: Path, path: str) -> None:
    write(root, f"{PUBLIC}/{path}", "x = 1\n")
    with pytest.raises(ContentError, match=Path(path).name):
        kit_of(root)


def test_settings_come_back_as_the_manifest_has_them(root: Path) -> None:
    config = 'TEXT = "ä\\"\\\\\\n\\u007f"\nRATE = 1.5\nLIST = [1, "two", [true]]\n"odd key" = {a = {b = 1}}\n'
    change(root, "challenges/contexts/tasks/request-log/task.toml", "TESTING = true\n", config)
    settings = tomllib.loads(kit_of(root)["assay.toml"].decode())
    assert settings == {
        "task": "contexts/request-log",
        "revision": 1,
        "entry": "log:create_app",
        "config": load_library([root]).task("request-log").config,
    }
    assert settings["config"]["TEXT"] == 'ä"\\\n\x7f'


def test_versions_are_pinned_without_hashes(root: Path) -> None:
    assert pins(REQUIREMENTS) == ["flask==3.1.3", "tzdata==2026.1 ; sys_platform == 'win32'"]
    container = json.loads(kit_of(root)[".devcontainer/devcontainer.json"])
    assert container["image"] == "python:3.13-slim"
    assert "requirements.txt" in container["postCreateCommand"]


def test_the_public_tests_run_in_the_written_kit(root: Path, tmp_path: Path) -> None:
    write(
        root,
        f"{PUBLIC}/starter/log.py",
        "from flask import Flask\n\n\ndef create_app(config):\n    return Flask('log')\n",
    )
    write(
        root, f"{PUBLIC}/tests/test_public.py", "def test_404(client):\n    assert client.get('/').status_code == 404\n"
    )
    write_kit(kit_of(root), tmp_path / "kit")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path / "kit",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in run.stdout, run.stdout + run.stderr


def test_a_folder_with_files_is_never_written_into(tmp_path: Path) -> None:
    write(tmp_path, "kit/mine.py", "mine")
    with pytest.raises(UsageError, match="is not empty"):
        write_kit({"mine.py": b"theirs"}, tmp_path / "kit")
    assert (tmp_path / "kit/mine.py").read_text() == "mine"


def test_a_file_in_the_way_is_a_usage_error(tmp_path: Path) -> None:
    write(tmp_path, "kit", "a file")
    with pytest.raises(UsageError, match="can't be written"):
        write_kit({}, tmp_path / "kit")


def test_the_kits_submission_is_what_would_be_handed_in(tmp_path):
    for name in ("app.py", ".dockerignore", ".git/config", "shop/__pycache__/x.py", "tests/test_a.py", "assay.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "logo.png").write_bytes(b"\xff")
    assert kit.Submission(tmp_path).files == {".dockerignore": "x", "app.py": "x"}
