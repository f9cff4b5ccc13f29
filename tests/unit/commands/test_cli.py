"""The command line without an engine: help, errors, exit statuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from harness.domain.errors import GradingFault, UsageError

HEAVY = ("docker", "flask", "pytest", "rich", "jinja2", "sqlalchemy")


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(cli.main, list(arguments))


def test_help_lists_every_command(run):
    done = run("--help")
    assert done.exit_code == 0
    for name in cli.COMMANDS:
        assert f"  {name} " in done.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys, cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    root = Path(cli.__file__).parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("HEAVY []\n")


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_each_command_has_help(run, name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["grade", "no-such-task", "."], "There is no task 'no-such-task'"),
        (["grade", "library-factory"], "wants TASK and PATH"),
        (["grade", "library-factory", ".", "--format", "pdf"], "There is no format 'pdf'"),
        (["grade", "library-factory", "no/such/path"], "no/such/path"),
        (["grade", "library-factory", ".", "--requirements", __file__], "--requirements goes with --suite"),
        (["grade", "--suite", __file__, "a", "b"], "wants PATH alone"),
        (["try", str(Path(__file__).parent)], "is no kit"),
        (["--content", str(Path(__file__).parent), "tasks"], "is no content root"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_usage_error_is_a_message_and_exit_status_2(run, arguments, message):
    done = run(*arguments)
    assert message in done.output
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("error", "status"), [(UsageError("so"), 2), (GradingFault("so"), 3), (RuntimeError("so"), 3)], ids=repr
)
def test_no_error_is_a_traceback(run, monkeypatch, error, status):
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.delenv("ASSAY_DEBUG", raising=False)
    monkeypatch.setattr("harness.content.load_library", fail)
    done = run("tasks")
    assert done.exit_code == status
    assert "so" in done.output
    assert "Traceback" not in done.output
