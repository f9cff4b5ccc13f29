"""Looks at what the sandbox stands on, and says how to mend what is amiss.

Each check is a function of what was asked of the engine once, so that it can be tried without one.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.engine import connect
from sandbox.errors import EngineUnavailable
from sandbox.images.build import image_info, image_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.images.build import ImageInfo

OLDEST_PYTHON = (3, 11)
OLDEST_ENGINE = (20, 10)
DISK_NEEDED = 2 * 1024**3  # an image and its layers, wheels, and room for containers
DISK_LOW = 5 * 1024**3
PROBE_TIMEOUT_S = 10


class Level(Enum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"  # works, with less than there could be
    FAIL = "fail"  # grading would fail, or a limit would not bind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    level: Level
    found: str
    mend: str = ""


def examine() -> list[Finding]:
    """Look at everything. Where no engine answers, what needs one is left out."""
    findings = [python(sys.version_info[:3])]
    try:
        with closing(connect(timeout=PROBE_TIMEOUT_S)) as client:
            info: dict[str, Any] = client.info()
        image = image_info()
    except EngineUnavailable as error:
        first, *rest = str(error).splitlines()
        return [*findings, Finding("engine", Level.FAIL, first, " ".join(rest)), disk(free_bytes(Path.cwd()))]
    return [
        *findings,
        engine(info),
        candidate_image(image),
        *runtimes(info),
        disk(free_bytes(Path(info.get("DockerRootDir", "/")))),
        cgroups(info),
        seccomp(info),
    ]


def python(version: tuple[int, ...]) -> Finding:
    """The Python that assay itself runs on."""
    found = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return Finding(
            "python", Level.FAIL, found, "assay needs Python 3.11 or newer: make .venv anew with `make setup`"
        )
    return Finding("python", Level.OK, found)


def engine(info: Mapping[str, Any]) -> Finding:
    """The engine's version."""
    version = str(info.get("ServerVersion", "unknown"))
    found = f"Docker {version} on {info.get('OperatingSystem', 'an unknown system')}, {info.get('Architecture', '')}"
    numbers = tuple(int(part) for part in version.split("+")[0].split("-")[0].split(".")[:2] if part.isdigit())
    if numbers < OLDEST_ENGINE:
        return Finding("engine", Level.WARN, found, "only Docker 20.10 and newer were tried: install a newer engine")
    return Finding("engine", Level.OK, found)


def candidate_image(image: ImageInfo | None) -> Finding:
    """Whether the image is the one that these sources make."""
    if image is None:
        return Finding("image", Level.FAIL, f"{image_tag()} is not there", "build it: `assay image build`")
    return Finding("image", Level.OK, f"{image.tag}: Python {image.python}, redis {image.redis}, on {image.base}")


def runtimes(info: Mapping[str, Any]) -> list[Finding]:
    """runc is needed, gVisor is welcome."""
    known = info.get("Runtimes") or {}
    findings = []
    if "runc" in known:
        findings.append(Finding("runc", Level.OK, "the engine lists it"))
    else:
        findings.append(Finding("runc", Level.FAIL, f"the engine lists only {sorted(known)}", "install runc"))
    if "runsc" in known:
        findings.append(Finding("runsc", Level.OK, "the engine lists gVisor: `--runtime runsc` works"))
    else:
        mend = (
            "optional: install gVisor (Debian's package runsc) and list it in /etc/docker/daemon.json (docs/setup.md)"
        )
        findings.append(Finding("runsc", Level.WARN, "the engine does not list gVisor", mend))
    return findings


def disk(free: int | None) -> Finding:
    """Room for images and containers."""
    if free is None:
        return Finding("disk", Level.OK, "the engine keeps its data elsewhere; not looked at")
    found = f"{free / 1024**3:.1f} GiB free"
    mend = "free some: `assay image prune`, `docker system prune`"
    if free < DISK_NEEDED:
        return Finding("disk", Level.FAIL, found, mend)
    return Finding("disk", Level.WARN if free < DISK_LOW else Level.OK, found, mend if free < DISK_LOW else "")


def free_bytes(path: Path) -> int | None:
    """What is free where a path lies; None if it is not on this machine."""
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None


def cgroups(info: Mapping[str, Any]) -> Finding:
    """Whether the kernel can hold a container to its limits."""
    needed = {"MemoryLimit": "memory", "PidsLimit": "processes", "CpuCfsQuota": "CPU time"}
    missing = [name for key, name in needed.items() if not info.get(key)]
    found = f"version {info.get('CgroupVersion') or '1'}"
    if missing:
        mend = "enable the kernel's memory, pids and cpu controllers for containers, and restart the engine"
        return Finding("cgroups", Level.FAIL, f"{found}, without limits on {', '.join(missing)}", mend)
    if not info.get("SwapLimit"):
        mend = "turn swap off, or boot with swapaccount=1: else a container may swap past its memory"
        return Finding("cgroups", Level.WARN, f"{found}; memory, processes, CPU, but no limit on swap", mend)
    return Finding("cgroups", Level.OK, f"{found}; memory, swap, processes, CPU")


def seccomp(info: Mapping[str, Any]) -> Finding:
    """Whether the profile of system calls will be applied."""
    if any(option.startswith("name=seccomp") for option in info.get("SecurityOptions") or ()):
        return Finding("seccomp", Level.OK, "the engine applies profiles")
    mend = "use a kernel with CONFIG_SECCOMP_FILTER and an engine built with seccomp"
    return Finding("seccomp", Level.FAIL, "the engine applies no profile", mend)
