"""Connections inside a box, seen from outside."""

import threading

from sandbox.streams import MOST_PIECES, Pump, Stream


class Carrier:
    def __init__(self):
        self.sent = []
        self.hung_up = []

    def send(self, channel, data):
        self.sent.append((channel, data))

    def hang_up(self, channel):
        self.hung_up.append(channel)


def test_what_came_before_somebody_attached_is_not_lost():
    stream, heard = Stream(Carrier(), 1), []
    stream.take(b"a")
    stream.attach(heard.append, lambda: heard.append("end"))
    stream.take(b"b")
    stream.end("closed")
    assert heard == [b"a", b"b", "end"]


def test_an_end_before_somebody_attached_is_told_once():
    stream, heard = Stream(Carrier(), 1), []
    stream.end("refused")
    stream.end("again")
    stream.attach(heard.append, lambda: heard.append("end"))
    assert (heard, stream.why, stream.wait(0)) == (["end"], "refused", False)


def test_a_connection_that_came_about_is_waited_for():
    stream = Stream(Carrier(), 1)
    assert not stream.wait(0)
    stream.open()
    assert stream.wait(0)


def test_a_pump_passes_on_in_order_and_says_that_it_is_done():
    got, done = [], threading.Event()
    pump = Pump(got.append, done.set)
    for piece in (b"a", b"b", b"c"):
        pump.put(piece)
    pump.finish()
    assert done.wait(5)
    assert got == [b"a", b"b", b"c"]


def test_a_receiver_that_is_stuck_keeps_nobody_waiting():
    stuck, done = threading.Event(), threading.Event()
    pump = Pump(lambda data: stuck.wait(5), done.set)
    for _ in range(MOST_PIECES + 10):
        pump.put(b"a")
    pump.finish()
    stuck.set()
    assert done.wait(5)


def test_a_receiver_that_is_gone_ends_the_pump():
    def gone(data):
        raise BrokenPipeError

    done = threading.Event()
    Pump(gone, done.set).put(b"a")
    assert done.wait(5)
