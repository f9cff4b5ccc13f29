"""Reading a .tar.gz by hand, as a stream: plain files and folders, long names, nothing else.

The standard library's extraction filters have been passed by more than once (CVE-2025-4517); a reader that
writes no file and knows no link has nothing to filter.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from harness.domain.errors import IntakeError
from harness.intake.limits import human
from harness.intake.names import refuse

if TYPE_CHECKING:
    from harness.intake.basket import Basket

BLOCK = 512
CHUNK = 64 * 1024
PLAIN, FOLDER = (b"0", b"\0"), b"5"
LONG_NAME, LONG_LINK, EXTENDED, EXTENDED_ALL = b"L", b"K", b"x", b"g"
LONGEST_EXTENSION = 64 * 1024  # bytes of a long name or an extended header
KINDS = {
    b"1": "is a hard link. Put the file itself there.",
    b"2": "is a symbolic link. Put the file itself there.",
    b"3": "is a device. Leave it out.",
    b"4": "is a device. Leave it out.",
    b"6": "is a pipe. Leave it out.",
    b"S": "is a sparse file. Pack the project again without `--sparse`.",
}
DAMAGED = "The .tar.gz is damaged, or is none. Pack the project again."
OCTAL = re.compile(rb"[ \0]*([0-7]*)[ \0]*")
RECORD = re.compile(rb"([1-9][0-9]{0,5}) ")


def read_tar(archive: bytes, basket: Basket) -> None:
    """Puts the files of ``archive`` into ``basket``. Raises IntakeError."""
    stream = Gunzip(archive, basket.limits.stream_bytes)
    longer: str | None = None  # the name that an extension gives to the entry after it
    while (header := stream.take(BLOCK)) != bytes(BLOCK):
        _check_sum(header)
        kind, size = header[156:157], _number(header[124:136])
        if kind in (LONG_NAME, LONG_LINK, EXTENDED, EXTENDED_ALL):
            extension = _extension(stream, size)
            if kind == LONG_NAME:
                longer = _decoded(extension.rstrip(b"\0"))
            elif kind in (EXTENDED, EXTENDED_ALL):
                longer = _extended_name(extension, kind) or longer
            continue
        name, longer = longer or _name(header), None
        _entry(stream, name, kind, size, basket)
    stream.finish()


def _entry(stream: Gunzip, name: str, kind: bytes, size: int, basket: Basket) -> None:
    is_folder = kind == FOLDER or name.endswith("/")
    parts = basket.wants(name, folder=is_folder)
    if parts is None:
        stream.skip(_padded(size))
        return
    if kind != FOLDER and kind not in PLAIN:
        raise refuse(name, KINDS.get(kind, f"is of a kind that is not known ({kind!r}). Leave it out."))
    if is_folder:
        if size:
            raise refuse(name, "is a folder with contents of its own. Pack the project again.")
    elif size > basket.room:
        raise basket.too_big(parts)
    else:
        basket.add(parts, stream.take(_padded(size))[:size])


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _check_sum(header: bytes) -> None:
    blank = header[:148] + b" " * 8 + header[156:]
    if _number(header[148:156]) != sum(blank):
        raise IntakeError(DAMAGED)


def _number(field: bytes) -> int:
    found = OCTAL.fullmatch(field)
    if not found:  # also the binary form, which only sizes of more than 8 GiB need
        raise IntakeError(DAMAGED)
    return int(found[1] or b"0", 8)


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 are refused with the other characters


def _name(header: bytes) -> str:
    name = header[:100].split(b"\0")[0]
    prefix = header[345:500].split(b"\0")[0]
    if prefix and header[257:263] == b"ustar\0":  # other formats keep other things there
        name = prefix + b"/" + name
    return _decoded(name)


def _extension(stream: Gunzip, size: int) -> bytes:
    if size > LONGEST_EXTENSION:
        raise IntakeError("The .tar.gz has a name or header that is far too long. Pack the project again.")
    return stream.take(_padded(size))[:size]


def _extended_name(records: bytes, kind: bytes) -> str | None:
    """The path that a PAX header gives to the next entry. Raises IntakeError for what would change its contents."""
    path = None
    while records:
        found = RECORD.match(records)
        length = int(found[1]) if found else 0
        key, equals, value = records[found.end() : length].partition(b"=") if found else (b"", b"", b"")
        if not equals or not value.endswith(b"\n") or length > len(records):
            raise IntakeError(DAMAGED)
        records = records[length:]
        if key == b"path":
            path = _decoded(value[:-1])
        if key == b"size" or key.startswith(b"GNU.sparse") or (kind == EXTENDED_ALL and key == b"path"):
            raise IntakeError(f"The .tar.gz has the header {key.decode('ascii', 'replace')!r}, which is not taken.")
    return path


class Gunzip:
    """The unpacked bytes of a gzip file, no more of them at a time than asked for."""

    def __init__(self, archive: bytes, limit: int) -> None:
        self._archive = archive
        self._limit = limit
        self._at = 0  # how much of the archive was given to zlib
        self._given = 0
        self._packed = b""  # what zlib has not taken yet
        self._ready = bytearray()
        self._inflate = _inflate()

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes. Raises IntakeError where there are fewer, or past the limit."""
        self._given += count
        if self._given > self._limit:
            raise IntakeError(
                f"The .tar.gz unpacks to more than {human(self._limit)}. Hand in the project's own files only."
            )
        while len(self._ready) < count:
            self._more()
        taken = bytes(self._ready[:count])
        del self._ready[:count]
        return taken

    def skip(self, count: int) -> None:
        """Passes over ``count`` bytes. Raises as ``take`` does."""
        while count > 0:
            count -= len(self.take(min(count, CHUNK)))

    def finish(self) -> None:
        """Passes over what is left, so that a cut or damaged end is noticed. Raises as ``take`` does."""
        while not self._inflate.eof or self._inflate.unused_data or self._at < len(self._archive):
            self.skip(len(self._ready))
            self._more()
        self.skip(len(self._ready))

    def _more(self) -> None:
        if self._inflate.eof:  # a gzip file may be several, one behind the other
            self._packed, self._inflate = self._inflate.unused_data, _inflate()
        if not self._packed:
            self._packed = self._archive[self._at : self._at + CHUNK]
            self._at += CHUNK
        if not self._packed:
            raise IntakeError("The .tar.gz ends too early. Pack or upload it again.")
        try:
            self._ready += self._inflate.decompress(self._packed, CHUNK)
        except zlib.error as problem:
            raise IntakeError(DAMAGED) from problem
        self._packed = self._inflate.unconsumed_tail


def _inflate() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)
