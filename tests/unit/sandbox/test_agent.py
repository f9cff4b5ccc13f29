"""The agent's relaying, in this process: what comes in and what goes out never meet, and nothing blocks."""

import os
import socket

import pytest

from sandbox.inside.agent import Agent, Child
from sandbox.wire import CONTROL, OUTPUT_BIT, FrameDecoder, PacketDecoder, encode_frame, packets

PROGRAM, OTHER = 7, 8
PRINTED = b"a line of output\n" * 200


@pytest.fixture
def agent():
    """An agent whose wire is two pipes, with the outer ends as ``order`` and ``told``."""
    made = Agent({"work": "/nowhere", "output_flood": 1_000_000})
    made.wire_in, made.order = os.pipe()
    made.told, made.wire_out = os.pipe()
    yield made
    made.selector.close()
    for child in made.children.values():
        child.link.close()
        os.close(child.output)
    for descriptor in (made.wire_in, made.order, made.told, made.wire_out):
        os.close(descriptor)


@pytest.fixture
def program(agent):
    """Adds a program; gives our end of its socket, and where it prints."""
    opened = []

    def add(channel):
        link, end = socket.socketpair()
        output, printing = os.pipe()
        os.set_blocking(output, False)
        child = agent.children[channel] = Child(os.getpid(), channel, link, output)
        agent.watch(output, lambda: agent.relay_output(child))
        end.settimeout(5)
        opened.append((end, printing))
        return end, printing

    yield add
    for end, printing in opened:
        end.close()
        os.close(printing)


def told(agent):
    """What the agent has sent so far: frames of the control channel, and bytes by channel."""
    frames, by_channel, control = [], {}, FrameDecoder()
    for channel, piece in PacketDecoder().feed(memoryview(os.read(agent.told, 65536))):
        if channel == CONTROL:
            frames += [frame.header for frame in control.feed(piece)]
        else:
            by_channel[channel] = by_channel.get(channel, b"") + bytes(piece)
    return frames, by_channel


def test_orders_behind_a_look_are_read_as_they_were_sent(agent, program):
    _, printing = program(PROGRAM)
    end, _ = program(OTHER)
    os.write(printing, PRINTED)
    look = encode_frame({"op": "look", "channel": PROGRAM})
    os.write(agent.order, b"".join(packets(CONTROL, look)) + b"".join(packets(OTHER, b"for the other program")))
    agent.read_wire()
    assert end.recv(100) == b"for the other program"


def test_output_that_was_read_by_a_look_is_not_waited_for_again(agent, program):
    _, printing = program(PROGRAM)
    os.write(printing, PRINTED)
    agent.look(PROGRAM)
    agent.relay_output(agent.children[PROGRAM])  # the round's handler, whose output is gone
    frames, by_channel = told(agent)
    assert [frame["op"] for frame in frames] == ["looked"]
    assert by_channel == {PROGRAM | OUTPUT_BIT: PRINTED}
