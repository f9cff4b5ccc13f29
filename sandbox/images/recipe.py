"""What goes into each layer of the candidate's image, and the tag that follows from it.

Three layers, each tagged by a hash of all that went in, so that none is ever built twice:

    assay-base        Python 3.13, redis-server         the official slim image, or a root made with mmdebstrap
    assay-packages    the pinned libraries              wheels only, installed without a network
    assay-candidate   sandbox/wire.py, sandbox/inside   seconds, since these change the most
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PYTHON = "3.13"
SUITE = "trixie"
OFFICIAL_IMAGE = f"python:{PYTHON}-slim-{SUITE}"

SANDBOX = Path(__file__).resolve().parent.parent
IMAGES = SANDBOX / "images"
LAYERS = IMAGES / "layers"

#: Docker's name of a processor, and Linux's own.
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


@dataclass(frozen=True)
class Context:
    """A build context: the files of one layer, by their name inside it."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, paths: Mapping[str, Path]) -> Context:
        """The context whose files are read from these paths."""
        return cls({name: path.read_bytes() for name, path in paths.items()})

    def digest(self, *more: str) -> str:
        """Twelve hex digits that change with any name, any byte, and anything more that is given."""
        total = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
        for text in more:
            total.update(f"{text}\0".encode())
        return total.hexdigest()[:12]

    def tar(self) -> io.BytesIO:
        """The context as the engine takes it."""
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w") as archive:
            for name, content in sorted(self.files.items()):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                member.mode = 0o644
                archive.addfile(member, io.BytesIO(content))
        stream.seek(0)
        return stream


def lock_file(machine: str) -> Path:
    """The pinned requirements of the image for one kind of machine."""
    return IMAGES / f"requirements-linux-{machine}.txt"


def base_context() -> Context:
    """Debian's side: what is installed, and what is taken away."""
    names = ("apt.txt", "prepare.sh")
    return Context.of({"Dockerfile": LAYERS / "base.Dockerfile", **{name: LAYERS / name for name in names}})


def packages_context(lock: Path, wheels: Iterable[Path] = ()) -> Context:
    """Python's side: the lock file, and its wheels where they are at hand."""
    return Context.of(
        {
            "Dockerfile": LAYERS / "packages.Dockerfile",
            "requirements.txt": lock,
            **{f"wheels/{wheel.name}": wheel for wheel in wheels},
        }
    )


def candidate_context() -> Context:
    """Our side: what runs in the container."""
    inside = {
        f"sandbox/{path.relative_to(SANDBOX)}": path
        for path in (SANDBOX / "__init__.py", SANDBOX / "wire.py", *(SANDBOX / "inside").rglob("*.py"))
        if path.exists() and path.name != "run.py"
    }
    return Context.of(
        {"Dockerfile": LAYERS / "candidate.Dockerfile", "run.py": SANDBOX / "inside" / "run.py", **inside}
    )


def derived_context(requirements: bytes, wheels: Iterable[Path] = ()) -> Context:
    """What a project adds to the candidate's image."""
    files = Context.of(
        {
            "Dockerfile": LAYERS / "derived.Dockerfile",
            **{f"wheels/{wheel.name}": wheel for wheel in wheels},
        }
    )
    return Context({**files.files, "requirements.txt": requirements})


def base_tag(root: str) -> str:
    """The tag of the lowest layer, made from the root of this name."""
    return f"assay-base:{base_context().digest(SUITE, root)}"


def packages_tag(root: str, machine: str) -> str:
    """The tag of the layer with the libraries."""
    return f"assay-packages:{packages_context(lock_file(machine)).digest(base_tag(root))}"


def image_tag(candidate: Context | None = None) -> str:
    """The tag of the candidate's image as these sources would make it, whichever root it stands on."""
    below = (
        base_context().digest(SUITE),
        *(packages_context(lock_file(machine)).digest() for machine in sorted(MACHINES.values())),
    )
    return f"assay-candidate:{(candidate or candidate_context()).digest(*below)}"
