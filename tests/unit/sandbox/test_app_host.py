"""The program that serves a submission's app, without a container."""

import select
import socket
import sys

import pytest

from sandbox.inside import app_host
from sandbox.wire import FrameDecoder, encode_frame


class Printer:
    """A standard output that says, at each flush, whether an answer was to be had already."""

    def __init__(self, harness: socket.socket) -> None:
        self.harness = harness
        self.answered: list[bool] = []

    def flush(self) -> None:
        self.answered.append(bool(select.select([self.harness], [], [], 0)[0]))


class Broken:
    """What a submission may put in place of its standard output."""

    def flush(self) -> None:
        raise ValueError("I/O operation on closed file")


def ask_once(monkeypatch: pytest.MonkeyPatch, harness: socket.socket, theirs: socket.socket, output: object) -> dict:
    harness.sendall(encode_frame({"op": "sql_stop", "id": 1}))
    harness.shutdown(socket.SHUT_WR)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", output)
        app_host.run({}, theirs)
    frame = next(FrameDecoder().feed(harness.recv(1 << 16)))
    return frame.header


@pytest.fixture
def ends():
    harness, theirs = socket.socketpair()
    with harness, theirs:
        yield harness, theirs


def test_what_was_printed_is_out_before_the_answer(monkeypatch, ends):
    """Whoever has the last answer may end the process, and would lose what it still holds."""
    printer = Printer(ends[0])
    assert ask_once(monkeypatch, *ends, printer)["ok"] is True
    assert printer.answered == [False]


def test_a_closed_output_costs_no_answer(monkeypatch, ends):
    assert ask_once(monkeypatch, *ends, Broken())["ok"] is True
