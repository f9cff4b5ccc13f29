"""Reading a content folder into memory, as it goes into kits and digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

LITTER = frozenset({"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".DS_Store"})


def read_tree(folder: Path) -> dict[str, bytes]:
    """The files below ``folder`` by their path with ``/``; empty where the folder isn't there.

    What Python and editors leave behind is not content and is passed over. Raises ContentError for a link or
    a special file: a link in a public folder could carry what is hidden into a kit.
    """
    files: dict[str, bytes] = {}
    if folder.is_symlink():
        raise ContentError(f"{folder} is a symbolic link: content consists of plain files")
    if not folder.is_dir():
        return files
    for path in sorted(folder.iterdir()):
        if path.name in LITTER or path.suffix == ".pyc":
            continue
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise ContentError(f"{path} is a link or a special file: content consists of plain files")
        if path.is_dir():
            files.update({f"{path.name}/{name}": data for name, data in read_tree(path).items()})
        else:
            files[path.name] = path.read_bytes()
    return files
