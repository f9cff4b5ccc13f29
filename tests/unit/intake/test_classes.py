"""A class's zip: everybody's files apart, and whoever is refused is refused alone."""

from __future__ import annotations

import random
import zipfile

import pytest

from harness.domain.errors import IntakeError
from harness.intake import ClassLimits, IntakeLimits, read_archives, read_class
from harness.intake.limits import MIB
from tests.unit.intake.archives import PROJECT, tgz_bytes, zip_bytes, zip_link

APP = {"app.py": b"x = 1\n"}


def handed(entries, known=(), limits=None):
    return {one.name: one for one in read_class(zip_bytes(entries), lambda name: name in known, limits)}


def files(found, name):
    assert found[name].refused == ""
    return dict(found[name].submission.files)


def test_a_folder_or_an_archive_each():
    entries = {f"anna/{name}": data for name, data in PROJECT.items()}
    entries |= {"bert.zip": zip_bytes(APP), "carla.tar.gz": tgz_bytes({f"project/{k}": v for k, v in PROJECT.items()})}
    found = handed(entries)
    assert list(found) == ["anna", "bert.zip", "carla.tar.gz"]
    assert files(found, "anna") == files(found, "carla.tar.gz") == PROJECT
    assert files(found, "bert.zip") == APP
    assert found["anna"].submission.digest == found["carla.tar.gz"].submission.digest


def test_a_folder_around_the_class_is_seen_through_unless_it_is_somebody():
    entries = {"submissions/anna/app.py": b"a", "submissions/bert.zip": zip_bytes(APP), "submissions/.DS_Store": b""}
    assert list(handed(entries)) == ["anna", "bert.zip"]
    project = {"anna/shop/models.py": b"a", "anna/tests/test_it.py": b"b"}
    assert list(handed(project, known={"anna"})) == ["anna"]
    assert list(handed({"anna/app.py": b"a", "anna/shop/models.py": b"b"})) == ["anna"]


def test_what_tools_leave_behind_is_nobodys():
    found = handed({"__MACOSX/anna/._app.py": b"", ".DS_Store": b"", "anna/app.py": b"x", "anna/.venv/lib.py": b"y"})
    assert list(found) == ["anna"]
    assert found["anna"].submission.notes == (".venv left out",)


def test_moodles_folders_and_its_flat_form():
    found = handed(
        {
            "Jane Doe_11_assignsubmission_file/work.zip": zip_bytes(PROJECT),
            "Jane Doe_11_assignsubmission_onlinetext/onlinetext.html": b"hello",
            "Bo Li_12_assignsubmission_file/app.py": b"x = 1\n",
            "Al Ko_13_assignsubmission_file_app.py": b"x = 1\n",
            "Al Ko_13_assignsubmission_file_models.py": b"y = 1\n",
        }
    )
    assert list(found) == ["Al Ko_13_assignsubmission", "Bo Li_12_assignsubmission", "Jane Doe_11_assignsubmission"]
    assert files(found, "Jane Doe_11_assignsubmission") == PROJECT
    assert files(found, "Bo Li_12_assignsubmission") == APP
    assert set(files(found, "Al Ko_13_assignsubmission")) == {"app.py", "models.py"}


def test_canvas_flat_form():
    found = handed(
        {
            "doejane_LATE_71_900_work.zip": zip_bytes(PROJECT),
            "libo_72_901_app.py": b"x = 1\n",
            "libo_72_902_models.py": b"y = 1\n",
        }
    )
    assert files(found, "doejane_LATE_71") == PROJECT
    assert set(files(found, "libo_72")) == {"app.py", "models.py"}


BOMB = {"app.py": b"\0" * (2 * MIB)}
LARGE = {f"{n}.py": b"\0" * MIB for n in range(5)}


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({"mallory/../../etc/passwd": b"x"}, "leads out"),
        ({"mallory/a\u202epy": b"x"}, "direction-changing"),
        ({"mallory/A.py": b"x", "mallory/a.py": b"y"}, "differs from 'A.py' only by case"),
        ({f"mallory/{name}": data for name, data in BOMB.items()}, "is larger than 1 MiB"),
        ({f"mallory/{name}": data for name, data in LARGE.items()}, "more than 4 MiB"),
        ({"mallory/notes.txt": b"x"}, "no Python source"),
        ({"mallory/a.zip": zip_bytes(APP), "mallory/b.zip": zip_bytes(APP)}, "There are 2 archives: 'a.zip', 'b.zip'"),
        ({"mallory.zip": zip_bytes({"../app.py": b"x"})}, "leads out"),
        ({"mallory.zip": zip_bytes(BOMB)}, "is larger than 1 MiB"),
        ({"mallory.zip": b"no zip at all"}, "no .zip"),
        ({"mallory.tgz": tgz_bytes(PROJECT)[:-20]}, ".tar.gz"),
        ({"mallory.txt": b"my project is at example.org"}, "neither a folder nor"),
        ({"mallory": b"x"}, "neither a folder nor"),
    ],
)
def test_whoever_is_refused_is_refused_alone(theirs, said):
    found = handed({"anna/app.py": b"x = 1\n", **theirs, "zoe.zip": zip_bytes(APP)})
    assert files(found, "anna") == files(found, "zoe.zip") == APP
    (refused,) = (one for one in found.values() if one.refused)
    assert said in refused.refused
    assert refused.submission is None


def test_a_link_in_somebodys_folder_costs_nobody_else_anything():
    entries = [("anna/app.py", b"x = 1\n"), zip_link("mallory/app.py", "../anna/app.py")]
    found = handed(entries)
    assert "symbolic link" in found["mallory"].refused
    assert files(found, "anna") == APP


def test_an_archive_that_is_larger_than_an_upload_is_refused_alone():
    limits = ClassLimits(one=IntakeLimits(archive_bytes=2_000))
    noise = {"app.py": random.Random(1).randbytes(3_000)}
    found = handed({"anna.zip": zip_bytes(APP), "mallory.zip": zip_bytes(noise)}, limits=limits)
    assert files(found, "anna.zip") == APP
    assert "larger than" in found["mallory.zip"].refused


def overlapping() -> bytes:
    """A zip whose two entries share their bytes."""
    whole = bytearray(zip_bytes({"a/app.py": b"x", "b/app.py": b"x"}))
    second = whole.rfind(b"PK\1\2")
    whole[second + 42 : second + 46] = bytes(4)
    return bytes(whole)


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (b"nothing", "no .zip"),
        (zip_bytes({}), "no submissions"),
        (zip_bytes({".DS_Store": b""}), "no submissions"),
        (zip_bytes({"a/app.py": b"x"})[:-4], "no .zip"),
        (overlapping(), "described in two ways|shares its bytes"),
    ],
)
def test_a_zip_that_contradicts_itself_is_refused_as_a_whole(archive, said):
    with pytest.raises(IntakeError, match=said):
        list(read_class(archive, lambda name: False))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (ClassLimits(submissions=1), "These are 2 submissions; 1 are allowed"),
        (ClassLimits(archive_bytes=10), "larger than 10 bytes"),
        (ClassLimits(total_bytes=10), "larger than 10 bytes together"),
        (ClassLimits(entries=1), "2 entries"),
    ],
)
def test_a_class_has_limits_of_its_own(limits, said):
    archive = zip_bytes({"anna/app.py": b"x = 1\n", "bert/app.py": b"y = 1\n"})
    with pytest.raises(IntakeError, match=said):
        list(read_class(archive, lambda name: False, limits))


def test_several_archives_instead_of_one_zip():
    sent = [("anna.zip", zip_bytes(APP)), ("bert.tgz", tgz_bytes(APP)), ("c.txt", b""), ("d.zip", zip_bytes(APP)[:9])]
    anna, bert, no_archive, damaged = read_archives(sent)
    assert dict(anna.submission.files) == dict(bert.submission.files) == APP
    assert "no .zip or .tar.gz" in no_archive.refused
    assert damaged.refused


def test_entries_that_are_stored_unpacked_are_read_too(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("anna/app.py", b"x = 1\n")
        archive.writestr("bert/app.py", b"\0" * (2 * MIB))
    found = {one.name: one for one in read_class((tmp_path / "class.zip").read_bytes(), lambda name: False)}
    assert files(found, "anna") == APP
    assert "larger than 1 MiB" in found["bert"].refused
