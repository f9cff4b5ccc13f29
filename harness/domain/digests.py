"""What names a set of files: content items and submissions are stored and compared under this digest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def files_digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256, in hexadecimal, of files by their path.

    The order in which the files came does not matter. Names and contents go in with their lengths, so that no
    two different sets of files are written alike.
    """
    digest = hashlib.sha256()
    for name, data in sorted((name.encode("utf-8", "surrogateescape"), data) for name, data in files.items()):
        for part in (name, data):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
