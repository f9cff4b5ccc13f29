"""The codec: whatever is cut however, frames come out as they went in; whatever is not a frame is a WireError."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.wire import (
    FRAME_PREFIX,
    MAX_BODY,
    MAX_HEADER,
    MAX_PACKET,
    PACKET_PREFIX,
    Frame,
    FrameDecoder,
    PacketDecoder,
    WireError,
    encode_frame,
    packets,
)

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
frames = st.builds(Frame, st.dictionaries(st.text(), values, max_size=5), st.binary(max_size=300))


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    """``data`` in pieces of the given sizes, over and over."""
    pieces, start, turn = [], 0, 0
    while start < len(data):
        size = sizes[turn % len(sizes)]
        pieces.append(data[start : start + size])
        start, turn = start + size, turn + 1
    return pieces


@given(st.lists(frames, max_size=5), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_frames_survive_any_cutting(sent, sizes):
    data = b"".join(encode_frame(frame.header, frame.body) for frame in sent)
    decoder = FrameDecoder()
    got = [frame for piece in cut(data, sizes) for frame in decoder.feed(piece)]
    assert got == sent
    assert decoder.pending == 0


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.binary(max_size=200)), max_size=6), st.integers(1, 33))
def test_channels_are_told_apart_whatever_the_cutting(sent, size):
    data = b"".join(packet for channel, payload in sent for packet in packets(channel, payload))
    decoder = PacketDecoder()
    streams: dict[int, bytes] = {}
    for piece in cut(data, [size]):
        for channel, part in decoder.feed(piece):
            streams[channel] = streams.get(channel, b"") + bytes(part)
    expected: dict[int, bytes] = {}
    for channel, payload in sent:
        if payload:
            expected[channel] = expected.get(channel, b"") + payload
    assert streams == expected


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_garbage_is_a_wire_error_or_nothing(pieces):
    decoder, lines = FrameDecoder(), PacketDecoder()
    try:
        for piece in pieces:
            list(decoder.feed(piece))
    except WireError:
        pass
    try:
        for piece in pieces:
            list(lines.feed(piece))
    except WireError:
        pass


@given(st.binary(max_size=200))
def test_a_header_that_is_no_json_object_is_refused(text):
    try:
        expected = json.loads(text.decode("utf-8"), parse_constant=lambda name: 1 / 0)
    except (ValueError, ZeroDivisionError):
        expected = None
    decoder = FrameDecoder()
    data = FRAME_PREFIX.pack(len(text), 0) + text
    if isinstance(expected, dict):
        assert [frame.header for frame in decoder.feed(data)] == [expected]
    else:
        with pytest.raises(WireError):
            list(decoder.feed(data))


@pytest.mark.parametrize(("header", "body"), [(MAX_HEADER + 1, 0), (0, MAX_BODY + 1), (2**32 - 1, 2**32 - 1)])
def test_a_frame_over_the_caps_is_refused_by_its_prefix_alone(header, body):
    with pytest.raises(WireError, match="too large"):
        list(FrameDecoder().feed(FRAME_PREFIX.pack(header, body)))


def test_a_packet_over_the_cap_is_refused_by_its_prefix_alone():
    with pytest.raises(WireError, match="too large"):
        list(PacketDecoder().feed(PACKET_PREFIX.pack(1, MAX_PACKET + 1)))


def test_json_nested_beyond_recursion_is_refused():
    text = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    with pytest.raises(WireError):
        list(FrameDecoder(max_header=len(text)).feed(FRAME_PREFIX.pack(len(text), 0) + text))


@pytest.mark.parametrize("header", [{"a": float("nan")}, {"a": object()}, {"a": "x" * MAX_HEADER}])
def test_what_can_not_be_sent_is_said_before_it_is_sent(header):
    with pytest.raises(WireError):
        encode_frame(header)
