"""A class's submissions in one zip, or as several archives: a folder or archive per person, as people pack them or an
LMS exports them.

Each person's files are read on their own, within the limits of one submission. Who hands in what is refused is refused
alone; only a zip that contradicts itself is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from harness.domain.errors import IntakeError
from harness.intake.basket import Basket
from harness.intake.limits import MIB, IntakeLimits, human
from harness.intake.names import LEFT_OUT, inert
from harness.intake.submission import Submission, ending_of, read_archive, submission_of
from harness.intake.zips import Packed, packed_entries

# How an LMS names what lies loose in its export: first whose it is, then the file's own name.
FLAT = (
    re.compile(r"(?P<who>[^\W\d_]+(?:_late)?_\d+)_\d+_(?P<file>.+)", re.DOTALL | re.IGNORECASE),  # Canvas
    re.compile(r"(?P<who>.+_\d+_assignsubmission)_[a-z]+_(?P<file>.+)", re.DOTALL),  # Moodle
)
MOODLE_FOLDER = re.compile(r"(?P<who>.+_\d+_assignsubmission)_[a-z]+_?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """What a class's zip may be at most. ``one`` binds each submission, and how large its own archive may be."""

    submissions: int = 1_000
    archive_bytes: int = 128 * MIB
    total_bytes: int = 512 * MIB  # of what all submissions unpack to
    entries: int = 200_000
    one: IntakeLimits = field(default_factory=lambda: IntakeLimits(archive_bytes=8 * MIB))


@dataclass(frozen=True, slots=True)
class Handed:
    """What lay under one name: a submission, or why it is refused. ``name`` is that of its folder or archive."""

    name: str
    submission: Submission | None
    refused: str = ""


@dataclass(slots=True)
class _Heap:
    """The entries that belong together, each with its path within them."""

    name: str
    entries: list[tuple[str, Packed]] = field(default_factory=list)
    refused: str = ""


def read_class(archive: bytes, known: Callable[[str], bool], limits: ClassLimits | None = None) -> Iterator[Handed]:
    """Every submission of a class's zip, one at a time.

    ``known`` says whether a name is somebody's: a single folder around all of them is not. Raises IntakeError for a
    zip that can't be read as a whole, or holds too much.
    """
    limits = limits or ClassLimits()
    if len(archive) > limits.archive_bytes:
        raise IntakeError(f"The zip is larger than {human(limits.archive_bytes)}. Upload a part at a time.")
    heaps = _heaps(packed_entries(archive, limits.entries), known)
    if not heaps:
        raise IntakeError("The zip holds no submissions: no folders, and no .zip or .tar.gz files.")
    _need_few(len(heaps), limits)
    unpacked = 0
    for heap in heaps:
        one = _read(heap, limits)
        unpacked += sum(map(len, one.submission.files.values())) if one.submission else 0
        if unpacked > limits.total_bytes:
            raise IntakeError(
                f"The submissions are larger than {human(limits.total_bytes)} together. Upload a part of the class at "
                "a time."
            )
        yield one


def read_archives(files: Sequence[tuple[str, bytes]], limits: ClassLimits | None = None) -> Iterator[Handed]:
    """The same of several files, each of them somebody's archive. Raises IntakeError where they are too many."""
    limits = limits or ClassLimits()
    _need_few(len(files), limits)
    for name, data in files:
        try:
            yield Handed(name, _from_archive(name, data, limits))
        except IntakeError as error:
            yield Handed(name, None, str(error))


def _need_few(count: int, limits: ClassLimits) -> None:
    if count > limits.submissions:
        raise IntakeError(
            f"These are {count:,} submissions; {limits.submissions:,} are allowed. Upload a part at a time."
        )


def _heaps(entries: Iterable[Packed], known: Callable[[str], bool]) -> list[_Heap]:
    """The entries by whose they are, in the order of their names."""
    placed = [(_path(one.name), one) for one in entries]
    placed = [(path, one) for path, one in placed if path and not _litter(path[0])]
    tops = {path[0] for path, _ in placed}
    if len(tops) == 1 and _only_around(placed) and not known(next(iter(tops))):
        placed = [(path[1:], one) for path, one in placed if len(path) > 1 and not _litter(path[1])]
    heaps: dict[str, _Heap] = {}
    for path, one in placed:
        name, rest = _belongs(path, is_folder=one.entry.is_folder)
        heap = heaps.setdefault(name, _Heap(name))
        if rest:
            heap.entries.append((rest, one))
        elif not one.entry.is_folder:
            heap.refused = "This is neither a folder nor a .zip or .tar.gz, so it is nobody's submission."
    return sorted(heaps.values(), key=lambda heap: heap.name)


def _path(name: str) -> tuple[str, ...]:
    """The parts of an entry's name as they stand; whether they are fit is asked for each person alone."""
    return tuple(part for part in name.split("/") if part not in ("", "."))


def _litter(top: str) -> bool:
    return top.casefold() in LEFT_OUT or top.startswith("._")


def _only_around(placed: Sequence[tuple[tuple[str, ...], Packed]]) -> bool:
    """Whether the one folder holds nothing but several folders and archives: then it is around a class."""
    inner = {path[1] for path, _ in placed if len(path) > 1 and not _litter(path[1])}
    loose = {path[1] for path, one in placed if len(path) == 2 and not one.entry.is_folder and not _litter(path[1])}
    return len(inner) > 1 and all(ending_of(name) or any(form.fullmatch(name) for form in FLAT) for name in loose)


def _belongs(path: tuple[str, ...], *, is_folder: bool) -> tuple[str, str]:
    """Under which name an entry goes, and its path there; that is empty for what is nobody's."""
    top, rest = path[0], "/".join(path[1:])
    if rest or is_folder:
        found = MOODLE_FOLDER.fullmatch(top)
        return (found["who"] if found else top), rest
    for form in FLAT:
        if flat := form.fullmatch(top):
            return flat["who"], flat["file"]
    return top, top if ending_of(top) else ""


def _read(heap: _Heap, limits: ClassLimits) -> Handed:
    if heap.refused:
        return Handed(heap.name, None, heap.refused)
    try:
        return Handed(heap.name, _submission(heap, limits))
    except IntakeError as error:
        return Handed(heap.name, None, str(error))


def _submission(heap: _Heap, limits: ClassLimits) -> Submission:
    """Files as they lie there, or the one archive among them where there is no Python. Raises IntakeError."""
    files = [(name, one) for name, one in heap.entries if not one.entry.is_folder]
    archives = [(name, one) for name, one in files if ending_of(name)]
    if not archives or any(name.endswith(".py") for name, _ in files):
        basket = Basket(limits.one)
        for name, one in heap.entries:
            one.put_into(basket, name)
        return submission_of(basket, heap.name, unwrap=True)
    if len(archives) > 1:
        names = ", ".join(inert(name) for name, _ in archives[:3])
        raise IntakeError(f"There are {len(archives)} archives: {names}. Leave the one that counts.")
    name, one = archives[0]
    larger = IntakeLimits(file_bytes=limits.one.archive_bytes, total_bytes=limits.one.archive_bytes)
    basket = Basket(larger)
    one.put_into(basket, name)
    if not basket.files:
        raise IntakeError(f"The entry {inert(name)} lies in a folder that is left out.")
    return _from_archive(name, next(iter(basket.files.values())), limits)


def _from_archive(name: str, data: bytes, limits: ClassLimits) -> Submission:
    if not ending_of(name):
        raise IntakeError("This is no .zip or .tar.gz. Pack the project's folder as one of those.")
    if len(data) > limits.one.archive_bytes:
        raise IntakeError(
            f"The archive is larger than {human(limits.one.archive_bytes)}. Hand in the project's own files only."
        )
    return read_archive(name.rpartition("/")[2], data, limits.one)
