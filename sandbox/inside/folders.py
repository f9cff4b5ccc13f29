"""The folders a submission can write to, wiped and written anew between programs."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping

SCRATCH = ("/tmp", "/dev/shm", "/dev/mqueue")  # noqa: S108 - the container's own


def wipe(folder: str) -> None:
    """Removes everything in ``folder``. Raises OSError when something can't be removed."""
    with os.scandir(folder) as entries:
        names = [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for path, is_folder in names:
        if is_folder:
            remove_tree(path)
        else:
            os.unlink(path)


def remove_tree(path: str) -> None:
    """Removes a folder, also where its owner took the permissions away or nested it beyond recursion."""
    try:
        shutil.rmtree(path)
        return
    except (OSError, RecursionError):
        pass
    levels = [path]
    while levels:  # by hand: open up, descend, remove on the way back
        here = levels[-1]
        os.chmod(here, stat.S_IRWXU)
        below = None
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below = entry.name
                    break
                os.unlink(entry.path)
        if below is None:
            os.rmdir(here)
            levels.pop()
        else:  # shorten: move it up beside its parent, so that paths stay short
            target = os.path.join(path + f".{len(levels)}")
            os.rename(os.path.join(here, below), target)
            levels.append(target)


def write(folder: str, files: Mapping[str, bytes]) -> None:
    """Writes ``files`` (paths relative, checked by whoever sent them) below ``folder``."""
    made = {folder}
    for path, content in files.items():
        target = os.path.join(folder, path)
        parent = os.path.dirname(target)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
        finally:
            os.close(handle)


def unmark(folder: str) -> None:
    """Takes back what a program can write on a folder of its own itself: mode, extended attributes and times."""
    if os.stat(folder).st_uid != os.getuid():
        return  # only its owner can do any of that
    os.chmod(folder, stat.S_IRWXU)
    for name in os.listxattr(folder):
        if not name.startswith(("security.", "trusted.")):  # those are the machine's
            os.removexattr(folder, name)
    os.utime(folder)


def restore(work: str, files: Mapping[str, bytes]) -> None:
    """Makes ``work`` hold ``files`` and nothing else, and empties the scratch folders."""
    for folder in (work, *SCRATCH):
        if os.path.isdir(folder):
            unmark(folder)
        if os.access(folder, os.W_OK):
            wipe(folder)
    write(work, files)


def _open(work: str, path: str, flags: int) -> int:
    """A descriptor of a regular file that a program can write. No link is followed on the way. Raises OSError."""
    *parents, name = path.split("/")[1:]
    if ".." in parents or not path.startswith((f"{work}/", "/tmp/")):  # noqa: S108 - the container's own
        raise OSError(f"{path} is in no folder of the program's")
    here = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parents:
            seen = os.stat(part, dir_fd=here, follow_symlinks=False)
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
            if not os.path.samestat(seen, os.fstat(here)):  # gVisor's O_NOFOLLOW does not hold for folders
                raise OSError(f"{path} leads through a link")
        handle = os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644, dir_fd=here)
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is no regular file")
    return handle


def read_file(work: str, path: str, most: int) -> bytes:
    """What stands in a file that a program made. Raises OSError, also for one that is larger than ``most``."""
    with open(_open(work, path, os.O_RDONLY), "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(f"{path} is larger than {most} bytes")
    return content


def write_file(work: str, path: str, content: bytes) -> None:
    """Puts a file where programs will find it. Raises OSError."""
    with open(_open(work, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
        file.write(content)
