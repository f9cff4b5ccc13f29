"""Each check from what an engine might say of itself."""

from __future__ import annotations

import pytest

from sandbox import doctor
from sandbox.doctor import Level
from sandbox.errors import EngineUnavailable
from sandbox.images.build import ImageInfo

GIB = 1024**3
HEALTHY = {
    "ServerVersion": "28.2.2",
    "OperatingSystem": "Debian GNU/Linux 13 (trixie)",
    "Architecture": "x86_64",
    "Runtimes": {"runc": {}, "runsc": {}},
    "CgroupVersion": "2",
    "MemoryLimit": True,
    "SwapLimit": True,
    "PidsLimit": True,
    "CpuCfsQuota": True,
    "SecurityOptions": ["name=apparmor", "name=seccomp,profile=builtin"],
}


@pytest.mark.parametrize("check", [doctor.engine, doctor.cgroups, doctor.seccomp])
def test_a_healthy_engine_gives_no_cause_for_worry(check) -> None:
    assert check(HEALTHY).level is Level.OK


@pytest.mark.parametrize(
    ("version", "level"),
    [("20.10.24+dfsg1", Level.OK), ("19.03.15", Level.WARN), ("27.0.0-rc.2", Level.OK), ("odd", Level.WARN)],
)
def test_engines_older_than_what_was_tried_are_named(version: str, level: Level) -> None:
    assert doctor.engine({**HEALTHY, "ServerVersion": version}).level is level


@pytest.mark.parametrize("key", ["MemoryLimit", "PidsLimit", "CpuCfsQuota"])
def test_a_limit_that_would_not_bind_is_a_failure(key: str) -> None:
    finding = doctor.cgroups({**HEALTHY, key: False})
    assert finding.level is Level.FAIL
    assert finding.mend


def test_swap_without_a_limit_is_a_warning() -> None:
    assert doctor.cgroups({**HEALTHY, "SwapLimit": False}).level is Level.WARN


def test_an_engine_without_seccomp_is_a_failure() -> None:
    assert doctor.seccomp({**HEALTHY, "SecurityOptions": ["name=apparmor"]}).level is Level.FAIL


def test_gvisor_is_welcome_but_not_needed() -> None:
    levels = {finding.name: finding.level for finding in doctor.runtimes({"Runtimes": {"runc": {}}})}
    assert levels == {"runc": Level.OK, "runsc": Level.WARN}


@pytest.mark.parametrize(
    ("free", "level"), [(50 * GIB, Level.OK), (3 * GIB, Level.WARN), (GIB, Level.FAIL), (None, Level.OK)]
)
def test_disk_space(free: int | None, level: Level) -> None:
    assert doctor.disk(free).level is level


def test_a_missing_image_comes_with_its_command() -> None:
    assert "assay image build" in doctor.candidate_image(None).mend


def test_an_image_is_shown_with_what_it_holds() -> None:
    info = ImageInfo("assay-candidate:0123", "sha256:4567", "debian root", "3.13.5", "8.0.2", "x86_64", {})
    assert "3.13.5" in doctor.candidate_image(info).found


def test_without_an_engine_there_are_findings_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise EngineUnavailable("no engine\nstart one")

    monkeypatch.setattr(doctor, "connect", refuse)
    findings = {finding.name: finding for finding in doctor.examine()}
    assert (findings["engine"].level, findings["engine"].mend) == (Level.FAIL, "start one")
