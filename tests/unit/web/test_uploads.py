"""A project of one's own machine: nothing bad comes in, nothing good is lost, and nothing is replaced unseen."""

from __future__ import annotations

import html
import io
import re
import tarfile
import tempfile
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from harness.domain.packs import unpack
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Blob, Event, EventKind
from tests.unit.intake.archives import tar_member, tgz_bytes, zip_bytes, zip_link
from tests.unit.web.test_tasks import Desk

OWN = {"app.py": b"x = 7\n", "shop/models.py": b"y = 8\r\n"}


@pytest.fixture
def desk(world):
    return Desk(world)


def upload(desk, *files, do="look", key="a"):
    """Sends files, each its name and bytes; follows to the page that comes."""
    sent = [(io.BytesIO(data), name) for name, data in files]
    reply = desk.client.post(
        f"{desk.path}/upload",
        data={"archive": sent, "do": do, "key": key},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert reply.status_code == 200
    return html.unescape(reply.text)


def fields(page):
    """What the form of the page that shows an upload would send."""
    form = page.split("<form")[-1]
    return {
        "path": re.findall(r'name="path" value="([^"]*)"', form),
        "content": re.findall(r'name="content" value="([^"]*)"', form),
        "was": re.findall(r'name="was" value="([^"]*)"', form),
        "version": re.search(r'name="version" value="(\d+)"', form)[1],
        "replaces": "1",
    }


@pytest.mark.parametrize("name", ["project.zip", "мой проект.zip", "../../x.ZIP", "a b.zip"])
def test_an_archive_is_shown_before_it_replaces_the_draft(desk, name):
    page = upload(desk, (name, zip_bytes(OWN)))
    assert "Nothing is changed yet." in page
    assert re.findall(r"<code>([^<]+)</code> <span class=\"badge [a-z]*\">([^<]+)</span>", page) == [
        ("app.py", "changed"),
        ("shop/models.py", "new"),
    ]
    assert desk.draft() == {"app.py": "# by Nora\n"}
    reply = desk.client.post(desk.path, data=fields(page) | {"do": "save"})
    assert reply.status_code == 302
    assert desk.draft() == {"app.py": "x = 7\n", "shop/models.py": "y = 8\n"}


def test_a_name_that_leads_elsewhere_writes_nothing_there(desk, tmp_path, monkeypatch):
    deep = tmp_path / "one" / "two" / "three"
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    upload(desk, ("../../evil.zip", zip_bytes(OWN)))
    assert list(tmp_path.rglob("*.zip")) == []


def test_what_was_shown_can_be_put_there_and_handed_in(desk):
    page = upload(desk, ("project.tar.gz", tgz_bytes(OWN)))
    desk.client.post(desk.path, data=fields(page) | {"do": "hand-in", "key": "k"})
    assert desk.handed_in()[-1] == ("handed-in", {"app.py": b"x = 7\n", "shop/models.py": b"y = 8\n"})


def test_what_was_shown_does_not_replace_what_another_tab_wrote_since(desk):
    page = upload(desk, ("project.zip", zip_bytes(OWN)))
    desk.send({"app.py": "since"})
    assert desk.client.post(desk.path, data=fields(page) | {"do": "save"}).status_code == 409
    assert desk.draft() == {"app.py": "since"}


def test_what_an_upload_replaced_stands_in_the_timeline(desk):
    desk.send({"app.py": "precious"})
    page = upload(desk, ("project.zip", zip_bytes(OWN)))
    desk.client.post(desk.path, data=fields(page) | {"do": "save"})
    kept = desk.world.find(lambda: [unpack(blob.content) for blob in snapshots(desk.item())])
    assert {"app.py": b"precious"} in kept


def snapshots(item):
    events = db.session.scalars(select(Event).where(Event.item_id == item.id, Event.kind == EventKind.SAVED))
    return [db.session.get_one(Blob, event.data["blob"]) for event in events]


def test_a_whole_kit_goes_into_the_editor_without_what_the_kit_brings(desk):
    kit = desk.find(lambda item: unpack(item.frozen.kit))
    packed = {f"kit/{path}": data for path, data in kit.items()} | {"kit/mine.py": b"z = 9\n", "kit/.venv/x.py": b""}
    page = upload(desk, ("kit.zip", zip_bytes(packed)))
    assert "'kit' was taken as the project's top" in page
    assert ".venv left out" in page
    assert "mine.py" in page
    assert not {"assay.toml", "tests/conftest.py", "README.md", "requirements.txt"} & set(fields(page)["path"])


def test_handed_in_as_it_is_an_archive_counts_as_on_the_command_line(desk):
    binary = {"app.py": b"x = 7\r\n", "static/logo.png": b"\x89PNG\xff\x00", "README.md": b"mine"}
    assert "holds" not in upload(desk, ("p.zip", zip_bytes(binary)), do="hand-in")
    assert desk.handed_in()[-1] == ("handed-in", binary)
    assert desk.draft() == {"app.py": "# by Nora\n"}


def test_the_same_archive_twice_is_one_submission_and_a_click_in_the_editor_another(desk):
    for key in ("a", "a", "b"):
        upload(desk, ("p.zip", zip_bytes(OWN)), do="hand-in", key=key)
    assert len(desk.handed_in()) == 2


def test_a_key_of_the_editor_does_not_swallow_an_upload(desk):
    desk.send({"app.py": "x = 5\n"}, do="run", key="a")
    assert "Handed in as submission 2." in upload(desk, ("p.zip", zip_bytes(OWN)), do="hand-in", key="a")


def test_what_an_editor_could_not_hold_is_not_put_there(desk):
    page = upload(desk, ("p.zip", zip_bytes({"app.py": b"x = 1\n", "logo.png": b"\xff\xfe"})))
    assert "'logo.png' is no text" in page
    assert desk.draft() == {"app.py": "# by Nora\n"}


def test_single_files_go_where_theirs_stand_and_are_looked_at_first(desk):
    desk.send({"app.py": "1", "shop/models.py": "2", "shop/a.py": "3", "web/a.py": "4"})
    page = upload(desk, ("models.py", b"new"), ("a.py", b"two of that name"), ("other.py", b""), do="hand-in")
    sent = dict(zip(fields(page)["path"], fields(page)["content"], strict=True))
    assert sent == {
        "app.py": "1",
        "shop/models.py": "new",
        "shop/a.py": "3",
        "web/a.py": "4",
        "a.py": "two of that name",
        "other.py": "",
    }
    assert len(desk.handed_in()) == 1


def bomb() -> bytes:
    return zip_bytes({"app.py": b"\0" * 50_000_000})


HOSTILE = {  # by the catalogue's number
    "80": ("p.zip", lambda: zip_bytes({"../../evil.py": b"x"}), "leads out of the project"),
    "80 absolute": ("p.zip", lambda: zip_bytes({"/etc/evil.py": b"x"}), "is an absolute path"),
    "80 drive": ("p.zip", lambda: zip_bytes({"C:/evil.py": b"x"}), "is an absolute path"),
    "81 zip": ("p.zip", lambda: zip_bytes([zip_link("a.py", "/etc/passwd")]), "is a symbolic link"),
    "81 tar": (
        "p.tar.gz",
        lambda: tgz_bytes([(tar_member("a.py", tarfile.LNKTYPE, "/etc/passwd"), b"")]),
        "is a hard link",
    ),
    "83": ("p.zip", bomb, "is larger than 1 MiB"),
    "86": ("p.zip", lambda: zip_bytes({f"{number}.py": b"" for number in range(500)}), "has more than 400 files"),
    "86 depth": ("p.zip", lambda: zip_bytes({"a/" * 40 + "b.py": b""}), "levels deep"),
    "87": ("p.zip", lambda: zip_bytes({"a.py": b"1", "A.py": b"2"}), "only by case"),
    "88 bidi": ("p.zip", lambda: zip_bytes({"a\u202ey.py": b"1"}), "direction-changing"),
    "88 escape": ("p.zip", lambda: zip_bytes({"a\x1b[2Jy.py": b"1"}), "control character"),
    "90": ("p.zip", lambda: zip_bytes({"app.pyc": b"1"}), "is compiled"),
    "none": ("p.zip", lambda: b"", "is no .zip"),
    "cut": ("p.tar.gz", lambda: tgz_bytes(OWN)[:60], "ends too early"),
    "other": ("p.rar", lambda: b"Rar!\xff", "'p.rar' is no text"),
}


@pytest.mark.parametrize("do", ["look", "hand-in"])
@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_a_bad_upload_says_why_and_loses_nothing(desk, case, do):
    name, make, said = HOSTILE[case]
    assert said in upload(desk, (name, make()), do=do)
    assert desk.draft() == {"app.py": "# by Nora\n"}
    assert len(desk.handed_in()) == 1


@pytest.mark.parametrize("name", ["../app.py", "/app.py", "a\u202eb.py", "x" * 300 + ".py"])
def test_a_single_file_of_a_bad_name_is_refused(desk, name):
    page = upload(desk, (name, b"x = 1\n"))
    assert 'class="note problem"' in page
    assert desk.draft() == {"app.py": "# by Nora\n"}


def test_names_in_an_archive_are_only_text(desk):
    page = desk.client.post(
        f"{desk.path}/upload",
        data={"archive": (io.BytesIO(zip_bytes({"<img src=x onerror=1>.py": b"</textarea>\"'><b>"})), "p.zip")},
    ).text
    assert "<img src=x" not in page
    assert "<b>" not in page


def test_an_upload_needs_a_file_and_takes_no_mixture(desk):
    assert "Choose a .zip" in upload(desk)
    assert "not both at once" in upload(desk, ("p.zip", zip_bytes(OWN)), ("a.py", b""))


def test_an_upload_after_the_end_is_not_taken(desk):
    with time_machine.travel(now() + timedelta(hours=2)):
        for do in ("hand-in", "look"):
            page = upload(desk, ("p.zip", zip_bytes(OWN)), do=do)
            assert "The tasks are closed" in page
            assert "What you uploaded" not in page
    assert len(desk.handed_in()) == 1
