"""The way in: ``read_submission``."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from harness.domain.digests import files_digest
from harness.domain.errors import IntakeError
from harness.intake.basket import Basket
from harness.intake.folder import read_folder
from harness.intake.limits import IntakeLimits, human
from harness.intake.names import inert
from harness.intake.tars import read_tar
from harness.intake.zips import read_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TYPES = {".zip": read_zip, ".tar.gz": read_tar, ".tgz": read_tar}
ENDINGS = tuple(TYPES)
BINARY = (".pyc", ".pyo", ".so", ".pyd")


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in, in memory.

    ``files`` are by their path with ``/``; ``digest`` is theirs, whatever they were packed in; ``name`` is
    that of the folder or archive, without its ending and printable; ``notes`` say what was left out or
    unwrapped.
    """

    files: Mapping[str, bytes] = field(repr=False)
    digest: str
    name: str
    notes: tuple[str, ...] = ()


def read_submission(path: Path, limits: IntakeLimits | None = None) -> Submission:
    """The submission at ``path``: a folder, a .zip, a .tar.gz or a .tgz.

    Raises IntakeError, whose message names the entry at fault and says what to do.
    """
    limits = limits or IntakeLimits()
    try:
        name = path.name if path.name not in ("", "..") else path.resolve().name
        if not path.is_dir():
            _need_ending(path)
            return read_archive(name, _archive(path, limits), limits)
        basket = Basket(limits)
        read_folder(path, basket)
    except OSError as problem:
        raise IntakeError(f"{inert(str(path))} can't be read: {problem.strerror}.") from problem
    return submission_of(basket, name)


def read_archive(name: str, data: bytes, limits: IntakeLimits | None = None) -> Submission:
    """The same of an archive that is in memory already; ``name`` has its ending. Raises IntakeError."""
    basket = Basket(limits or IntakeLimits())
    ending = ending_of(name)
    TYPES[ending](data, basket)
    return submission_of(basket, name[: -len(ending)], unwrap=True)


def submission_of(basket: Basket, name: str, *, unwrap: bool = False) -> Submission:
    """What is in the basket, as it is handed in. Raises IntakeError where there is nothing to run."""
    files, wrapper = _unwrap(basket.files) if unwrap else (basket.files, "")
    notes = [f"the folder {inert(wrapper)} was taken as the project's top"] if wrapper else []
    notes += [f"{left_out} left out" for left_out in sorted(basket.left_out)]
    check_source(files)
    printable = "".join(character if character.isprintable() else "?" for character in name)
    return Submission(dict(sorted(files.items())), files_digest(files), printable or "submission", tuple(notes))


def read_files(files: Iterable[tuple[str, bytes]], limits: IntakeLimits | None = None) -> Submission:
    """The submission of files that came one by one, each with its path; they need not hold Python source.

    Raises IntakeError as ``read_submission`` does.
    """
    basket = Basket(limits or IntakeLimits())
    for name, data in files:
        if (parts := basket.wants(name)) is not None:
            basket.add(parts, data)
    notes = tuple(f"{left_out} left out" for left_out in sorted(basket.left_out))
    return Submission(dict(sorted(basket.files.items())), files_digest(basket.files), "submission", notes)


def ending_of(name: str) -> str:
    """The ending by which a file's name says that it is an archive; empty for all others."""
    return next((ending for ending in TYPES if name.lower().endswith(ending)), "")


def _need_ending(path: Path) -> None:
    if ending_of(path.name):
        return
    shown = inert(str(path))
    if not path.exists():
        raise IntakeError(f"There is no {shown}. Name a folder, a .zip or a .tar.gz.")
    raise IntakeError(f"{shown} is neither a folder nor a .zip or .tar.gz. Pack the project's folder as one of those.")


def _archive(path: Path, limits: IntakeLimits) -> bytes:
    if not path.exists():
        raise IntakeError(f"There is no {inert(str(path))}. Name a folder, a .zip or a .tar.gz.")
    if not stat.S_ISREG(path.stat().st_mode):
        raise IntakeError(f"{inert(str(path))} is no plain file. Name a folder, a .zip or a .tar.gz.")
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limits.archive_bytes:
            raise IntakeError(
                f"The archive is larger than {human(limits.archive_bytes)}. Hand in the project's own files only."
            )
        return file.read(size)


def _unwrap(files: dict[str, bytes]) -> tuple[dict[str, bytes], str]:
    """The files without the single folder that they are all in, as hosting sites pack them, and its name.

    A folder that is a package, or the tests, is part of the project and stays.
    """
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1:
        return files, ""
    top = tops.pop()
    if top in files or top == "tests" or f"{top}/__init__.py" in files:
        return files, ""
    return {name.removeprefix(f"{top}/"): data for name, data in files.items()}, top


def check_source(files: Mapping[str, bytes]) -> None:
    """Raises IntakeError where there is nothing to run."""
    if not files:
        raise IntakeError("The submission holds no files. Hand in the project's folder with its Python files.")
    if any(name.endswith(".py") for name in files):
        return
    compiled = sorted(name for name in files if name.endswith(BINARY))
    if compiled:
        raise IntakeError(
            f"The entry {inert(compiled[0])} is compiled, and there is no Python source. Hand in the .py files."
        )
    raise IntakeError("The submission holds no Python source. Hand in the project's folder with its .py files.")
