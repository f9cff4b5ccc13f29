"""The commands as their users run them, on a real engine: a candidate's way, a batch, an own suite."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import cli
from harness.content import load_library
from harness.content.hidden import load_reference
from harness.grading.grade import Grader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

TASK = "application-factory/library-factory"

pytestmark = pytest.mark.engine


@pytest.fixture
def assay() -> Callable[..., Result]:
    """Runs ``assay`` with arguments."""
    return lambda *arguments: CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


@pytest.fixture
def work() -> Path:
    """The folder of the reference and all that goes with it."""
    return load_reference(load_library().task(TASK)).folder


@pytest.fixture
def handed_in(tmp_path: Path, work: Path) -> Path:
    """A folder of submissions: one right, one wrong in a known way, and others that can't be judged."""
    folder = tmp_path / "submissions"
    shutil.copytree(work / "solution", folder / "ada")
    with zipfile.ZipFile(folder / "Bob.zip", "w") as archive:
        wrong = work / "wrong" / "config-after-binding"
        for path in wrong.rglob("*.py"):
            archive.write(path, path.relative_to(wrong))
    (folder / "cyd").mkdir()
    (folder / "cyd" / "library.py").write_text("def create_app(config:\n")
    (folder / "dan.zip").write_bytes(b"no archive")
    (folder / "=eve").symlink_to(folder / "ada")
    return folder


def table(output: Path) -> dict[str, dict[str, str]]:
    """The rows of a batch's CSV by the submission's name."""
    text = (output / "index.csv").read_text(encoding="utf-8-sig")
    return {row["name"]: row for row in csv.DictReader(io.StringIO(text))}


def run_ids(output: Path) -> dict[str, str]:
    """The runs whose results a batch holds."""
    return {path.stem: json.loads(path.read_text())["run_id"] for path in (output / "results").iterdir()}


def test_a_candidates_way_from_kit_to_report(assay: Callable[..., Result], tmp_path: Path, work: Path) -> None:
    kit = tmp_path / "kit"
    started = assay("start", TASK, kit)
    assert started.exit_code == 0, started.output
    tried = assay("try", kit)  # the starter runs, and its public tests say what is missing
    assert tried.exit_code == 1, tried.output
    assert "tests passed" in tried.output
    shutil.rmtree(kit / "library", ignore_errors=True)
    shutil.copytree(work / "solution", kit, dirs_exist_ok=True)
    assert assay("try", kit).exit_code == 0
    graded = assay("grade", TASK, kit, "--format", "json")
    assert graded.exit_code == 0, graded.output
    assert json.loads(graded.stdout)["score"] == 100


def test_a_batch_with_a_roster(assay: Callable[..., Result], handed_in: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("name,submission\nAda L.,ada\nBob B.,bob\nZoe Z.,zoe\n")
    output = tmp_path / "out"
    done = assay("batch", TASK, handed_in, "--output", output, "--roster", roster)
    assert done.exit_code == 1, done.output
    rows = table(output)
    assert rows["ada"]["score"] == "100"
    assert 0 < float(rows["Bob.zip"]["score"]) < 100
    assert rows["cyd"]["score"] == "0"
    assert "link" in rows["'=eve"]["refused"]
    page = (output / "index.html").read_text()
    assert "Zoe Z." in page
    assert "Ada L." in page
    assert {path.stem for path in (output / "reports").iterdir()} == {"ada", "Bob.zip", "cyd"}
    earlier = run_ids(output)
    (handed_in / "cyd" / "library.py").write_text("def create_app(config): return config\n")
    assay("batch", TASK, handed_in, "--output", output)
    later = run_ids(output)
    assert {name for name in earlier if earlier[name] != later[name]} == {"cyd"}


def test_a_batch_goes_on_after_an_interrupt(
    assay: Callable[..., Result], handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    grade = Grader.grade
    graded: list[str] = []

    def interrupted(self: Grader, *arguments: object) -> object:
        if graded:
            raise KeyboardInterrupt
        graded.append("one")
        return grade(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Grader, "grade", interrupted)
        stopped = assay("batch", TASK, handed_in, "--output", output, "--jobs", 1)
    assert stopped.exit_code == 130
    assert "goes on" in stopped.stderr
    kept = run_ids(output)
    assert len(kept) == 1
    assert not (output / "index.html").exists()
    assert assay("batch", TASK, handed_in, "--output", output).exit_code == 1
    assert kept.items() <= run_ids(output).items()
    assert {"ada", "Bob.zip", "cyd", "dan.zip"} <= table(output).keys()


def test_an_own_suite_with_a_package_of_its_own(assay: Callable[..., Result], tmp_path: Path) -> None:
    project, suite = tmp_path / "project", tmp_path / "suite"
    project.mkdir()
    suite.mkdir()
    (project / "shop.py").write_text(
        "from flask import Flask\nfrom slugify import slugify\napp = Flask(__name__)\n"
        "@app.get('/<name>')\ndef show(name):\n    return slugify(name)\n"
    )
    (suite / "conftest.py").write_text(
        "import pytest\nfrom shop import app\n@pytest.fixture\ndef client():\n    return app.test_client()\n"
    )
    (suite / "test_shop.py").write_text(
        "def test_slug(client):\n    assert client.get('/Hello World').text == 'hello-world'\n\n"
        "def test_wrong(client):\n    assert client.get('/A').text == 'A'\n"
    )
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("python-slugify==8.0.4\n")
    done = assay("grade", "--suite", suite, project, "--requirements", requirements, "--format", "json")
    assert done.exit_code == 1, done.output
    report = json.loads(done.stdout)
    assert report["score"] == 50
    assert report["claims"]
    without = assay("grade", "--suite", suite, project, "--format", "json")
    assert without.exit_code == 1
    assert "slugify" in without.stdout
