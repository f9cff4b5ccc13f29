"""Inviting by the pages: a list is looked at before anybody is invited, links say where they work, mails go out."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from harness.domain.errors import UsageError
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, Invitation, Mail, MailState
from harness.web import create_app
from tests.unit.web.test_assessments import links_of, one_of, text_of
from tests.unit.world_fixtures import SETTINGS

LIST = "name,e-mail\nAnn, ann@example.org, 25\nBob\nCid, cid@\nDot, ANN@example.org\nEve, e@example.org, much\n"


@pytest.fixture
def ines(world):
    return world.client("owner")


@pytest.fixture
def backend(world) -> str:
    ask = select(Assessment.ref).filter_by(title="Backend")
    return "/assessments/" + world.find(lambda: db.session.scalars(ask).one())


@pytest.fixture
def mailing(world) -> None:
    world.site.config["SMTP_HOST"] = "mail.example.org"


def invited(world) -> list[str]:
    return world.find(lambda: list(db.session.scalars(select(Invitation.name).order_by(Invitation.id))))


def mails(world) -> list[Mail]:
    return world.find(lambda: list(db.session.scalars(select(Mail))))


def test_a_list_is_shown_line_by_line_before_anybody_is_invited(ines, backend, world):
    before = invited(world)
    page = ines.post(f"{backend}/invite", data={"people": LIST, "key": "k", "do": "check"})
    seen = text_of(page)
    assert "3 of 5 lines do not fit" in seen
    for line in (
        "2 Ann ann@example.org 25 % yes",
        "3 Bob none none yes",
        "4 Cid cid@ none no That is not an e-mail address.",
        "5 Dot ann@example.org none no ann@example.org stands in line 2 already.",
        "6 Eve e@example.org none no write name, e-mail",
    ):
        assert line in seen
    assert "Invite these" not in seen
    assert invited(world) == before


def test_a_list_that_fits_is_invited_as_it_was_shown(ines, backend, world):
    page = ines.post(f"{backend}/invite", data={"people": "Ann, ann@example.org\nBob", "key": "k", "do": "check"})
    assert "Invite these 2 people" in page.text
    kept = re.search(r"<textarea[^>]*>([^<]+)", page.text)[1]
    assert len(links_of(ines.post(f"{backend}/invite", data={"people": kept, "key": "k"}))) == 2
    again = ines.post(f"{backend}/invite", data={"people": "Ann, Ann@example.org", "key": "l", "do": "check"})
    assert "ann@example.org is invited already." in text_of(again)
    nobody = ines.post(f"{backend}/invite", data={"people": " ", "key": "m", "do": "check"})
    assert "Invite 1 to 500 people" in nobody.text


def test_links_of_this_machine_alone_are_warned_about(ines, backend, world):
    for page in (ines.get(f"{backend}/invite"), ines.post(f"{backend}/invite", data={"people": "Ann", "key": "k"})):
        assert "Nobody else can open" in page.text
    world.site.config["PUBLIC_URL"] = "https://assay.example.org/hiring/"
    assert "Nobody else can open" not in ines.get(f"{backend}/invite").text
    page = ines.post(f"{backend}/invite", data={"people": "Bob", "key": "l"})
    assert links_of(page)[0].startswith("https://assay.example.org/hiring/assessment/open/")
    assert "Nobody else can open" not in page.text
    world.site.config["PUBLIC_URL"] = "http://127.0.0.1:8000"
    assert "Nobody else can open" in ines.get(f"{backend}/invite").text


@pytest.mark.parametrize("url", ["assay.example.org", "ftp://x", "https://", "https://x?y", "https://x y"])
def test_a_public_address_that_is_none_is_refused_at_the_start(url, tmp_path):
    with pytest.raises(UsageError, match="PUBLIC_URL"):
        create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/x.db", "PUBLIC_URL": url})


def test_without_a_mail_server_links_are_shown(ines, backend, world):
    assert "sends no mail" in ines.get(f"{backend}/invite").text
    page = ines.post(f"{backend}/invite", data={"people": "Ann, ann@example.org", "key": "k", "way": "mail"})
    assert len(links_of(page)) == 1
    assert mails(world) == []
    ann = one_of(world, "Ann")
    assert "Mail the link" not in ines.get(ann).text
    ines.post(ann, data={"do": "mail"})
    assert mails(world) == []


def test_mails_are_made_ready_and_nobody_sees_their_links(ines, backend, world, mailing):
    world.site.config["PUBLIC_URL"] = "https://assay.example.org"
    people = {"people": "Ann, ann@example.org\nBob, bob@example.org", "key": "k", "way": "mail"}
    page = ines.post(f"{backend}/invite", data=people, follow_redirects=True)
    assert "2 mails are on the way" in page.text
    assert "mail on its way" in page.text
    assert links_of(page) == []
    assert [one.address for one in mails(world)] == ["https://assay.example.org/assessment/open/"] * 2
    assert "waits to be sent" in text_of(ines.get(one_of(world, "Ann")))


def test_who_has_no_address_gets_a_link_to_be_passed_on(ines, backend, world, mailing):
    people = {"people": "Ann, ann@example.org\nBob", "key": "k", "way": "mail"}
    page = ines.post(f"{backend}/invite", data=people)
    assert "1 person gets the link by mail" in text_of(page)
    (link,) = links_of(page)
    assert "Assessment for Bob" in world.site.test_client().get(link, follow_redirects=True).text
    assert "Mail" not in ines.get(one_of(world, "Bob")).text


def test_links_are_shown_to_who_wants_to_pass_them_on(ines, backend, world, mailing):
    page = ines.post(f"{backend}/invite", data={"people": "Ann, ann@example.org", "key": "k", "way": "links"})
    assert len(links_of(page)) == 1
    assert mails(world) == []
    ann = one_of(world, "Ann")
    page = ines.post(ann, data={"do": "mail"}, follow_redirects=True)
    assert "is on the way" in page.text
    assert "on its way already" in ines.post(ann, data={"do": "mail"}, follow_redirects=True).text


@pytest.mark.parametrize(
    ("state", "listed", "said"),
    [
        (MailState.FAILED, "mail not sent", "550 No such mailbox &lt;b&gt;"),
        (MailState.UNCERTAIN, "mail maybe sent", "nobody knows whether it took the mail"),
        (MailState.WAITING, "mail on its way", "tried 1 time"),
        (MailState.SENT, "", "sent <time"),
        (MailState.DROPPED, "", "withdrawn or replaced"),
    ],
)
def test_what_became_of_a_mail_is_told(ines, backend, world, mailing, state, listed, said):
    ines.post(f"{backend}/invite", data={"people": "Ann, ann@example.org", "key": "k", "way": "mail"})
    with world.site.app_context(), writing() as session:
        mail = session.scalars(select(Mail)).one()
        mail.state, mail.finished_at, mail.tries, mail.trouble = state, now(), 1, "550 No such mailbox <b>"
    page = ines.get(f"{backend}").text
    assert ("was not sent, or maybe not" in page) == (state in (MailState.FAILED, MailState.UNCERTAIN))
    assert listed in page
    assert listed or "mail not sent" not in page
    ann = ines.get(one_of(world, "Ann")).text
    assert said in ann
    assert "<b>" not in ann
