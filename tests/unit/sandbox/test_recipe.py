"""What goes into the image decides its tag, and nothing else does."""

from __future__ import annotations

import re
import tarfile

import pytest

from sandbox.images import recipe
from sandbox.images.recipe import IMAGES, MACHINES, Context, candidate_context, image_tag, lock_file


def test_a_tag_is_a_name_and_twelve_hex_digits() -> None:
    assert re.fullmatch(r"assay-candidate:[0-9a-f]{12}", image_tag())


def test_the_tag_stays_while_nothing_changes() -> None:
    assert image_tag() == image_tag()


@pytest.mark.parametrize("name", ["Dockerfile", "run.py", "sandbox/__init__.py"])
def test_the_tag_changes_with_any_file_that_is_copied(name: str) -> None:
    """A changed agent must never run under the tag of the old one."""
    context = candidate_context()
    changed = Context({**context.files, name: context.files[name] + b"\n"})
    assert image_tag(changed) != image_tag()


def test_the_tag_changes_with_what_lies_below(monkeypatch: pytest.MonkeyPatch) -> None:
    before = image_tag()
    monkeypatch.setattr(recipe, "SUITE", "forky")
    assert image_tag() != before


def test_a_digest_tells_names_from_contents() -> None:
    """Moving a byte from a file's name to its content, or to the next file, is a change."""
    digests = {
        Context({"a": b"bc"}).digest(),
        Context({"ab": b"c"}).digest(),
        Context({"a": b"", "bc": b""}).digest(),
        Context({"a": b"b", "c": b""}).digest(),
    }
    assert len(digests) == 4


def test_a_context_packs_its_files_and_nothing_of_this_machine() -> None:
    with tarfile.open(fileobj=Context({"sub/name": b"content"}).tar()) as archive:
        (member,) = archive.getmembers()
        assert archive.extractfile(member).read() == b"content"
    assert (member.name, member.uid, member.mtime) == ("sub/name", 0, 0)


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("machine", sorted(MACHINES.values()))
def test_every_library_is_pinned_for_every_machine(machine: str) -> None:
    wanted = re.findall(r"^([A-Za-z][\w-]*)", (IMAGES / "requirements.in").read_text(), flags=re.MULTILINE)
    pinned = pins(lock_file(machine).read_text())
    assert {name.lower() for name in wanted} <= set(pinned)


@pytest.mark.parametrize("machine", sorted(MACHINES.values()))
def test_every_pin_has_a_hash(machine: str) -> None:
    text = lock_file(machine).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_no_requirements_file_names_an_index() -> None:
    """The pins hold with any mirror; which one to use is a setting of the machine."""
    root = IMAGES.parent.parent
    for path in (*IMAGES.glob("requirements*"), *(root / "requirements").iterdir()):
        assert "://" not in path.read_text(), path
        assert "index-url" not in path.read_text(), path
