"""Mails with links, given to a real SMTP server: each arrives once, none is lost, and what is unsure is said to be."""

from __future__ import annotations

import email
import email.policy
import json
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from harness.domain.errors import UsageError
from harness.domain.packs import unpack
from harness.services import assessments, attempts, inviting, mailing, privacy
from harness.services.errors import Refused
from harness.services.inviting import Invitee
from harness.services.tokens import token_digest
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import Assessment, Invitation, Mail, MailState
from harness.worker import outbox
from harness.worker.outbox import Letter
from harness.worker.post import MailServer, Postman, Security, Unsure, deliver, read_mail_server

if TYPE_CHECKING:
    from flask import Flask

BEGINS = "https://assay.example.org/assessment/open/"
PEM = Path(__file__).parent / "mail-server.pem"  # of nobody: made for these tests
ANN = Invitee("Ann Ångström", "ann@example.org")


class Mailbox:
    """What the server does with what it gets: keeps it, or as a test says."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.rcpt = self.data = ""
        self.breaks_off = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data:
            return self.data
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.to += envelope.rcpt_tos
        if self.breaks_off:
            server.transport.abort()
        return "250 OK"

    def links(self) -> list[str]:
        return [re.search(rf"{BEGINS}(\S+)", one.get_content())[1] for one in self.mails]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox) -> Iterator[MailServer]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    controller.start()
    yield at(controller.port)
    controller.stop()


def at(port: int, security: Security = Security.NONE, **more: str) -> MailServer:
    return MailServer("127.0.0.1", port, security, "Hiring", "hiring@example.org", **more)


@pytest.fixture
def send(app, server) -> Callable[[], bool]:
    return sender(app, server)


def sender(app: Flask, server: MailServer) -> Callable[[], bool]:
    """Sends once, as the worker does; what it changed can be seen afterwards."""

    def once() -> bool:
        found = Postman(app, server, threading.Event()).send_once()
        db.session.rollback()
        return found

    return once


@pytest.fixture
def backend(app) -> Assessment:
    return db.session.scalars(select(Assessment)).one()


@pytest.fixture
def ann(backend, owner) -> Invitation:
    ((made, token),) = inviting.invite(backend.id, [ANN], owner.id, mail_from=BEGINS)
    assert token == ""
    return made


def state(of: Invitation) -> MailState:
    db.session.expire_all()
    return mailing.last_of([of.id])[of.id].state


def letter(**more: Any) -> Letter:
    values = {
        "mail": 1,
        "tries": 1,
        "ref": "ref",
        "to_name": "Ann",
        "to": "ann@example.org",
        "subject": "s",
        "text": "t",
        "reply_to": "",
    }
    return Letter(**{**values, **more})


def test_a_mail_brings_a_link_that_works_and_that_is_stored_nowhere(send, mailbox, ann, owner, backend):
    assert state(ann) is MailState.WAITING
    assert send()
    (mail,), (token,) = mailbox.mails, mailbox.links()
    assert mailbox.to == ["ann@example.org"]
    assert mail["To"].addresses[0].display_name == "Ann Ångström"
    assert (mail["From"], mail["Reply-To"]) == ("Hiring <hiring@example.org>", "ines@example.org")
    assert mail["Subject"] == "Your link to “Backend”"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Ines invites you" in mail.get_content()
    assert attempts.find_invitation(token).id == ann.id
    stored = [
        getattr(row, column.name)
        for row in (ann, mailing.last_of([ann.id])[ann.id])
        for column in row.__table__.columns
    ]
    assert not [value for value in stored if token in str(value)]
    assert state(ann) is MailState.SENT
    assert not send()
    assert len(mailbox.mails) == 1


def test_who_has_no_address_gets_no_mail_and_the_list_is_one_deed(backend, owner, send):
    made = inviting.invite(backend.id, [Invitee("Bob"), ANN], owner.id, "click", BEGINS)
    assert [bool(token) for _, token in made] == [True, False]
    for people, key in (
        ([Invitee("Cid", "cid@example.org"), Invitee("Ann", "ann@example.org")], "other"),
        ([ANN], "click"),
    ):
        with pytest.raises(Refused):
            inviting.invite(backend.id, people, owner.id, key, BEGINS)
    assert len(db.session.scalars(select(Mail)).all()) == 1


def test_without_mail_nothing_waits(backend, owner, send):
    inviting.invite(backend.id, [ANN], owner.id)
    assert not send()


def test_what_the_server_takes_later_is_sent_later_and_once(send, mailbox, ann):
    mailbox.rcpt = "451 Try later"
    assert send()
    assert state(ann) is MailState.WAITING
    assert "451 Try later" in mailing.last_of([ann.id])[ann.id].trouble
    assert not send()
    mailbox.rcpt = ""
    with time_machine.travel(now() + outbox.PAUSES[0] + timedelta(seconds=1), tick=False):
        assert send()
    assert state(ann) is MailState.SENT
    (token,) = mailbox.links()
    assert attempts.find_invitation(token).id == ann.id


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_what_is_refused_for_good_is_not_tried_again(send, mailbox, ann, backend, stage):
    setattr(mailbox, stage, "550 No such mailbox")
    assert send()
    assert state(ann) is MailState.FAILED
    assert mailing.troubled(backend.id) == 1
    with time_machine.travel(now() + timedelta(days=9), tick=False):
        assert not send()


def test_a_server_that_is_away_is_asked_again_and_given_up_after_days(app, ann):
    send = sender(app, at(free_port()))
    with time_machine.travel(now(), tick=False) as clock:
        for pause in (*outbox.PAUSES, timedelta()):
            assert send()
            assert not send()
            clock.shift(pause)
    assert state(ann) is MailState.FAILED
    assert mailing.last_of([ann.id])[ann.id].tries == len(outbox.PAUSES) + 1


def test_a_connection_that_breaks_when_the_mail_is_there_is_unsure_and_never_repeated(
    send, mailbox, ann, owner, backend
):
    mailbox.breaks_off = True
    assert send()
    assert state(ann) is MailState.UNCERTAIN
    (token,) = mailbox.links()
    assert attempts.find_invitation(token).id == ann.id  # what may have arrived works
    assert mailing.troubled(backend.id) == 1
    mailbox.breaks_off = False
    with time_machine.travel(now() + timedelta(days=9), tick=False):
        assert not send()
    mailing.send_again(ann.id, owner.id, BEGINS)
    with pytest.raises(Refused, match="on its way"):
        mailing.send_again(ann.id, owner.id, BEGINS)
    assert send()
    assert (state(ann), mailing.troubled(backend.id)) == (MailState.SENT, 0)
    first, second = mailbox.links()
    with pytest.raises(Refused):
        attempts.find_invitation(first)
    assert attempts.find_invitation(second).id == ann.id


def test_a_sender_that_dies_leaves_its_mail_unsure(send, mailbox, ann):
    held = outbox.claim()
    assert state(ann) is MailState.SENDING
    assert not send()
    with time_machine.travel(now() + outbox.LEASE + timedelta(seconds=1), tick=False):
        assert not send()
    assert state(ann) is MailState.UNCERTAIN
    assert not outbox.sent(held)
    assert state(ann) is MailState.UNCERTAIN


def test_several_senders_send_each_mail_once(app, server, mailbox, backend, owner):
    people = [Invitee(f"P{number}", f"p{number}@example.org") for number in range(12)]
    inviting.invite(backend.id, people, owner.id, mail_from=BEGINS)
    db.session.remove()

    def work() -> None:
        while Postman(app, server, threading.Event()).send_once():
            pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(mailbox.to) == sorted(one.email for one in people)


@pytest.mark.parametrize("deed", ["revoke", "new_link"])
def test_a_link_that_was_withdrawn_or_replaced_is_not_mailed(send, mailbox, ann, owner, deed):
    token = getattr(inviting, deed)(ann.id, owner.id)
    assert state(ann) is MailState.DROPPED
    assert not send()
    assert mailbox.mails == []
    if token:
        assert attempts.find_invitation(token).id == ann.id


def test_a_closed_assessment_sends_nothing_any_more(send, mailbox, ann, backend, owner):
    assessments.close(backend.id, owner.id)
    assert not send()
    assert (state(ann), mailbox.mails) == (MailState.DROPPED, [])


def test_a_mail_again_to_somebody_without_address_is_refused(backend, owner):
    ((bob, _),) = inviting.invite(backend.id, [Invitee("Bob")], owner.id)
    with pytest.raises(Refused, match="no address"):
        mailing.send_again(bob.id, owner.id, BEGINS)


def test_of_who_is_erased_no_mail_is_left(ann, owner):
    told = json.loads(unpack(privacy.export(ann))["person.json"])
    assert [one["state"] for one in told["mails"]] == ["waiting"]
    privacy.erase(ann, owner.id)
    assert db.session.scalars(select(Mail)).all() == []


def test_answers_go_to_nobody_whose_account_is_gone(send, mailbox, ann, owner):
    with writing():
        owner.disabled_at = now()
    assert send()
    assert mailbox.mails[0]["Reply-To"] is None
    assert "Ines" not in mailbox.mails[0].get_content()


def test_lines_of_dots_names_and_titles_stay_what_they_are(server, mailbox):
    name, text = 'Ann "x" <evil@example.org>, B', "one\n.\n..two\n.three\n"
    deliver(letter(to_name=name, subject="ä" * 300, text=text), server)
    (mail,) = mailbox.mails
    assert mail.get_content().replace("\r\n", "\n") == text
    assert [(one.display_name, one.addr_spec) for one in mail["To"].addresses] == [(name, "ann@example.org")]
    assert mail["Subject"] == "ä" * 300
    with pytest.raises(ValueError, match="line"):
        deliver(letter(subject="a\nBcc: evil@example.org"), server)
    assert len(mailbox.mails) == 1


def test_an_address_of_other_letters_goes_where_it_can(server, mailbox, monkeypatch):
    deliver(letter(to="ännchen@example.org"), server)
    assert mailbox.to == ["ännchen@example.org"]
    monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda self, name: False)
    with pytest.raises(Exception, match="no address with such letters"):
        deliver(letter(to="ännchen@example.org"), server)


def knock(port: int) -> None:
    context = ssl._create_unverified_context()
    with socket.create_connection(("127.0.0.1", port), 10) as plain, context.wrap_socket(plain) as wrapped:
        wrapped.recv(100)


@pytest.mark.filterwarnings("ignore:Session.login_data", "ignore:Requiring AUTH")  # of the server's own code
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_passwords_and_mails_travel_encrypted_to_a_server_that_is_known(mailbox, monkeypatch, security):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)

    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"us", b"secret"), handled=False)

    way = {"ssl_context": context} if security is Security.TLS else {"tls_context": context, "require_starttls": True}
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=known,
        auth_required=True,
        auth_require_tls=security is Security.STARTTLS,
        **way,
    )
    if security is Security.TLS:  # with which it would ask itself whether it runs
        controller._trigger_server = lambda: knock(controller.port)
    controller.start()
    try:
        ours = at(controller.port, security, user="us", password="secret")
        with pytest.raises(ssl.SSLCertVerificationError):
            deliver(letter(), ours)
        monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
        deliver(letter(), ours)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            deliver(letter(), at(controller.port, security, user="us", password="wrong"))
    finally:
        controller.stop()
    assert len(mailbox.mails) == 1


def test_a_server_that_does_not_answer_in_the_end_is_unsure(mailbox, server):
    mailbox.breaks_off = True
    with pytest.raises(Unsure):
        deliver(letter(), server)


def test_the_mail_server_is_read_from_the_environment():
    assert read_mail_server({}) is None
    read = read_mail_server({"ASSAY_SMTP_HOST": "mail.example.org", "ASSAY_MAIL_FROM": "Hiring <hiring@example.org>"})
    assert read == MailServer("mail.example.org", 587, Security.STARTTLS, "Hiring", "hiring@example.org")
    assert "secret" not in repr(at(25, user="us", password="secret"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ASSAY_MAIL_FROM": ""}, "ASSAY_MAIL_FROM"),
        ({"ASSAY_MAIL_FROM": "nobody"}, "ASSAY_MAIL_FROM"),
        ({"ASSAY_SMTP_SECURITY": "ssl"}, "starttls, tls, none"),
        ({"ASSAY_SMTP_PORT": "mail"}, "ASSAY_SMTP_PORT"),
        ({"ASSAY_SMTP_SECURITY": "none", "ASSAY_SMTP_USER": "us"}, "in the open"),
    ],
)
def test_a_mail_server_that_does_not_fit_is_said(more, said):
    values = {"ASSAY_SMTP_HOST": "mail.example.org", "ASSAY_MAIL_FROM": "hiring@example.org"}
    with pytest.raises(UsageError, match=said):
        read_mail_server(values | more)


def test_a_new_token_is_made_for_each_try(ann):
    first = outbox.claim()
    outbox.again(first, "away")
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        second = outbox.claim()
    tokens = [re.search(rf"{BEGINS}(\S+)", one.text)[1] for one in (first, second)]
    assert tokens[0] != tokens[1]
    assert ann.token_digest == token_digest(tokens[1])
    assert first.ref == second.ref
