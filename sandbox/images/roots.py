"""The two roots an image can stand on: the official Python image, or a Debian root made on this machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sandbox.engine import connect
from sandbox.errors import ImageError, MmdebstrapMissing
from sandbox.images.recipe import LAYERS, MACHINES, OFFICIAL_IMAGE, SUITE, base_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from docker import DockerClient

REGISTRY_TIMEOUT_S = 8

NO_ROOT = """No base for the candidate's image: from a registry, none ({reason}), and a root of our own cannot
be made here: {why}. Name an image at hand with ASSAY_BASE_IMAGE (Debian trixie with Python 3.13), or install
mmdebstrap and debian-archive-keyring (`make setup` does so as root on Debian and Ubuntu)."""


@dataclass(frozen=True)
class Root:
    """What the base layer starts from."""

    kind: Literal["registry", "debian"]
    name: str


def choose(
    client: DockerClient, machine: str, wanted: Literal["auto", "registry", "debian"], progress: Callable[[str], None]
) -> Root:
    """The official image where it is wanted and to be had, else a Debian root made here."""
    reason = "not asked for"
    if wanted != "debian":
        image = os.environ.get("ASSAY_BASE_IMAGE") or OFFICIAL_IMAGE
        missing = _obtain(client, image, progress)
        if missing is None:
            return Root("registry", image)
        reason = missing
        if wanted == "registry":
            raise ImageError(f"{image} is not at hand, and no registry gave it: {reason}")
        progress(f"{image} is not to be had ({reason})")
    return Root("debian", _debian(client, machine, reason, progress))


def debian_tag() -> str:
    """The tag of the Debian root of our own."""
    return f"assay-root:{base_context().digest(SUITE)}"


def machine_of(client: DockerClient) -> str:
    """The engine's processor, by Linux's name."""
    arch = str(client.version()["Arch"])
    if arch not in MACHINES:
        raise ImageError(f"the engine runs on {arch}; images are made for {' and '.join(MACHINES)}")
    return MACHINES[arch]


def _has(client: DockerClient, image: str) -> bool:
    from docker.errors import ImageNotFound

    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def _obtain(client: DockerClient, image: str, progress: Callable[[str], None]) -> str | None:
    """Have the engine fetch an image it lacks; return why it cannot, or None."""
    from docker.errors import APIError, DockerException

    if _has(client, image):
        return None
    try:
        with closing(connect(timeout=REGISTRY_TIMEOUT_S)) as impatient:
            impatient.images.get_registry_data(image)
        progress(f"pulling {image}")
        client.images.pull(image)
    except APIError as error:
        return str(error.explanation or error)
    except (DockerException, OSError) as error:
        return str(error)
    return None


def _debian(client: DockerClient, machine: str, reason: str, progress: Callable[[str], None]) -> str:
    """Make a small Debian root with mmdebstrap, import it, and return its tag; once made, it is used again."""
    tag = debian_tag()
    if _has(client, tag):
        return tag
    _check_can_make(machine, reason)
    progress(f"making a Debian {SUITE} root with mmdebstrap")
    with tempfile.TemporaryDirectory(prefix="assay-root-") as folder:
        archive = Path(folder) / "root.tar"
        _mmdebstrap(archive)
        repository, _, name = tag.partition(":")
        label = ["LABEL assay.role=root"]
        client.api.import_image_from_file(str(archive), repository=repository, tag=name, changes=label)
    return tag


def _check_can_make(machine: str, reason: str) -> None:
    image = os.environ.get("ASSAY_BASE_IMAGE") or OFFICIAL_IMAGE
    if platform.system() != "Linux" or platform.machine() != machine:
        why = f"the engine runs on {machine} Linux, this machine is {platform.machine()} {platform.system()}"
        raise ImageError(NO_ROOT.format(image=image, reason=reason, why=why))
    if shutil.which("mmdebstrap") is None:
        raise MmdebstrapMissing(NO_ROOT.format(image=image, reason=reason, why="mmdebstrap is not installed"))


def _mmdebstrap(archive: Path) -> None:
    """Only what is essential, python3 and apt.txt: not even apt itself."""
    include = ["python3", *(LAYERS / "apt.txt").read_text().split()]
    command = ["mmdebstrap", "--quiet", "--variant=essential", f"--include={','.join(include)}"]
    command += ['--aptopt=APT::Install-Recommends "false"', "--dpkgopt=force-unsafe-io"]
    command += [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in ("man", "locale", "info", "doc")]
    command += ["--dpkgopt=path-include=/usr/share/doc/*/copyright", SUITE, str(archive)]
    mirror = os.environ.get("ASSAY_DEBIAN_MIRROR")
    finished = subprocess.run([*command, mirror] if mirror else command, capture_output=True, text=True, check=False)
    if finished.returncode:
        last = "\n".join(finished.stderr.splitlines()[-8:])
        raise ImageError(f"mmdebstrap could not make a Debian {SUITE} root:\n{last}")
