"""Where the three readers put what they find: one place that counts, compares names and refuses."""

from __future__ import annotations

from harness.domain.errors import IntakeError
from harness.intake.limits import IntakeLimits, human
from harness.intake.names import check_lengths, inert, left_out, refuse, same, split


class Basket:
    """The kept files of one submission, and what was left out.

    A reader asks ``wants`` for each entry, then calls ``room`` for how much it may read, then ``add``.
    """

    def __init__(self, limits: IntakeLimits) -> None:
        self.limits = limits
        self.files: dict[str, bytes] = {}
        self.left_out: set[str] = set()
        self._entries = 0
        self._bytes = 0
        self._seen: dict[str, tuple[str, bool]] = {}  # by comparable form: the path, and whether it is a folder

    def wants(self, name: str, *, folder: bool = False) -> tuple[str, ...] | None:
        """The parts of the entry's path, or None where it is left out. Raises IntakeError for a bad name."""
        self._entries += 1
        if self._entries > self.limits.entries:
            raise IntakeError(
                f"The submission has more than {self.limits.entries} entries. Hand in the project's own files only."
            )
        parts = split(name)
        if (reason := left_out(parts)) is not None:
            self.left_out.add(reason)
            return None
        if not parts:
            if folder:
                return None  # "./", the top itself
            raise refuse(name, "has no name.")
        check_lengths(parts, self.limits)
        self._note(parts, folder)
        return parts

    @property
    def room(self) -> int:
        """How many bytes the next file may have."""
        return min(self.limits.file_bytes, self.limits.total_bytes - self._bytes)

    def too_big(self, parts: tuple[str, ...]) -> IntakeError:
        """The error for a file that did not fit into ``room``."""
        if self.room < self.limits.file_bytes:
            return IntakeError(
                f"The submission has more than {human(self.limits.total_bytes)} of files (counted up to the entry "
                f"{inert('/'.join(parts))}). Hand in the project's own files only."
            )
        return refuse("/".join(parts), f"is larger than {human(self.limits.file_bytes)}. Leave it out.")

    def add(self, parts: tuple[str, ...], data: bytes) -> None:
        """Keeps a file. Raises IntakeError where it doesn't fit."""
        if len(data) > self.room:
            raise self.too_big(parts)
        if len(self.files) >= self.limits.files:
            raise IntakeError(
                f"The submission has more than {self.limits.files} files. Hand in the project's own files only."
            )
        self._bytes += len(data)
        self.files["/".join(parts)] = data

    def _note(self, parts: tuple[str, ...], folder: bool) -> None:
        """Refuses a path that is there already, or that another file system would take for one that is."""
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            is_folder = folder or depth < len(parts)
            key = same(path)
            if key not in self._seen:
                self._seen[key] = (path, is_folder)
                continue
            known, known_folder = self._seen[key]
            if known != path:
                problem = f"differs from {inert(known)} only by case or Unicode form. Rename one of them."
            elif known_folder != is_folder:
                problem = "is both a file and a folder. Pack the project again."
            elif not is_folder:
                problem = "is there twice. Pack the project again."
            else:
                continue
            raise refuse(path, problem)
