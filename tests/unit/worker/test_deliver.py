"""Webhooks: what is told with an event, how it is signed and sent, and to whom it is not."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from sqlalchemy import select

from harness.services import attempts, decisions, hooks
from harness.services.errors import Refused
from harness.services.hooks import HookEvent
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Delivery, Part, Role
from harness.worker import deliver
from tests.unit.platform_fixtures import TOKEN

ALL = [one.value for one in HookEvent]


class Receiver:
    """A program on loopback that keeps what it is told, and answers with ``status``."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.told.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/assay?from=us"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def hook(owner, receiver):
    return hooks.create(owner, receiver.url, ALL)


def begin():
    return attempts.begin(attempts.find_invitation(TOKEN).id)


def test_a_message_is_signed_names_things_by_their_ref_and_holds_no_name(hook, receiver):
    attempt = begin()
    assert deliver.deliver_due(private=True) == 1
    ((headers, body),) = receiver.told
    told = json.loads(body)
    assert (told["event"], told["attempt"]) == ("attempt.started", attempt.ref)
    assert "Nora" not in body.decode()
    moment, _, signed = headers["Assay-Signature"].partition(",v1=")
    moment = moment.removeprefix("t=")
    assert signed == hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Assay-Delivery"] == told["id"]
    (kept,) = hooks.deliveries(hook.user_id)
    assert (kept.outcome, kept.due_at) == ("answered 204", None)
    assert deliver.deliver_due(private=True) == 0


def test_each_event_is_told_once(sitting, hook, owner, receiver):
    sitting.hand_in()
    sitting.end()
    sitting.grade()
    decisions.decide(sitting.attempt.invitation_id, "advance", "Knows what they do.", owner.id)
    deliver.deliver_due(private=True)
    events = sorted(json.loads(body)["event"] for _, body in receiver.told)
    assert events == ["attempt.ended", "decision.made", "submission.graded"]


def test_only_who_may_read_an_assessment_is_told_and_only_what_they_chose(owner, add_user, receiver):
    hooks.create(add_user(Role.INTERVIEWER), receiver.url, ALL)
    hooks.create(add_user(Role.ADMINISTRATOR), receiver.url, ["attempt.started"])
    attempt = begin()
    attempts.start_part(attempt.id, Part.QUESTIONS)
    assert len(db.session.scalars(select(Delivery)).all()) == 1


def test_what_does_not_arrive_is_tried_again_with_growing_pauses_and_then_given_up(hook, receiver):
    receiver.status = 500
    begin()
    moment = now()
    for pause in (timedelta(0), *hooks.PAUSES):
        moment += pause + timedelta(seconds=1)
        with time_machine.travel(moment, tick=False):
            assert deliver.deliver_due(private=True) == 1
            assert deliver.deliver_due(private=True) == 0
    (kept,) = hooks.deliveries(hook.user_id)
    assert (kept.due_at, kept.arrived_at, kept.outcome) == (None, None, "answered 500")
    receiver.status = 200
    hooks.send_again(hook.user_id, kept.ref)
    assert deliver.deliver_due(private=True) == 1
    db.session.expire_all()
    assert kept.arrived_at is not None


def test_a_redirect_is_not_followed(hook, receiver):
    receiver.status = 302
    begin()
    deliver.deliver_due(private=True)
    assert len(receiver.told) == 1
    assert hooks.deliveries(hook.user_id)[0].outcome == "answered 302"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "0.0.0.0"])
def test_addresses_within_a_network_are_not_told(owner, host):
    hook = hooks.create(owner, f"http://{host}:9/", ALL)
    begin()
    deliver.deliver_due(private=False)
    assert hooks.deliveries(hook.user_id)[0].outcome.startswith("NotAllowed")


def test_who_is_gone_is_no_fault_of_the_others(owner, receiver):
    for url in ("http://127.0.0.1:1/", receiver.url):
        hooks.create(owner, url, ALL)
    begin()
    assert deliver.deliver_due(private=True) == 2
    assert len(receiver.told) == 1


@pytest.mark.parametrize(
    "url", ["", "hr.example.org", "ftp://hr.example.org/", "https://", "https://me:secret@hr.example.org/"]
)
def test_what_is_no_address_is_refused(owner, url):
    with pytest.raises(Refused):
        hooks.create(owner, url, ALL)


def test_an_event_that_does_not_happen_tells_nothing(hook, ended, owner):
    before = len(hooks.deliveries(owner.id))
    with pytest.raises(Refused):
        decisions.decide(ended.attempt.invitation_id, "advance", "no", owner.id)
    assert len(hooks.deliveries(owner.id)) == before
