"""Whatever bytes arrive, intake gives a submission within its limits or an IntakeError, and nothing else."""

from __future__ import annotations

import gzip
import struct
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.domain.errors import IntakeError
from harness.intake import IntakeLimits, read_submission
from tests.unit.intake.archives import PROJECT, put, tar_member, tgz_bytes, zip_bytes, zip_link

LIMITS = IntakeLimits(files=10, total_bytes=4000, file_bytes=2000, stream_bytes=100_000, archive_bytes=100_000)
ZIP = zip_bytes([*PROJECT.items(), (".git/HEAD", b"ref"), zip_link("alias", "app.py")])
TAR = gzip.decompress(tgz_bytes([*PROJECT.items(), (tar_member("alias", b"2", "app.py"), b""), ("ü" * 120, b"x")]))


def take(name: str, data: bytes) -> None:
    """Reads ``data`` as a file of that name and holds the result against the limits."""
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder) / name, data)
        try:
            submission = read_submission(path, LIMITS)
        except IntakeError as refused:
            message = str(refused)
            assert message.isprintable()
            assert len(message) < 400 + len(folder)
            return
    sizes = [len(contents) for contents in submission.files.values()]
    assert len(sizes) <= LIMITS.files
    assert sum(sizes) <= LIMITS.total_bytes
    assert max(sizes) <= LIMITS.file_bytes
    for path_ in submission.files:
        assert path_.isprintable()
        assert not path_.startswith("/")
        assert not {"", ".", "..", ".git"} & set(path_.split("/"))


edits = st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4)


def edited(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    out = bytearray(data)
    for at, new in changes:
        start = at % len(data)
        out[start : start + len(new)] = new
    return bytes(out)


@given(st.sampled_from(["a.zip", "a.tgz"]), st.binary(max_size=2000))
def test_random_bytes(name: str, data: bytes) -> None:
    take(name, data)


@settings(max_examples=400)
@given(edits)
def test_a_zip_with_some_bytes_changed(changes: list[tuple[int, bytes]]) -> None:
    take("a.zip", edited(ZIP, changes))


@settings(max_examples=400)
@given(edits, st.booleans())
def test_a_tar_with_some_bytes_changed(changes: list[tuple[int, bytes]], mend: bool) -> None:
    """With its checksums mended, so that the change is reached at all."""
    data = bytearray(edited(TAR, changes))
    for at in range(0, len(data) - 511, 512) if mend else ():
        if data[at + 257 : at + 262] == b"ustar":
            data[at + 148 : at + 156] = b" " * 8
            data[at + 148 : at + 156] = b"%06o\0 " % sum(data[at : at + 512])
    take("a.tgz", gzip.compress(bytes(data), mtime=0))


@given(edits)
def test_a_gzip_with_some_bytes_changed(changes: list[tuple[int, bytes]]) -> None:
    take("a.tgz", edited(tgz_bytes(), changes))


@given(st.binary(max_size=1500))
def test_random_bytes_as_a_tar(data: bytes) -> None:
    take("a.tgz", gzip.compress(data, mtime=0))


@given(st.lists(st.binary(max_size=60), max_size=4), st.integers(0, 70_000), st.integers(0, 2**32 - 1))
def test_a_zip_directory_of_random_lines(lines: list[bytes], count: int, start: int) -> None:
    directory = b"".join(b"PK\1\2" + line for line in lines)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), start, 0)
    take("a.zip", directory + end)


@given(st.text(min_size=1, max_size=40), st.binary(max_size=50))
def test_any_name_in_a_zip(name: str, data: bytes) -> None:
    try:
        packed = zip_bytes([(name, data), ("app.py", b"")])
    except (ValueError, IndexError):  # what the packer itself refuses
        return
    take("a.zip", packed)
