"""Fetches wheels on the host for the container, so that a build needs no network and runs no setup.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.errors import ImageError
from sandbox.images.recipe import PYTHON

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Debian trixie's C library is 2.41; wheels for any older one will do.
NEWEST_GLIBC = 41
OLDEST_GLIBC = 5


def cache_dir() -> Path:
    """Where wheels are kept between builds: ASSAY_CACHE, or the user's cache folder."""
    own = os.environ.get("ASSAY_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) if own else Path(home) / "assay"


def platforms(machine: str) -> list[str]:
    """Every platform tag whose wheels run in the image, the newest first."""
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)]
    legacy = {"x86_64": ["manylinux2014", "manylinux2010", "manylinux1"], "aarch64": ["manylinux2014"]}
    return [*tags, *(f"{name}_{machine}" for name in legacy[machine]), f"linux_{machine}"]


def fetch(requirements: Path, machine: str, folder: Path, *, locked: bool) -> list[Path]:
    """Download the wheels of a requirements file into a folder, and list them.

    A locked file names everything it needs, with hashes; any other is resolved here, for the container's Python
    (except that pip reads environment markers such as `python_version` with the Python it runs on).
    """
    done = folder / "complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _pip_download(requirements, machine, folder, ["--no-deps", "--require-hashes"] if locked else [])
        done.touch()
    return sorted(folder.glob("*.whl"))


def _pip_download(requirements: Path, machine: str, folder: Path, options: Sequence[str]) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--quiet"]
    command += ["--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON]
    for platform in platforms(machine):
        command += ["--platform", platform]
    command += ["--dest", str(folder), "--requirement", str(requirements), *options]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        errors = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")]
        reason = "\n".join(errors or finished.stderr.splitlines()[-5:])
        raise ImageError(
            f"{requirements.name}: no wheel for every requirement on linux-{machine}, Python {PYTHON}, could be "
            f"fetched (source distributions are never built):\n{reason}"
        )
