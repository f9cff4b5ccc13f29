"""Reading a .zip by hand: the directory, each entry's own header and its data must tell one and the same
story.

The standard library's reader trusts the directory and reads whatever offset that names; here every entry must
own its bytes, so overlapping entries, a directory that lies and an oversized entry are each refused before
memory is spent.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from harness.domain.errors import IntakeError
from harness.intake.names import inert, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.intake.basket import Basket

END = struct.Struct("<4s4H2IH")
CENTRAL = struct.Struct("<4s6H3I5H2I")
LOCAL = struct.Struct("<4s5H3I2H")
LONGEST_COMMENT = 0xFFFF
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x1 | 0x40 | 0x2000
SIZES_FOLLOW = 0x8  # the local header leaves checksum and sizes open; they stand behind the data
ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the directory."""

    raw: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int  # the Unix mode, 0 where the packer had none
    start: int  # of the local header

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") or stat.S_ISDIR(self.mode)


@dataclass(frozen=True, slots=True)
class Packed:
    """An entry and the bytes that are its own."""

    entry: Entry
    data: memoryview

    @property
    def name(self) -> str:
        return self.entry.name

    def put_into(self, basket: Basket, name: str | None = None) -> None:
        """Unpacks it into ``basket``, under another name if there is one. Raises IntakeError."""
        parts = basket.wants(self.name if name is None else name, folder=self.entry.is_folder)
        if parts is None:
            return
        _check_kind(self.entry)
        if not self.entry.is_folder:
            basket.add(parts, _unpack(self.data, self.entry, parts, basket))


def read_zip(archive: bytes, basket: Basket) -> None:
    """Puts the files of ``archive`` into ``basket``. Raises IntakeError."""
    for one in packed_entries(archive, basket.limits.entries):
        one.put_into(basket)


def packed_entries(archive: bytes, most: int) -> list[Packed]:
    """All entries, none of them unpacked yet; they tell one story, and no two share a byte. Raises IntakeError."""
    entries, directory = _directory(archive, most)
    spans = [(entry.start, *_data_span(archive, entry, directory), entry) for entry in entries]
    _check_overlaps(spans)
    view = memoryview(archive)
    return [Packed(entry, view[begin:end]) for _, begin, end, entry in spans]


def _directory(archive: bytes, most: int) -> tuple[list[Entry], int]:
    """The entries as the directory lists them, and where the directory starts."""
    at = archive.rfind(b"PK\5\6", max(0, len(archive) - END.size - LONGEST_COMMENT))
    if at < 0 or at + END.size > len(archive):
        raise IntakeError("The file is no .zip, or only a part of one. Pack the project again.")
    _, disk, first_disk, here, count, length, start, comment = END.unpack_from(archive, at)
    if at + END.size + comment != len(archive):
        raise IntakeError("The .zip does not end where it says that it ends. Pack the project again.")
    if ZIP64 in (length, start) or count == 0xFFFF:
        raise IntakeError("The .zip has the ZIP64 format, which is meant for huge archives. Pack a .tar.gz instead.")
    if disk or first_disk or here != count or start + length != at:
        raise IntakeError("The directory of the .zip is not where it says it is. Pack the project again.")
    if count > most:
        raise IntakeError(f"The .zip has {count} entries. Hand in the project's own files only.")
    entries = []
    position = start
    for _ in range(count):
        entry, position = _entry(archive, position, at)
        entries.append(entry)
    if position != at:
        raise IntakeError("The .zip holds more entries than it says. Pack the project again.")
    return entries, start


def _entry(archive: bytes, position: int, end: int) -> tuple[Entry, int]:
    if position + CENTRAL.size > end:
        raise IntakeError("The .zip holds fewer entries than it says. Pack the project again.")
    fields = CENTRAL.unpack_from(archive, position)
    signature, _, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, _, _, mode, start = fields
    after = position + CENTRAL.size + name_length + extra + comment
    if signature != b"PK\1\2" or after > end:
        raise IntakeError("The directory of the .zip is damaged. Pack the project again.")
    raw = archive[position + CENTRAL.size :][:name_length]
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp437")  # what the format means by default
    return Entry(raw, name, flags, method, crc, packed, size, mode >> 16, start), after


def _check_kind(entry: Entry) -> None:
    kind = stat.S_IFMT(entry.mode)
    if kind == stat.S_IFLNK:
        raise refuse(entry.name, "is a symbolic link. Put the file itself there.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refuse(entry.name, "is a device, pipe or socket. Leave it out.")
    if entry.flags & ENCRYPTED:
        raise refuse(entry.name, "is encrypted. Pack the project without a password.")
    if entry.method not in (STORED, DEFLATED):
        raise refuse(entry.name, f"is packed by method {entry.method}. Pack it as an ordinary .zip (deflate).")
    if entry.is_folder and entry.size:
        raise refuse(entry.name, "is a folder with contents of its own. Pack the project again.")


def _data_span(archive: bytes, entry: Entry, directory: int) -> tuple[int, int]:
    """Where the entry's packed data begin and end; its local header must agree with the directory."""
    lies = refuse(entry.name, "is described in two ways by the .zip. Pack the project again.")
    if entry.start + LOCAL.size > directory:
        raise lies
    signature, _, flags, method, _, _, crc, packed, size, name_length, extra = LOCAL.unpack_from(archive, entry.start)
    begin = entry.start + LOCAL.size + name_length + extra
    name = archive[entry.start + LOCAL.size :][:name_length]
    told = (crc, packed, size)
    known = (entry.crc, entry.packed, entry.size)
    if (
        signature != b"PK\3\4"
        or (name, method, flags) != (entry.raw, entry.method, entry.flags)
        or (told != known and not (flags & SIZES_FOLLOW and told == (0, 0, 0)))
        or begin + entry.packed > directory
    ):
        raise lies
    return begin, begin + entry.packed


def _check_overlaps(spans: Sequence[tuple[int, int, int, Entry]]) -> None:
    """Before anything is unpacked: a few kilobytes that many entries share would be unpacked for each."""
    ordered = sorted(spans, key=lambda span: span[0])
    for (_, _, end, entry), (start, _, _, other) in pairwise(ordered):
        if start < end:
            raise refuse(other.name, f"shares its bytes with {inert(entry.name)}. Pack the project again.")


def _unpack(data: memoryview, entry: Entry, parts: tuple[str, ...], basket: Basket) -> bytes:
    """The entry's contents: at most one byte more than there is room for is ever made of it."""
    lies = refuse(entry.name, "does not hold what the .zip says. Pack the project again.")
    if entry.method == DEFLATED:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            contents = inflate.decompress(data, basket.room + 1)
        except zlib.error as problem:
            raise lies from problem
        if len(contents) > basket.room:
            raise basket.too_big(parts)
        if not inflate.eof or inflate.unused_data:
            raise lies
    else:
        contents = bytes(data[: basket.room + 1])
        if len(contents) > basket.room:
            raise basket.too_big(parts)
    if len(contents) != entry.size or zlib.crc32(contents) != entry.crc:
        raise lies
    return contents
