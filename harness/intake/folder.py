"""Reading a folder: no link is followed, nothing but plain files is opened."""

from __future__ import annotations

import os
import stat
from itertools import islice
from typing import TYPE_CHECKING

from harness.domain.errors import IntakeError
from harness.intake.names import refuse

if TYPE_CHECKING:
    from pathlib import Path

    from harness.intake.basket import Basket

# NONBLOCK, because to open a pipe that nobody writes to would wait for ever; CLOEXEC is Python's default.
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY


def read_folder(path: Path, basket: Basket) -> None:
    """Puts the files below ``path`` into ``basket``. Raises IntakeError."""
    try:
        top = os.open(path, os.O_RDONLY | os.O_DIRECTORY)  # the person named it: here a link is followed
    except OSError as problem:
        raise IntakeError(f"The folder {path} can't be read: {problem.strerror}.") from problem
    try:
        _read(top, "", basket)
    finally:
        os.close(top)


def _read(folder: int, prefix: str, basket: Basket) -> None:
    """Everything is opened relative to its open folder, so a folder swapped for a link meanwhile gains nothing."""
    with os.scandir(folder) as found:
        entries = sorted(islice(found, basket.limits.entries + 1), key=lambda entry: entry.name)
    for entry in entries:
        name = prefix + entry.name
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            parts = basket.wants(name, folder=is_folder)
            if parts is None:
                continue
            opened = os.open(entry.name, FOLDER if is_folder else _openable(entry, name), dir_fd=folder)
            try:
                if is_folder:
                    _read(opened, f"{name}/", basket)
                else:
                    basket.add(parts, _contents(opened, parts, basket))
            finally:
                os.close(opened)
        except OSError as problem:
            raise refuse(name, f"can't be read: {problem.strerror}.") from problem


def _openable(entry: os.DirEntry[str], name: str) -> int:
    if entry.is_symlink():
        raise refuse(name, "is a symbolic link. Put the file itself there.")
    if not entry.is_file(follow_symlinks=False):
        raise refuse(name, "is a device, pipe or socket. Leave it out.")
    return FILE


def _contents(opened: int, parts: tuple[str, ...], basket: Basket) -> bytes:
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        raise refuse("/".join(parts), "is no plain file. Leave it out.")
    with os.fdopen(os.dup(opened), "rb") as file:
        data = file.read(basket.room + 1)
    if len(data) > basket.room:
        raise basket.too_big(parts)
    return data
