"""Gives mails to a mail server, one after another, until it is asked to end."""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.domain.errors import UsageError
from harness.reports.inert import inert_line
from harness.store.columns import now
from harness.worker import outbox

if TYPE_CHECKING:
    from flask import Flask

    from harness.worker.outbox import Letter

IDLE_SECONDS = 1.0  # between two looks at an empty outbox
PATIENCE = 30.0  # seconds for each answer of the mail server
LOOPBACK = ("127.0.0.1", "localhost", "::1")
log = logging.getLogger(__name__)


class Security(StrEnum):
    """How the way to the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


class Unsure(Exception):
    """The connection broke when the server had all of the mail, and before it said whether it took it."""


class Refusal(Exception):
    """The server did not take it. ``for_good``: it never will."""

    def __init__(self, code: int, answer: bytes, *, for_good: bool = False) -> None:
        super().__init__(f"{code} {answer.decode('utf-8', 'replace')}")
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails go, and in whose name."""

    host: str
    port: int
    security: Security
    sender_name: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def connect(self) -> smtplib.SMTP:
        """A connection that is ready for a mail. Raises SMTPException, OSError."""
        if self.security is Security.TLS:
            return self._ready(
                smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=ssl.create_default_context())
            )
        return self._ready(smtplib.SMTP(self.host, self.port, timeout=PATIENCE))

    def _ready(self, smtp: smtplib.SMTP) -> smtplib.SMTP:
        try:
            if self.security is Security.STARTTLS:
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if self.user:
                smtp.login(self.user, self.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


def read_mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The mail server that the environment names; None where it names none. Raises UsageError."""
    host = environment.get("ASSAY_SMTP_HOST", "")
    if not host:
        return None
    name, sender = parseaddr(environment.get("ASSAY_MAIL_FROM", ""))
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", sender) or not sender.isascii():
        raise UsageError("ASSAY_MAIL_FROM says in whose name mails go, such as 'Hiring <hiring@example.org>'.")
    security = environment.get("ASSAY_SMTP_SECURITY") or Security.STARTTLS
    if security not in list(Security):
        raise UsageError(f"ASSAY_SMTP_SECURITY is {security!r}; it is one of {', '.join(Security)}.")
    port = environment.get("ASSAY_SMTP_PORT") or str(PORTS[Security(security)])
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"ASSAY_SMTP_PORT is {port!r}; it is a number from 1 to 65535.")
    user, password = environment.get("ASSAY_SMTP_USER", ""), environment.get("ASSAY_SMTP_PASSWORD", "")
    if user and security == Security.NONE and host not in LOOPBACK:
        raise UsageError("ASSAY_SMTP_SECURITY is none: the password would travel in the open. Use starttls or tls.")
    return MailServer(host, int(port), Security(security), name, sender, user, password)


def message_of(letter: Letter, server: MailServer) -> EmailMessage:
    """The mail as it travels. Raises ValueError, MessageError for what no header can hold."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(server.sender, server.sender_name)
    message["To"] = _address(letter.to, letter.to_name)
    if letter.reply_to and letter.reply_to.isascii():
        message["Reply-To"] = _address(letter.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.ref}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    return message


def _address(text: str, name: str = "") -> Address:
    local, _, domain = text.rpartition("@")
    return Address(name, local, domain)


def deliver(letter: Letter, server: MailServer) -> None:
    """Gives the mail to the server. Raises Refusal, Unsure, SMTPException, OSError, ValueError, MessageError."""
    wide = not letter.to.isascii()
    data = message_of(letter, server).as_bytes(policy=SMTPUTF8 if wide else SMTP)
    smtp = server.connect()
    try:
        if wide and not smtp.has_extn("smtputf8"):
            raise Refusal(553, b"The mail server takes no address with such letters.", for_good=True)
        _expect(smtp.mail(server.sender, ["SMTPUTF8"] if wide else ()), 250)
        _expect(smtp.rcpt(letter.to), 250, 251)
        _expect(smtp.docmd("data"), 354)
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", data) + b".\r\n")
            answer = smtp.getreply()
        except OSError as error:  # SMTPServerDisconnected is one, too
            raise Unsure(str(error)) from error
        _expect(answer, 250)
        with suppress(smtplib.SMTPException, OSError):  # it has the mail, and what it says to our leaving is its own
            smtp.quit()
    finally:
        smtp.close()


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, text = answer
    if code not in codes:
        raise Refusal(code, text, for_good=500 <= code < 600)


class Postman:
    """Sends what the outbox holds, one mail at a time. Several may run, in one process or many."""

    def __init__(self, app: Flask, server: MailServer, stopping: threading.Event) -> None:
        self.app = app
        self.server = server
        self.stopping = stopping

    def run(self) -> None:
        """Works until ``stopping`` is set; the mail in hand is finished first."""
        while not self.stopping.is_set():
            try:
                if not self.send_once():
                    self.stopping.wait(IDLE_SECONDS)
            except Exception:  # a database that is away comes back
                log.exception("could not look into the outbox")
                self.stopping.wait(IDLE_SECONDS)

    def send_once(self) -> bool:
        """Sends one mail, or tries to; False when there was none."""
        with self.app.app_context():
            letter = outbox.claim()
            if letter is None:
                return False
            self._send(letter)
            return True

    def _send(self, letter: Letter) -> None:
        try:
            deliver(letter, self.server)
        except Unsure as error:
            outbox.uncertain(letter, inert_line(str(error)))
            log.warning("nobody knows whether a mail was taken", extra={"mail": letter.ref})
        except Refusal as error:
            (outbox.failed if error.for_good else outbox.again)(letter, inert_line(str(error)))
            log.warning("a mail was refused", extra={"mail": letter.ref, "for_good": error.for_good})
        except (ValueError, MessageError) as error:
            outbox.failed(letter, inert_line(str(error)))
        except OSError as error:  # also every other word of the server, such as about who we are
            outbox.again(letter, inert_line(str(error)))
            log.warning("the mail server can't be used", extra={"mail": letter.ref, "trouble": str(error)})
        else:
            outbox.sent(letter)
            log.info("mail sent", extra={"mail": letter.ref})
