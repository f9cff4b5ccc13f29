"""Every limit of intake, in one place."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """What a submission may be at most. Sizes are in bytes; names are measured as UTF-8.

    The first six bind what is kept. The last three bound the work of finding that out, so they also count
    what is left out, such as a virtual environment that was packed by mistake.
    """

    files: int = 400
    total_bytes: int = 4 * MIB
    file_bytes: int = 1 * MIB
    depth: int = 12
    name_bytes: int = 100
    path_bytes: int = 240
    archive_bytes: int = 64 * MIB  # the archive as it lies on the disk
    stream_bytes: int = 64 * MIB  # what a .tar.gz unpacks to
    entries: int = 20_000


def human(size: int) -> str:
    """``size`` bytes as people write it: ``"4 MiB"``, ``"900 bytes"``."""
    for unit, name in ((MIB, "MiB"), (KIB, "KiB")):
        if size >= unit:
            return f"{size / unit:.4g} {name}"
    return f"{size} bytes"
