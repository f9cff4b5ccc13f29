"""Uploads, numbers 80 to 92 of the catalogue: what is refused, with which words, and what a naive reader
would do.

Each case makes its archive here and shows beside the refusal that a reader which trusts archives is fooled by
it, all within the test's own folder; where that can't be shown safely, or not by Python's own modules, its
docstring says so.
"""

from __future__ import annotations

import gzip
import importlib.machinery
import importlib.util
import io
import os
import py_compile
import runpy
import struct
import tarfile
import tracemalloc
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from harness.domain.errors import IntakeError
from harness.intake import IntakeLimits, read_submission
from tests.unit.intake.archives import make_folder, put, tar_member, tgz_bytes, zip_bytes, zip_link

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.intake import Submission

MIB = 1024 * 1024
APP = ("app.py", b"app = 1\n")


def submit(tmp_path: Path, name: str, data: bytes, limits: IntakeLimits | None = None) -> Submission:
    return read_submission(put(tmp_path / name, data), limits)


def refused(tmp_path: Path, name: str, data: bytes, limits: IntakeLimits | None = None) -> str:
    """The message of the refusal; it is one line of visible characters, and nothing was written."""
    before = sorted(path for path in tmp_path.rglob("*") if path.name != name)
    with pytest.raises(IntakeError) as error:
        submit(tmp_path, name, data, limits)
    message = str(error.value)
    assert message.isprintable()
    assert len(message) < 400
    assert sorted(path for path in tmp_path.rglob("*") if path.name != name) == before
    return message


def naive_unzip(data: bytes, folder: Path) -> None:
    """What many a grader does: each entry to the path that it names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            path = os.path.join(folder, info.filename)  # noqa: PTH118, the very thing that goes wrong
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(archive.read(info))


def naive_untar(data: bytes, folder: Path) -> None:
    """``tarfile`` as it extracted for thirty years."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="fully_trusted")


def patched(data: bytes, changes: Mapping[int, bytes]) -> bytes:
    out = bytearray(data)
    for at, new in changes.items():
        out[at : at + len(new)] = new
    return bytes(out)


class Test80ZipSlip:
    def test_parent_paths(self, tmp_path: Path) -> None:
        packed = zip_bytes([APP, ("../slipped", b"x")])
        naive_unzip(packed, tmp_path / "zip")
        assert (tmp_path / "slipped").is_file()
        (tmp_path / "tar").mkdir()
        naive_untar(tgz_bytes([("../slipped-too", b"x")]), tmp_path / "tar")
        assert (tmp_path / "slipped-too").is_file()
        assert "'../slipped' leads out of the project" in refused(tmp_path, "a.zip", packed)
        for name in ("../slipped", "shop/../../slipped", ".git/../../slipped", ".."):
            assert "leads out of the project" in refused(tmp_path, "a.tgz", tgz_bytes([APP, (name, b"x")]))

    def test_absolute_paths(self, tmp_path: Path) -> None:
        target = str(tmp_path / "absolute")
        naive_unzip(zip_bytes([(target, b"x")]), tmp_path / "zip")
        assert (tmp_path / "absolute").is_file()
        assert "is an absolute path" in refused(tmp_path, "a.zip", zip_bytes([APP, (target, b"x")]))
        member = tar_member("x")
        member.name = target
        assert "is an absolute path" in refused(tmp_path, "a.tgz", tgz_bytes([APP, (member, b"x")]))

    @pytest.mark.parametrize("name", ["C:\\evil.py", "C:evil.py", "shop\\..\\..\\evil.py", "\\\\host\\share\\evil.py"])
    def test_paths_of_windows(self, tmp_path: Path, name: str) -> None:
        """Only Windows takes these for paths, so no control can be shown here."""
        info = zipfile.ZipInfo("x")
        info.filename = name
        assert name.encode("unicode_escape").decode()[:2] in refused(tmp_path, "a.zip", zip_bytes([APP, (info, b"x")]))
        assert refused(tmp_path, "a.tgz", tgz_bytes([APP, (name, b"x")]))


class Test81Links:
    def test_a_symbolic_link_that_shows_a_file_of_the_host(self, tmp_path: Path) -> None:
        """``zipfile`` makes no links; the command ``unzip`` does, so the control is the tarball's."""
        put(tmp_path / "secret", b"of the host")
        packed = tgz_bytes([APP, (tar_member("shown.txt", tarfile.SYMTYPE, str(tmp_path / "secret")), b"")])
        naive_untar(packed, tmp_path / "tar")
        assert (tmp_path / "tar/shown.txt").read_bytes() == b"of the host"
        assert "'shown.txt' is a symbolic link" in refused(tmp_path, "a.tgz", packed)
        packed = zip_bytes([APP, zip_link("shown.txt", str(tmp_path / "secret"))])
        assert "'shown.txt' is a symbolic link" in refused(tmp_path, "a.zip", packed)

    def test_a_hard_link_that_writes_into_a_file_of_the_host(self, tmp_path: Path) -> None:
        put(tmp_path / "theirs", b"untouched")
        (tmp_path / "tar").mkdir()
        packed = tgz_bytes([APP, (tar_member("in", tarfile.LNKTYPE, "../theirs"), b""), ("in", b"overwritten")])
        naive_untar(packed, tmp_path / "tar")
        assert (tmp_path / "theirs").read_bytes() == b"overwritten"
        assert "'in' is a hard link" in refused(tmp_path, "a.tgz", packed)

    def test_devices_and_pipes(self, tmp_path: Path) -> None:
        """To make a device takes root, so the control makes a pipe: whoever reads it would wait for ever."""
        naive_untar(tgz_bytes([(tar_member("pipe", tarfile.FIFOTYPE), b"")]), tmp_path / "tar")
        assert (tmp_path / "tar/pipe").is_fifo()
        for kind, word in ((tarfile.FIFOTYPE, "pipe"), (tarfile.CHRTYPE, "device"), (tarfile.BLKTYPE, "device")):
            assert f"'special' is a {word}" in refused(
                tmp_path, "a.tgz", tgz_bytes([APP, (tar_member("special", kind), b"")])
            )
        info = zipfile.ZipInfo("special")
        info.external_attr = 0o020666 << 16  # a character device
        assert "is a device" in refused(tmp_path, "a.zip", zip_bytes([APP, (info, b"")]))

    def test_links_in_a_folder(self, tmp_path: Path) -> None:
        folder = make_folder(tmp_path / "project", dict([APP]))
        put(tmp_path / "secret", b"of the host")
        (folder / "shown.txt").symlink_to(tmp_path / "secret")
        assert (folder / "shown.txt").read_bytes() == b"of the host"
        with pytest.raises(IntakeError, match=r"'shown\.txt' is a symbolic link"):
            read_submission(folder)


def test_82_a_chain_of_links_that_passed_tarfile_s_own_filter(tmp_path: Path) -> None:
    """CVE-2025-4517: links whose resolved path is longer than the system resolves, so that the check gives
    up.

    Whether ``filter="data"`` lets it pass depends on the interpreter's patch level, so the control is without
    filter.
    """
    deep = "d" * 247
    steps = "abcdefghijklmnop"
    entries: list[tuple[tarfile.TarInfo | str, bytes]] = [APP]
    path = ""
    for step in steps:
        entries.append((tar_member(f"{path}{deep}", tarfile.DIRTYPE), b""))
        entries.append((tar_member(f"{path}{step}", tarfile.SYMTYPE, deep), b""))
        path += f"{deep}/"
    long = "/".join(steps) + "/" + "l" * 254
    entries.append((tar_member(long, tarfile.SYMTYPE, "../" * len(steps)), b""))
    entries.append((tar_member("escape", tarfile.SYMTYPE, f"{long}/../outside"), b""))
    entries.append(("escape/written", b"x"))
    packed = tgz_bytes(entries)
    (tmp_path / "outside").mkdir()
    naive_untar(packed, tmp_path / "tar")
    assert (tmp_path / "outside/written").is_file()
    assert "has a name of more than 100 bytes" in refused(tmp_path, "a.tgz", packed)
    wide = IntakeLimits(name_bytes=255, path_bytes=10_000, depth=50)
    assert "'a' is a symbolic link" in refused(tmp_path, "a.tgz", packed, wide)


class Test83Bombs:
    @pytest.mark.parametrize("name", ["bomb.zip", "bomb.tgz", "skipped.tgz"])
    def test_a_small_archive_of_a_large_file(self, tmp_path: Path, name: str) -> None:
        size = 80 * MIB
        if name == "bomb.zip":
            packed = zip_bytes([APP, ("zeros.py", bytes(size))])
            assert len(zipfile.ZipFile(io.BytesIO(packed)).read("zeros.py")) == size
        else:
            inside = "zeros.py" if name == "bomb.tgz" else ".venv/zeros"  # left out, but unpacked all the same
            packed = tgz_bytes([APP, (inside, bytes(size))])
            assert len(gzip.decompress(packed)) > size
        assert len(packed) < size / 500
        put(tmp_path / name, packed)
        tracemalloc.start()
        message = refused(tmp_path, name, packed)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "is larger than 1 MiB" in message or "unpacks to more than 64 MiB" in message
        assert peak < 8 * MIB

    def test_a_size_that_lies_is_judged_by_what_is_written(self, tmp_path: Path) -> None:
        """The directory says ten bytes; a reader that adds up what it is told lets it in."""
        honest = zip_bytes([("zeros.py", bytes(20 * MIB))])
        central, said = honest.rfind(b"PK\1\2"), struct.pack("<I", 10)
        packed = patched(honest, {22: said, central + 24: said})
        assert sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(packed)).infolist()) == 10
        assert "'zeros.py' is larger than 1 MiB" in refused(tmp_path, "a.zip", packed)

    def test_many_files_that_are_small_enough_each(self, tmp_path: Path) -> None:
        packed = zip_bytes([(f"{number}.py", bytes(MIB)) for number in range(50)])
        assert len(packed) < 100_000
        assert sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(packed)).infolist()) == 50 * MIB
        assert "more than 4 MiB of files (counted up to the entry '4.py')" in refused(tmp_path, "a.zip", packed)


def overlapping(names: list[str], kernel: bytes) -> bytes:
    """Fifield's bomb: each entry's data begin with the next one's header, quoted, and go on with its data."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(kernel) + packer.flush()
    contents, body = kernel, b""
    lines: list[bytes] = []
    offsets: list[int] = []  # from the end of the body
    for name in reversed(names):
        if body:
            quoted = body[: len(body) - len(data)]
            header_length = len(quoted)
            data = struct.pack("<BHH", 0, header_length, 0xFFFF ^ header_length) + quoted + data
            contents = quoted + contents
        fields = (20, 0, 8, 0, 33, zlib.crc32(contents), len(data), len(contents), len(name), 0)
        header = struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + name.encode()
        body = header + data
        offsets.append(len(body))
        lines.append(struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0)[:46] + name.encode())
    directory = b"".join(
        patched(line, {42: struct.pack("<I", len(body) - offset)}) for line, offset in zip(lines, offsets, strict=True)
    )
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(lines), len(lines), len(directory), len(body), 0)
    return body + directory + end


def test_84_entries_that_share_their_bytes(tmp_path: Path) -> None:
    """Python's zipfile refuses this since 3.11.8, so the control reads as a plain reader does: offset by offset."""
    packed = overlapping([f"{number:02}.py" for number in range(50)], bytes(100_000))
    assert len(packed) < 10_000
    total = 0
    for info in zipfile.ZipFile(io.BytesIO(packed)).infolist():
        begin = info.header_offset + 30 + len(info.filename)
        contents = zlib.decompress(packed[begin : begin + info.compress_size], -15)
        assert (len(contents), zlib.crc32(contents)) == (info.file_size, info.CRC)
        total += len(contents)
    assert total > 5_000_000
    assert "shares its bytes with '00.py'" in refused(tmp_path, "a.zip", packed)


def test_85_a_nested_archive_stays_a_file(tmp_path: Path) -> None:
    """A reader that opens what it finds gets the bomb that a size limit on the outer archive never saw."""
    inner = zip_bytes([("deep.py", bytes(30 * MIB))])
    outer = zip_bytes([APP, ("inner.zip", inner)])
    found = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(outer)).read("inner.zip")))
    assert len(found.read("deep.py")) == 30 * MIB
    submission = submit(tmp_path, "a.zip", outer)
    assert submission.files == {"app.py": APP[1], "inner.zip": inner}


class Test86Counts:
    def test_many_files(self, tmp_path: Path) -> None:
        entries = [(f"f{number}.py", b"") for number in range(500)]
        naive_unzip(zip_bytes(entries), tmp_path / "zip")
        assert len(list((tmp_path / "zip").iterdir())) == 500
        for name, packed in (("a.zip", zip_bytes(entries)), ("a.tgz", tgz_bytes(entries))):
            assert "more than 400 files" in refused(tmp_path, name, packed)

    def test_many_entries_that_are_left_out_anyway(self, tmp_path: Path) -> None:
        """They cost time all the same. A zip says how many it has; a tarball is counted as it is read."""
        entries, limits = [(f".venv/{number}", b"") for number in range(1001)], IntakeLimits(entries=1000)
        assert "has 1001 entries" in refused(tmp_path, "a.zip", zip_bytes(entries), limits)
        assert "more than 1000 entries" in refused(tmp_path, "a.tgz", tgz_bytes(entries), limits)

    def test_folders_without_files_count_too(self, tmp_path: Path) -> None:
        limits = IntakeLimits(entries=50)
        for number in range(60):
            (tmp_path / f"project/d{number}").mkdir(parents=True)
        with pytest.raises(IntakeError, match="more than 50 entries"):
            read_submission(tmp_path / "project", limits)

    def test_paths_thousands_of_levels_deep(self, tmp_path: Path) -> None:
        """The control goes 40 deep: with 4,000 the system itself refuses, and removing the folder is a chore."""
        naive_unzip(zip_bytes([("d/" * 40 + "x.py", b"")]), tmp_path / "zip")
        assert (tmp_path / "zip" / ("d/" * 40) / "x.py").is_file()
        for name in ("d/" * 40 + "x.py", "d/" * 4000 + "x.py"):
            for file, packed in (("a.zip", zip_bytes([(name, b"")])), ("a.tgz", tgz_bytes([(name, b"")]))):
                assert "levels deep; 12 are allowed" in refused(tmp_path, file, packed)

    def test_a_folder_thousands_of_levels_deep(self, tmp_path: Path) -> None:
        """Read by descriptors, so neither a path too long for the system nor recursion gets in the way."""
        (tmp_path / "project" / ("d/" * 40)).mkdir(parents=True)
        with pytest.raises(IntakeError, match="levels deep; 12 are allowed"):
            read_submission(tmp_path / "project")


class Test87Collisions:
    def test_one_name_twice(self, tmp_path: Path) -> None:
        """Two readers, two programs: a viewer lists the first, extraction keeps the last."""
        entries = [("app.py", b"shown = 1\n"), ("app.py", b"graded = 1\n")]
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed = zip_bytes(entries)
        archive = zipfile.ZipFile(io.BytesIO(packed))
        assert archive.read(archive.infolist()[0]) != archive.read("app.py")
        assert "'app.py' is there twice" in refused(tmp_path, "a.zip", packed)
        assert "'app.py' is there twice" in refused(tmp_path, "a.tgz", tgz_bytes(entries))
        assert "'app.py' is there twice" in refused(tmp_path, "b.tgz", tgz_bytes([APP, ("./app.py", b"")]))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("app.py", "APP.py"),
            ("straße.py", "STRASSE.py"),
            (unicodedata.normalize("NFC", "café.py"), unicodedata.normalize("NFD", "café.py")),
            ("shop/a.py", "Shop/b.py"),
        ],
    )
    def test_names_that_some_file_systems_take_for_one(self, tmp_path: Path, one: str, other: str) -> None:
        """Which of the two survives on macOS or Windows can't be shown on Linux, which keeps both."""
        for file, pack in (("a.zip", zip_bytes), ("a.tgz", tgz_bytes)):
            assert "only by case or Unicode form" in refused(tmp_path, file, pack([(one, b"1"), (other, b"2")]))


class Test88Names:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("app\x1b[31m.py", "a control character"),
            ("app\n2026-01-01 grade=100.py", "a control character"),
            ("app\r.py", "a control character"),
            ("app\x07.py", "a control character"),
            ("\u202eyp.ppa", "direction-changing"),
            ("a\u200bpp.py", "invisible"),
            ("app\ufeff.py", "invisible"),
            ("app\u2028.py", "a line separator"),
            ("app\ue000.py", "a private-use character"),
        ],
    )
    def test_characters_that_act_are_refused_and_never_shown(self, tmp_path: Path, name: str, words: str) -> None:
        """The control: a message with the name in it would carry the character to the reader's terminal or log."""
        for file, packed in (("a.zip", zip_bytes([APP, (name, b"")])), ("a.tgz", tgz_bytes([APP, (name, b"")]))):
            assert not f"cannot read {name}".isprintable()
            message = refused(tmp_path, file, packed)
            assert words in message
            assert name not in message

    def test_a_nul_cuts_the_name_for_some_readers(self, tmp_path: Path) -> None:
        """``zipfile`` ends the name there: what is listed as app.py is called app.py\\0.txt."""
        packed = zip_bytes([("app.pyX.txt", b"")]).replace(b"app.pyX.txt", b"app.py\0.txt")
        assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["app.py"]
        assert "a control character" in refused(tmp_path, "a.zip", packed)

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        """A name that can't be encoded makes a naive report fail where it is written."""
        raw = bytearray(gzip.decompress(tgz_bytes([("app.pyX", b"")], tarfile.GNU_FORMAT)))
        raw[6:7] = b"\xff"
        raw[148:156] = b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw[:512])
        with tarfile.open(fileobj=io.BytesIO(bytes(raw))) as archive:
            listed = archive.getnames()[0]
        with pytest.raises(UnicodeEncodeError):
            listed.encode()
        assert "bytes that are not UTF-8" in refused(tmp_path, "a.tgz", gzip.compress(bytes(raw), mtime=0))
        folder = make_folder(tmp_path / "project", dict([APP]))
        (folder / os.fsdecode(b"app\xff.py")).write_bytes(b"")
        with pytest.raises(IntakeError, match="bytes that are not UTF-8"):
            read_submission(folder)


class Test89LyingDirectory:
    def test_two_contents_by_two_sizes(self, tmp_path: Path) -> None:
        """The directory gives a size and checksum of the first bytes only: zipfile reads those, ``unzip`` reads all."""
        shown, whole = b"safe = 1\n", b"safe = 1\nevil = 1\n"
        honest = zip_bytes([("app.py", whole)])
        central = honest.rfind(b"PK\1\2")
        lie = struct.pack("<I", zlib.crc32(shown)), struct.pack("<I", len(shown))
        packed = patched(honest, {central + 16: lie[0], central + 24: lie[1]})
        assert zipfile.ZipFile(io.BytesIO(packed)).read("app.py") == shown
        assert zlib.decompress(packed[36 : honest.rfind(b"PK\1\2")], -15) == whole
        assert "'app.py' is described in two ways" in refused(tmp_path, "a.zip", packed)
        both = patched(packed, {14: lie[0], 22: lie[1]})
        assert zipfile.ZipFile(io.BytesIO(both)).read("app.py") == shown
        assert "'app.py' does not hold what the .zip says" in refused(tmp_path, "a.zip", both)

    def test_two_names(self, tmp_path: Path) -> None:
        """zipfile notices; a reader that streams, entry by entry, takes the local name."""
        packed = zip_bytes([("app.py", b"x")]).replace(b"app.py", b"bpp.py", 1)
        assert packed[30:36] == b"bpp.py"
        assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["app.py"]
        assert "is described in two ways" in refused(tmp_path, "a.zip", packed)

    def test_entries_that_the_directory_does_not_count(self, tmp_path: Path) -> None:
        packed = zip_bytes([APP, ("second.py", b"")])
        end = packed.rfind(b"PK\5\6")
        fewer = patched(packed, {end + 8: struct.pack("<2H", 1, 1)})
        assert "holds more entries than it says" in refused(tmp_path, "a.zip", fewer)
        more = patched(packed, {end + 8: struct.pack("<2H", 3, 3)})
        assert "holds fewer entries than it says" in refused(tmp_path, "a.zip", more)

    def test_a_directory_that_is_not_the_last_thing(self, tmp_path: Path) -> None:
        """zipfile takes both: an archive before, which other readers see, and whatever is put behind."""
        packed = zip_bytes([APP])
        other = zip_bytes([("other.py", b"")])
        assert zipfile.ZipFile(io.BytesIO(other + packed)).namelist() == ["app.py"]
        assert "is not where it says it is" in refused(tmp_path, "a.zip", other + packed)
        assert "does not end where it says" in refused(tmp_path, "a.zip", packed + b"behind")

    def test_encrypted_and_oddly_packed_entries(self, tmp_path: Path) -> None:
        """Not lies, but not to be read either; zipfile raises RuntimeError for the one and unpacks the other."""
        packed = zip_bytes([APP])
        central = packed.rfind(b"PK\1\2")
        locked = patched(packed, {6: b"\1\0", central + 8: b"\1\0"})
        with pytest.raises(RuntimeError):
            zipfile.ZipFile(io.BytesIO(locked)).read("app.py")
        assert "'app.py' is encrypted" in refused(tmp_path, "a.zip", locked)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr(*APP)
        assert "is packed by method 14" in refused(tmp_path, "a.zip", out.getvalue())


@pytest.mark.parametrize("name", ["app.pyc", "app.so", "shop/app.pyd"])
def test_90_compiled_files_alone(tmp_path: Path, name: str) -> None:
    """Python runs bytecode without its source (shown), and native code too: nobody could read what was graded."""
    put(tmp_path / "app.py", b"ANSWER = 42\n")
    compiled = py_compile.compile(str(tmp_path / "app.py"), str(tmp_path / "alone.pyc"))
    loader = importlib.machinery.SourcelessFileLoader("alone", str(compiled))
    spec = importlib.util.spec_from_loader("alone", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    assert module.ANSWER == 42
    code = (tmp_path / "alone.pyc").read_bytes()
    for file, pack in (("a.zip", zip_bytes), ("a.tgz", tgz_bytes)):
        message = refused(tmp_path, file, pack([(name, code), ("README.md", b"")]))
        assert f"'{name}' is compiled, and there is no Python source" in message
    assert submit(tmp_path, "b.zip", zip_bytes([APP, ("lib/fast.so", b"\x7fELF")])).files["lib/fast.so"]


@pytest.mark.parametrize("kind", ["folder", "a.zip", "a.tgz"])
def test_91_nothing_is_installed_or_run(tmp_path: Path, kind: str) -> None:
    """The control runs setup.py, as ``pip install`` of the folder would."""
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w').close()\n".encode()
    names = ("setup.py", "conftest.py", "sitecustomize.py", "app.py", "shop/__init__.py")
    files = dict.fromkeys(names, code) | {
        "requirements.txt": b"--index-url http://index.example.com\nevil\n",
        "pyproject.toml": b'[build-system]\nbuild-backend = "evil"\n',
    }
    if kind == "folder":
        submission = read_submission(make_folder(tmp_path / "project", files))
    else:
        submission = submit(tmp_path, kind, (zip_bytes if kind == "a.zip" else tgz_bytes)(files))
    assert submission.files == files
    assert not mark.exists()
    put(tmp_path / "setup.py", code)
    runpy.run_path(str(tmp_path / "setup.py"))
    assert mark.exists()


@pytest.mark.parametrize("kind", ["folder", "a.zip", "a.tgz"])
def test_92_repositories_are_left_out(tmp_path: Path, kind: str) -> None:
    """The control unpacks it all: there is a hook that the next git command would run."""
    hidden = {".git/hooks/post-checkout": b"#!/bin/sh\n", "lib/.GIT/config": b"[core]\n", ".hg/hgrc": b"[hooks]\n"}
    files = dict([APP]) | hidden
    naive_unzip(zip_bytes(files), tmp_path / "zip")
    assert (tmp_path / "zip/.git/hooks/post-checkout").is_file()
    if kind == "folder":
        submission = read_submission(make_folder(tmp_path / "project", files))
    else:
        submission = submit(tmp_path, kind, (zip_bytes if kind == "a.zip" else tgz_bytes)(files))
    assert submission.files == dict([APP])
    assert set(submission.notes) == {".GIT left out", ".git left out", ".hg left out"}
