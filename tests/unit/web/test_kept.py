"""A person's data in an administrator's hands: what is told, handed over, erased."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from harness.store.base import db
from harness.store.models import AuditEntry, Invitation, User


@pytest.fixture
def ada(world):
    return world.client("administrator")


def ref_of(world, kind, name) -> str:
    return world.find(lambda: db.session.scalars(select(kind).where(kind.name == name)).one().ref)


def actions(world) -> list[str]:
    return world.find(lambda: list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()))))


def test_an_invited_persons_data_is_told_and_handed_over(world, ada):
    ref = ref_of(world, Invitation, "Fay")
    page = ada.get(f"/people/data/{ref}").text
    assert "Data of Fay" in page
    assert "<dt>Appeals</dt><dd>1</dd>" in page
    reply = ada.post(f"/people/data/{ref}/export")
    assert reply.headers["Content-Disposition"] == f"attachment; filename=assay-{ref}.zip"
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        told = archive.read("person.json").decode()
    assert json.loads(told)["person"]["name"] == "Fay"
    assert '"seed"' not in told
    assert actions(world)[0] == "person.export"


def test_only_who_writes_the_name_erases(world, ada):
    ref = ref_of(world, Invitation, "Fay")
    reply = ada.post(f"/people/data/{ref}/erase", data={"name": "fay"})
    assert reply.status_code == 422
    assert "That is not the name" in reply.text
    assert ref_of(world, Invitation, "Fay") == ref
    reply = ada.post(f"/people/data/{ref}/erase", data={"name": "Fay"}, follow_redirects=True)
    assert "Erased." in reply.text
    assert actions(world)[0] == "person.erase"
    assert ada.get(f"/people/data/{ref}").status_code == 404


def test_an_account_is_erased_and_can_not_come_in_any_more(world, ada):
    carl = world.client("practising")
    ref = ref_of(world, User, "Carl")
    assert "Data of Carl" in ada.get(f"/people/data/{ref}").text
    ada.post(f"/people/data/{ref}/erase", data={"name": "Carl"})
    assert carl.get("/").headers["Location"].startswith("/login")
    assert world.find(lambda: db.session.scalar(select(User).where(User.name == "Carl"))) is None


def test_the_last_administrator_stays(world, ada):
    ref = ref_of(world, User, "Ada")
    reply = ada.post(f"/people/data/{ref}/erase", data={"name": "Ada"})
    assert reply.status_code == 422
    assert ref_of(world, User, "Ada") == ref


def test_administrators_find_the_way_and_owners_do_not(world, ada):
    ref = ref_of(world, Invitation, "Fay")
    address = world.find(
        lambda: f"/assessments/{db.session.scalars(select(Invitation)).first().assessment.ref}/invitations/{ref}"
    )
    assert f"/people/data/{ref}" in ada.get(address).text
    assert "/people/data/" not in world.client("owner").get(address).text
    assert f"/people/data/{ref_of(world, User, 'Carl')}" in ada.get("/people/").text
