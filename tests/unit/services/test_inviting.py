"""People are invited by lists that are read as they are written, each link is known once, and time is given in time."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from harness.services import assessments, attempts, invitees, inviting, privacy
from harness.services.errors import Refused, Why
from harness.services.inviting import Invitee, read_list
from harness.services.tokens import token_digest
from harness.store.base import db
from harness.store.models import Assessment, AuditEntry, Invitation
from tests.unit.platform_fixtures import TOKEN


@pytest.fixture
def backend(app) -> Assessment:
    return db.session.scalars(select(Assessment)).one()


@pytest.fixture
def nora(backend) -> Invitation:
    return backend.invitations[0]


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Invitation))


def people(text: str) -> list[tuple[str, str, int, int]]:
    return [(one.name, one.email, one.extra_percent, one.line) for one in read_list(text)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nora", [("Nora", "", 0, 1)]),
        ("name,e-mail,time\n\nNora, nora@example.org , 25 %\n", [("Nora", "nora@example.org", 25, 3)]),
        ("\ufeffName;E-Mail\r\nNora;nora@example.org\r\n", [("Nora", "nora@example.org", 0, 2)]),
        ("Nora\tnora@example.org\t10", [("Nora", "nora@example.org", 10, 1)]),
        (
            '"Newcomer, Nora",nora@example.org\nWalter,,25',
            [("Newcomer, Nora", "nora@example.org", 0, 1), ("Walter", "", 25, 2)],
        ),
        ("", []),
    ],
)
def test_a_list_is_read(text, read):
    assert people(text) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nora,nora@example.org,much", "Line 1: write name"),
        ("Nora,nora@example.org,-5", "Line 1: write name"),
        ("Nora,nora@example.org,²", "Line 1: write name"),
        ("Nora,n@example.org,1,more", "Line 1: write name"),
        ("Nora\n\nWalter,w,x\nMax,m,y", "Line 3: write name, e-mail, and more time in percent, such as 25.\nLine 4:"),
        ("Nora," + "x" * 200_000, "can't be read as a table"),
    ],
)
def test_every_line_that_does_not_fit_is_named(text, said):
    with pytest.raises(Refused) as refused:
        read_list(text)
    assert said in str(refused.value)
    assert refused.value.why is Why.INVALID


def test_of_many_lines_that_do_not_fit_the_first_are_named():
    with pytest.raises(Refused) as refused:
        read_list("Nora,n@example.org,much\n" * 40)
    assert str(refused.value).count("\n") == invitees.MOST_SAID
    assert "30 more lines" in str(refused.value)


def test_each_person_has_a_link_that_works_and_is_stored_nowhere(backend, owner):
    made = inviting.invite(backend.id, [Invitee("Ann \u202e"), Invitee("Bob", "Bob@Example.org", 25)], owner.id)
    assert [(one.name, one.email, one.extra_percent) for one, _ in made] == [
        ("Ann", "", 0),
        ("Bob", "bob@example.org", 25),
    ]
    for invitation, token in made:
        assert attempts.find_invitation(token).id == invitation.id
        stored = [getattr(invitation, column.name) for column in Invitation.__table__.columns]
        assert token not in stored
        assert invitation.token_digest == token_digest(token)
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "invitation.create"))
    assert entry.details["invitations"] == [one.ref for one, _ in made]
    assert "Bob" not in str(entry.details)


@pytest.mark.parametrize(
    ("invitees", "said"),
    [
        ([], "1 to 500 people"),
        ([Invitee("x")] * 501, "1 to 500 people"),
        ([Invitee("Ann"), Invitee(" ")], "Line 2: A name has"),
        ([Invitee("Ann", "ann@")], "Line 1: That is not an e-mail"),
        ([Invitee("Ann", extra_percent=401)], "Line 1: More time is from 0 to 400"),
        (
            [Invitee("Ann", "a@b.example", line=3), Invitee("Bob", "A@B.example", line=7)],
            "Line 7: a@b.example stands in line 3",
        ),
    ],
)
def test_of_a_list_with_a_fault_nobody_is_invited(backend, owner, invitees, said):
    before = count()
    with pytest.raises(Refused, match=said):
        inviting.invite(backend.id, invitees, owner.id)
    assert count() == before


def test_nobody_is_invited_twice_unless_their_link_was_withdrawn(backend, owner):
    ((ann, _),) = inviting.invite(backend.id, [Invitee("Ann", "ann@example.org")], owner.id)
    with pytest.raises(Refused, match=r"Line 1: ann@.* is invited already"):
        inviting.invite(backend.id, [Invitee("Ann", "ANN@example.org")], owner.id)
    inviting.revoke(ann.id, owner.id)
    inviting.invite(backend.id, [Invitee("Ann", "ann@example.org")], owner.id)
    inviting.invite(backend.id, [Invitee("Ann"), Invitee("Ann")], owner.id)  # whose addresses nobody knows


def test_the_same_click_twice_at_once_invites_once(app, backend, owner):
    number, by, came, barrier = backend.id, owner.id, [], threading.Barrier(3)
    before = count()
    db.session.remove()

    def go() -> None:
        with app.app_context():
            barrier.wait(10)
            try:
                came.append(len(inviting.invite(number, [Invitee("Ann"), Invitee("Bob")], by, "the click")))
            except Refused as refused:
                came.append(refused.why)
            db.session.remove()

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, came)) == ["2", "conflict", "conflict"]
    assert count() == before + 2


def test_people_are_invited_to_what_is_published_alone(backend, owner):
    draft = assessments.create(owner, "Draft")
    assessments.close(backend.id, owner.id)
    for one in (draft, backend):
        with pytest.raises(Refused, match="published assessment only"):
            inviting.invite(one.id, [Invitee("Ann")], owner.id)


def test_a_withdrawn_link_ends_and_a_new_one_is_another(nora, owner):
    inviting.revoke(nora.id, owner.id)
    with pytest.raises(Refused):
        attempts.find_invitation(TOKEN)
    token = inviting.new_link(nora.id, owner.id)
    assert attempts.find_invitation(token).id == nora.id
    with pytest.raises(Refused):
        attempts.find_invitation(TOKEN)


def test_who_was_erased_is_not_invited_again_by_a_new_link(nora, owner):
    number, ref, found = nora.id, nora.ref, nora.assessment
    privacy.erase(nora, owner.id)
    for deed in (
        lambda: inviting.new_link(number, owner.id),
        lambda: inviting.revoke(number, owner.id),
        lambda: inviting.invitation_of(found, ref),
    ):
        with pytest.raises(Refused, match="no such invitation"):
            deed()


def test_an_invitation_is_of_its_own_assessment(nora, owner):
    other = assessments.create(owner, "Other")
    assert inviting.invitation_of(nora.assessment, nora.ref) is nora
    with pytest.raises(Refused):
        inviting.invitation_of(other, nora.ref)
