"""`make setup` decides what to do before it does anything; these are its decisions."""

from __future__ import annotations

import importlib.util
import io
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "setup.py"


@pytest.fixture
def setup(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script as a module, on a machine that is root's, runs Debian and has no Docker."""
    spec = importlib.util.spec_from_file_location("assay_setup", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("DOCKER_HOST", "ASSAY_NO_INSTALL", "ASSAY_YES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "engine_answers", lambda: False)
    monkeypatch.setattr(module, "can_install", lambda: True)
    monkeypatch.setattr(module, "is_root_on_linux", lambda: True)
    monkeypatch.setattr(module, "venv_package", lambda: None)
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    monkeypatch.setattr(module, "DAEMON_SETTINGS", tmp_path / "docker" / "daemon.json")
    return module


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    terminal = io.StringIO(text)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)


def test_a_ready_machine_needs_nothing(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "engine_answers", lambda: True)
    assert setup.plan() == []


def test_a_bare_machine_gets_an_engine(setup: ModuleType) -> None:
    assert any("docker.io" in step for step in setup.plan())
    assert setup.plan()[-1] == "start the Docker engine"


def test_an_installed_engine_is_only_started(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/sbin/{name}")
    assert setup.plan() == ["start the Docker engine"]


def test_without_root_it_says_what_to_install(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "can_install", lambda: False)
    monkeypatch.setattr(setup, "is_root_on_linux", lambda: False)
    with pytest.raises(setup.SetupError, match="No Docker engine answers"):
        setup.plan()


def test_an_engine_elsewhere_is_never_replaced_by_one_here(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://elsewhere.invalid:2376")
    with pytest.raises(setup.SetupError, match=r"elsewhere\.invalid"):
        setup.plan()


def test_it_may_be_forbidden(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_NO_INSTALL", "1")
    with pytest.raises(setup.SetupError, match="ASSAY_NO_INSTALL"):
        setup.ask(["install something"])


def test_what_is_forbidden_is_still_named(setup: ModuleType, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ASSAY_NO_INSTALL", "1")
    with pytest.raises(setup.SetupError):
        setup.ask(["install something"])
    assert "install something" in capsys.readouterr().out


def test_on_a_terminal_no_means_no(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "n\n")
    with pytest.raises(setup.SetupError, match="Nothing was installed"):
        setup.ask(["install something"])


@pytest.mark.parametrize("text", ["\n", "y\n", "Yes\n"])
def test_on_a_terminal_yes_goes_on(setup: ModuleType, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    answer(monkeypatch, text)
    setup.ask(["install something"])


def test_without_a_terminal_nobody_is_asked(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    setup.ask(["install something"])


def test_gvisor_joins_the_settings_that_are_there(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's own daemon.json keeps every line it had."""
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    setup.DAEMON_SETTINGS.parent.mkdir()
    setup.DAEMON_SETTINGS.write_text('{"data-root": "/srv/docker", "runtimes": {"crun": {"path": "/usr/bin/crun"}}}')
    setup.install_runsc()
    settings = json.loads(setup.DAEMON_SETTINGS.read_text())
    assert settings["data-root"] == "/srv/docker"
    assert sorted(settings["runtimes"]) == ["crun", "runsc"]


def test_settings_that_cannot_be_read_are_left_alone(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    setup.DAEMON_SETTINGS.parent.mkdir()
    setup.DAEMON_SETTINGS.write_text("// mine\n{}")
    setup.install_runsc()
    assert setup.DAEMON_SETTINGS.read_text() == "// mine\n{}"


def test_a_failed_step_shows_the_end_of_its_output(setup: ModuleType, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "BUILD", tmp_path)
    monkeypatch.setattr(setup, "LOG", tmp_path / "setup.log")
    with pytest.raises(setup.StepError, match="the reason") as caught:
        setup.run("trying", ["sh", "-c", "echo the reason; exit 7"])
    assert caught.value.status == 7
