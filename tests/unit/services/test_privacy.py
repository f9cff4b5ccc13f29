"""A person's data: handed over whole, erased to the last byte, and forgotten when its time is over."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select, text

from harness.services import phrases, privacy
from harness.services.errors import Refused
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Attempt, AttemptItem, AuditEntry, Blob, Event, Invitation, Result, Submission, User


@pytest.fixture
def store(world):
    with world.site.app_context():
        yield world
        db.session.remove()


def fay() -> Invitation:
    return db.session.scalars(select(Invitation).where(Invitation.name == "Fay")).one()


def everything() -> str:
    """Every column of every row, as text, but for the catalogue, whose questions have people of their own."""
    parts = []
    for table in set(inspect(db.engine).get_table_names()) - {"frozen_item", "frozen_secret", "stored_topic"}:
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')):
            parts += [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(parts)


def test_an_export_has_what_a_person_wrote_and_no_secret(store):
    with zipfile.ZipFile(io.BytesIO(privacy.export(fay()))) as archive:
        told = archive.read("person.json").decode()
        files = {name: archive.read(name) for name in archive.namelist()}
    person = json.loads(told)
    (attempt,) = person["attempts"]
    assert person["person"]["name"] == "Fay"
    assert attempt["items"][0]["answer"]["chosen"]
    assert attempt["appeals"][0]["text"] == "The second option is right as well."
    assert attempt["items"][-1]["submissions"][0]["results"]
    assert any(data == b"# by Fay\n" for data in files.values())
    assert "token_digest" not in told
    assert "HIDDENINPUT" not in told


def test_an_account_is_exported_with_its_practice(store):
    user = privacy.find("Carl@example.org")
    assert json.loads(zip_text(privacy.export(user), "person.json"))["person"]["email"] == "carl@example.org"


def zip_text(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_nothing_of_an_erased_person_is_in_any_column_or_byte(store):
    person = fay()
    ref, before = person.ref, len(db.session.scalars(select(Attempt)).all())
    assert "# by Fay" in unpacked()
    privacy.erase(person)
    left = everything()
    for word in ("Fay", "The second option is right as well."):
        assert word not in left
    assert "# by Fay" not in unpacked()
    assert "# by Otto" in unpacked()
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.erase")).one().subject == ref
    assert len(db.session.scalars(select(Attempt)).all()) == before - 1
    for file in store.path.parent.glob("world.db*"):
        assert b"The second option is right as well." not in file.read_bytes()
    with pytest.raises(Refused):
        privacy.find(ref)


def unpacked() -> str:
    found = []
    for blob in db.session.scalars(select(Blob)):
        found += [data.decode() for data in privacy.unpack(blob.content).values()]
    return "\n".join(found)


def test_files_that_somebody_else_handed_in_as_well_stay(store):
    with writing() as session:
        mine, theirs = (
            session.scalars(
                select(Submission).join(AttemptItem).join(Attempt).join(Invitation).where(Invitation.name == name)
            ).first()
            for name in ("Otto", "Fay")
        )
        mine.digest = digest = theirs.digest
    privacy.erase(fay())
    assert db.session.get(Blob, digest) is not None


def test_an_erased_account_can_not_be_told(store):
    user = privacy.find("carl@example.org")
    privacy.erase(user)
    left = everything()
    assert "carl@example.org" not in left
    assert "Carl" not in left
    assert user.disabled_at is not None
    assert user.password_hash is None


def test_comments_on_an_erased_persons_code_go_with_it(store):
    nora = db.session.scalars(select(Invitation).where(Invitation.name == "Nora")).one()
    assert "Who wrote it stands here." in zip_text(privacy.export(nora), "person.json")
    privacy.erase(nora)
    assert "Who wrote it stands here." not in everything()
    assert "It prints, and does not return." not in everything()


def test_what_an_erased_grader_shares_stays_without_a_name(store):
    user = privacy.find("greta@example.org")
    phrases.keep(user, "For me alone.", shared=False)
    assert "For me alone." in zip_text(privacy.export(user), "person.json")
    privacy.erase(user)
    left = everything()
    assert "A name says what it is for." in left
    assert "Who wrote it stands here." in left
    for word in ("Greta", "For me alone."):
        assert word not in left


def test_the_last_administrator_is_not_erased(store):
    with pytest.raises(Refused, match="last administrator"):
        privacy.erase(privacy.find("ada@example.org"))
    assert db.session.scalars(select(User).where(User.email == "ada@example.org")).one().erased_at is None


def test_what_is_old_is_erased_and_what_is_not_stays(store):
    assert privacy.erase_old(timedelta(days=30)) == 0
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert privacy.erase_old(timedelta(days=30)) == 1
        assert db.session.scalars(select(Invitation.name).where(Invitation.erased_at.is_(None))).all() == [
            "Nora",
            "Otto",
            "Rolf",
        ]
        assert privacy.erase_old(timedelta(days=30)) == 0
    assert db.session.scalars(select(Result)).all()
    assert db.session.scalars(select(Event)).all()
