"""What intake takes, what it leaves out, and what it says when it refuses."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest

from harness.domain.errors import IntakeError
from harness.intake import IntakeLimits, read_submission
from tests.unit.intake.archives import (
    PROJECT,
    make_folder,
    put,
    tar_member,
    tgz_bytes,
    zip_bytes,
    zip_link,
)


def pack(tmp_path: Path, kind: str, files: dict[str, bytes]) -> Path:
    if kind == "folder":
        return make_folder(tmp_path / "submitted", files)
    return put(tmp_path / f"submitted.{kind}", zip_bytes(files) if kind == "zip" else tgz_bytes(files))


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz", "tgz"])
def test_the_same_project_is_the_same_submission_however_it_is_packed(tmp_path: Path, kind: str) -> None:
    submission = read_submission(pack(tmp_path, kind, PROJECT))
    assert submission.files == PROJECT
    assert list(submission.files) == sorted(PROJECT)
    assert submission.name == "submitted"
    assert submission.notes == ()
    assert submission.digest == read_submission(make_folder(tmp_path / "other")).digest


def test_the_digest_tells_names_and_contents_apart(tmp_path: Path) -> None:
    digests = {
        read_submission(make_folder(tmp_path / str(number), files)).digest
        for number, files in enumerate([{"a.py": b"bc"}, {"a.py": b"b"}, {"ab.py": b"c"}, {"a.py": b"", "b.py": b""}])
    }
    assert len(digests) == 4


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_what_tools_leave_behind_is_left_out_with_a_note(tmp_path: Path, kind: str) -> None:
    litter = [".git/HEAD", "shop/__pycache__/a.pyc", ".venv/lib/x.py", "node_modules/a/b.js", ".DS_Store", "._app.py"]
    submission = read_submission(pack(tmp_path, kind, PROJECT | dict.fromkeys(litter, b"x")))
    assert submission.files == PROJECT
    assert submission.notes == tuple(
        f"{name} left out" for name in sorted([".git", "__pycache__", ".venv", "node_modules", ".DS_Store", "._*"])
    )


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_what_is_left_out_counts_against_no_limit_of_what_is_kept(tmp_path: Path, kind: str) -> None:
    """Nobody fails for a virtual environment that lies in the project."""
    litter = {f".venv/{'deep/' * 20}{number}.py": b"x" * 5000 for number in range(20)}
    limits = IntakeLimits(files=4, total_bytes=1000, file_bytes=100)
    assert read_submission(pack(tmp_path, kind, PROJECT | litter), limits).files == PROJECT


def test_links_in_a_virtual_environment_are_left_out_with_it(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "project")
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to("/usr/bin/python3")
    assert read_submission(folder).files == PROJECT
    packed = put(tmp_path / "a.zip", zip_bytes([*PROJECT.items(), zip_link(".venv/bin/python", "/usr/bin/python3")]))
    assert read_submission(packed).files == PROJECT


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_single_folder_around_the_project_is_unwrapped(tmp_path: Path, kind: str) -> None:
    wrapped = {f"shop-main/{name}": data for name, data in PROJECT.items()} | {"__MACOSX/x": b""}
    submission = read_submission(pack(tmp_path, kind, wrapped))
    assert submission.files == PROJECT
    assert "the folder 'shop-main' was taken as the project's top" in submission.notes


@pytest.mark.parametrize("files", [{"shop/__init__.py": b"", "shop/models.py": b""}, {"tests/test_a.py": b""}])
def test_a_package_or_the_tests_alone_are_no_wrapping(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Unwrapped, `shop:create_app` would be missing from a submission that has it."""
    assert read_submission(pack(tmp_path, "zip", files)).files == files


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_each_tar_format_gives_long_names(tmp_path: Path, form: int) -> None:
    long = "/".join(["a" * 90, "b" * 90, "long.py"])
    files = PROJECT | {long: b"1", "größe.py" if form != tarfile.USTAR_FORMAT else "g.py": b"2"}
    assert read_submission(put(tmp_path / "a.tgz", tgz_bytes(files, form))).files == files


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("a.tar.gz", ["tar", "czf", "{to}", "-C", "{project}", "."]),
        ("a.tgz", ["tar", "czf", "{to}", "--format=v7", "-C", "{project}", "."]),
        ("a.zip", ["zip", "-qr", "{to}", "."]),
        ("a.zip", ["git", "archive", "--format=zip", "--prefix=shop-main/", "-o", "{to}", "HEAD"]),
        ("a.tar.gz", ["git", "archive", "--format=tar.gz", "-o", "{to}", "HEAD"]),
    ],
)
def test_what_common_tools_pack_is_taken(tmp_path: Path, name: str, command: list[str]) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    project, to = make_folder(tmp_path / "project"), tmp_path / name
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com"]
    if command[0] == "git":
        for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
            subprocess.run([*git, *step], cwd=project, check=True)
    subprocess.run([part.format(to=to, project=project) for part in command], cwd=project, check=True)
    assert read_submission(to).files == PROJECT


def test_streamed_zip_entries_have_their_sizes_behind_the_data(tmp_path: Path) -> None:
    class Pipe:
        def __init__(self, path: Path) -> None:
            self.file = path.open("wb")
            self.write, self.flush = self.file.write, self.file.flush

    pipe = Pipe(tmp_path / "a.zip")
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("app.py", b"x = 1\n")
    pipe.file.close()
    assert read_submission(tmp_path / "a.zip").files == {"app.py": b"x = 1\n"}


LIMITS = IntakeLimits(files=5, total_bytes=1000, file_bytes=600, depth=3, name_bytes=20, path_bytes=40)


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"big.py": b"x" * 601}, "'big.py' is larger than 600 bytes"),
        ({"a.py": b"x" * 600, "b.py": b"x" * 600}, "more than 1000 bytes of files (counted up to the entry 'b.py')"),
        ({f"{n}.py": b"" for n in range(6)}, "more than 5 files"),
        ({"a/b/c/d.py": b""}, "'a/b/c/d.py' lies 4 levels deep; 3 are allowed"),
        ({"a" * 18 + ".py": b""}, "has a name of more than 20 bytes"),
        ({"ä" * 10 + ".py": b""}, "has a name of more than 20 bytes"),
        ({"/".join(["a" * 16] * 3): b""}, "has a path of more than 40 bytes"),
    ],
)
def test_each_limit_binds_and_is_named(tmp_path: Path, kind: str, more: dict[str, bytes], message: str) -> None:
    with pytest.raises(IntakeError) as refused:
        read_submission(pack(tmp_path, kind, {"first.py": b"x"} | more), LIMITS)
    assert message in str(refused.value)


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_what_just_fits_is_taken(tmp_path: Path, kind: str) -> None:
    files = {"a.py": b"x" * 600, "b.py": b"x" * 400, "c/d/e.py": b"", "a" * 17 + ".py": b"", "f.py": b""}
    assert read_submission(pack(tmp_path, kind, files), LIMITS).files == files


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (IntakeLimits(archive_bytes=100), "archive is larger than 100 bytes"),
        (IntakeLimits(stream_bytes=1000), "unpacks to more than 1000 bytes"),
        (IntakeLimits(entries=2), "more than 2 entries"),
    ],
)
def test_the_work_itself_has_limits(tmp_path: Path, limits: IntakeLimits, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        read_submission(pack(tmp_path, "tar.gz", PROJECT), limits)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "There is no"),
        ("nowhere.zip", "There is no"),
        ("a.rar", "neither a folder nor a .zip or .tar.gz"),
        ("bad.zip", "no .zip, or only a part of one"),
        ("bad.tar.gz", "damaged, or is none"),
        ("a\0b.zip", "There is no"),
        ("empty.zip", "holds no files"),
        ("text.zip", "holds no Python source"),
    ],
)
def test_what_is_no_submission_is_refused_with_advice(tmp_path: Path, name: str, message: str) -> None:
    put(tmp_path / "a.rar", b"Rar!")
    put(tmp_path / "bad.zip", b"not a zip")
    put(tmp_path / "bad.tar.gz", b"not a tar")
    put(tmp_path / "empty.zip", zip_bytes({}))
    put(tmp_path / "text.zip", zip_bytes({"README.md": b""}))
    with pytest.raises(IntakeError, match=message):
        read_submission(tmp_path / name)


def test_a_cut_archive_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    for name, whole in (("a.zip", zip_bytes()), ("a.tgz", tgz_bytes())):
        for length in range(0, len(whole) - 10, 7):
            with pytest.raises(IntakeError):
                read_submission(put(tmp_path / name, whole[:length]))


def test_special_files_in_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "project")
    os.mkfifo(folder / "pipe")
    with pytest.raises(IntakeError, match=r"'pipe' is a device, pipe or socket"):
        read_submission(folder)


@pytest.mark.parametrize("target", ["app.py", "shop", "nowhere"])
def test_a_link_in_a_folder_is_refused_wherever_it_leads(tmp_path: Path, target: str) -> None:
    folder = make_folder(tmp_path / "project")
    (folder / "shop" / "alias").symlink_to(folder / target)
    with pytest.raises(IntakeError, match=r"'shop/alias' is a symbolic link"):
        read_submission(folder)


def test_a_long_name_is_cut_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as refused:
        read_submission(pack(tmp_path, "zip", {"a" * 3000: b""}))
    assert len(str(refused.value)) < 250


def test_an_unreadable_file_is_refused_by_name(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root can read everything")
    folder = make_folder(tmp_path / "project")
    (folder / "app.py").chmod(0)
    with pytest.raises(IntakeError, match=r"'app.py' can't be read"):
        read_submission(folder)


def test_names_of_both_unicode_forms_are_taken_as_they_are(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "café.py")
        assert list(read_submission(put(tmp_path / "a.zip", zip_bytes({name: b""}))).files) == [name]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([("shop", b""), ("shop/a.py", b"")], "both a file and a folder"),
        ([("Shop/a.py", b""), ("shop/b.py", b"")], "'shop' differs from 'Shop' only by case"),
    ],
)
def test_folders_collide_too(tmp_path: Path, entries: list[tuple[str, bytes]], message: str) -> None:
    for name, data in (("a.zip", zip_bytes(entries)), ("a.tgz", tgz_bytes(entries))):
        with pytest.raises(IntakeError, match=message):
            read_submission(put(tmp_path / name, data))


def test_a_folder_entry_with_contents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="folder with contents"):
        read_submission(put(tmp_path / "a.zip", zip_bytes([("shop/", b"x")])))


def test_a_sparse_or_unknown_tar_member_is_refused(tmp_path: Path) -> None:
    for kind, message in ((b"S", "sparse file"), (b"Z", "kind that is not known")):
        with pytest.raises(IntakeError, match=message):
            read_submission(put(tmp_path / "a.tgz", tgz_bytes([(tar_member("a.py", kind), b"")])))


def test_a_pax_header_may_not_change_what_a_member_holds(tmp_path: Path) -> None:
    for key in ("size", "GNU.sparse.map"):
        member = tar_member("a.py")
        member.pax_headers = {key: "1"}
        with pytest.raises(IntakeError, match=f"has the header '{key}'"):
            read_submission(put(tmp_path / "a.tgz", tgz_bytes([(member, b"x")])))


def zip_with(changes: dict[int, bytes], packed: bytes | None = None) -> bytes:
    """A zip of one entry with bytes changed; a negative place counts from the end record's start."""
    data = bytearray(packed or zip_bytes({"app.py": b"x = 1\n" * 50}))
    end = data.rfind(b"PK\5\6")
    for at, new in changes.items():
        start = at if at >= 0 else end + at
        data[start : start + len(new)] = new
    return bytes(data)


HEAD = 30 + len("app.py")  # a local header, before the packed data
LINE = -(46 + len("app.py"))  # the directory's one line, before the end record


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({HEAD: b"\xff\xff\xff\xff"}, "does not hold what the .zip says"),  # no deflate
        ({HEAD: b"\x03\x00"}, "does not hold what the .zip says"),  # a deflate stream that ends at once
        ({LINE: b"PK\0\0"}, "directory of the .zip is damaged"),
        ({LINE + 28: b"\xff\x00"}, "directory of the .zip is damaged"),
        ({LINE + 42: b"\xff\xff\x00\x00"}, "described in two ways"),
        ({0: b"PK\0\0"}, "described in two ways"),
    ],
)
def test_a_damaged_zip_is_told_from_a_good_one(tmp_path: Path, changes: dict[int, bytes], message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        read_submission(put(tmp_path / "a.zip", zip_with(changes)))


def test_zip64_is_refused_with_a_way_out(tmp_path: Path) -> None:
    packed = bytearray(zip_bytes())
    end = packed.rfind(b"PK\5\6")
    packed[end + 16 : end + 20] = b"\xff" * 4
    with pytest.raises(IntakeError, match=r"ZIP64 .* Pack a \.tar\.gz"):
        read_submission(put(tmp_path / "a.zip", bytes(packed)))


def test_an_old_zip_names_its_entries_in_its_own_alphabet(tmp_path: Path) -> None:
    packed = zip_bytes({"gr__e.py": b""}).replace(b"gr__e", b"gr\x94\xe1e")
    assert list(read_submission(put(tmp_path / "a.zip", packed)).files) == ["größe.py"]


def tar_with(header: tarfile.TarInfo, changes: dict[int, bytes], more: bytes = b"") -> bytes:
    """A tarball of one header with bytes changed and its checksum mended."""
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT)[:512])
    for at, new in changes.items():
        block[at : at + len(new)] = new
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return gzip.compress(bytes(block) + more + bytes(1024), mtime=0)


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        (b"0", {124: b"\x80" + b"\0" * 10 + b"\1"}, "damaged, or is none"),  # a size in binary
        (b"0", {124: b"0x000000010"}, "damaged, or is none"),
        (b"5", {124: b"00000000010"}, "folder with contents"),
        (b"L", {124: b"00007777777"}, "far too long"),
        (b"x", {124: b"00000000003"}, "damaged, or is none"),  # a record without its length
        (b"0", {0: bytes(6)}, "has no name"),
        (b"0", {124: b"00000007777"}, "ends too early"),
    ],
)
def test_a_damaged_tar_is_told_from_a_good_one(
    tmp_path: Path, kind: bytes, changes: dict[int, bytes], message: str
) -> None:
    with pytest.raises(IntakeError, match=message):
        read_submission(put(tmp_path / "a.tgz", tar_with(tar_member("app.py", kind), changes)))


def test_a_pipe_in_place_of_an_archive_is_refused(tmp_path: Path) -> None:
    """To open it would wait for ever."""
    os.mkfifo(tmp_path / "a.zip")
    with pytest.raises(IntakeError, match="is no plain file"):
        read_submission(tmp_path / "a.zip")
