"""``assay tasks`` and ``assay start`` as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.commands.start import start
from harness.commands.tasks import tasks
from harness.domain.errors import UsageError
from tests.unit.content.factory import change, make_root

TASK = "challenges/contexts/tasks/request-log/task.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path / "root")


def run(command: object, *args: str, root: Path) -> Result:
    return CliRunner().invoke(command, args, obj=[root], env={"COLUMNS": "200"}, catch_exceptions=False)  # type: ignore[arg-type]


def test_tasks_are_a_table(root: Path) -> None:
    shown = run(tasks, root=root).output.splitlines()
    assert shown[0].split()[:3] == ["Task", "Title", "Kind"]
    assert "contexts/request-log" in shown[1]
    assert "Keep what belongs to a request with the request." in shown[1]


def test_on_a_narrow_terminal_the_task_s_name_stays_whole(root: Path) -> None:
    shown = CliRunner().invoke(tasks, [], obj=[root], env={"COLUMNS": "60"}).output
    assert "contexts/request-log" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_tasks_as_json(root: Path) -> None:
    (row,) = json.loads(run(tasks, "--format", "json", "--topic", "contexts", root=root).output)
    assert row["id"] == "contexts/request-log"
    assert (row["kind"], row["level"], row["minutes"], row["status"]) == ("build", "mid", 30, "published")


def test_square_brackets_in_a_title_are_shown_as_they_are(root: Path) -> None:
    change(root, TASK, "A request log", "[bold]A[/bold] log")
    assert "[bold]A[/bold] log" in run(tasks, root=root).output


def test_a_topic_without_tasks_is_answered_with_those_there_are(root: Path) -> None:
    with pytest.raises(UsageError, match="contexts"):
        run(tasks, "--topic", "context", root=root)


def test_a_task_with_faults_is_named_beside_the_list(root: Path) -> None:
    change(root, TASK, "minutes = 30", "minutes = 0")
    result = run(tasks, root=root)
    assert "left out" in result.stderr
    assert "`minutes` must be at least 1" in result.stderr


def test_start_writes_the_kit_and_says_what_comes_next(root: Path, tmp_path: Path) -> None:
    shown = run(start, "contexts/request-log", str(tmp_path / "kit"), root=root).output
    assert str(tmp_path / "kit" / "brief.md") in shown
    assert "assay grade contexts/request-log" in shown
    assert (tmp_path / "kit" / "tests" / "conftest.py").is_file()
    assert "==" in (tmp_path / "kit" / "requirements.txt").read_text()
    assert "--hash" not in (tmp_path / "kit" / "requirements.txt").read_text()


def test_start_refuses_a_folder_in_use_and_an_unknown_task(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not empty"):
        run(start, "contexts/request-log", str(root), root=root)
    with pytest.raises(UsageError, match="Did you mean"):
        run(start, "contexts/request-logs", str(tmp_path / "kit"), root=root)
    assert not (tmp_path / "kit").exists()
