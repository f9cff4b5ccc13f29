"""The wire: one byte stream each way, cut into packets of numbered channels, which carry frames.

Two layers, so that whoever relays never has to understand:

- A *packet* is ``channel (u32) | length (u32) | payload``. Each channel is a byte stream of its own. Channel 0 is the
  agent's; the others belong to the processes that it started.
- A *frame* is ``header length (u32) | body length (u32) | header | body``, within one channel's stream. The header is
  a JSON object, the body raw bytes.

Numbers are big-endian. Everything is capped, nothing is unpickled. This module is also copied into the image: it needs
the standard library only.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

PACKET_PREFIX = struct.Struct("!II")
FRAME_PREFIX = struct.Struct("!II")
MAX_PACKET = 64 * 1024
MAX_HEADER = 256 * 1024
MAX_BODY = 4 * 1024 * 1024
CONTROL = 0
OUTPUT_BIT = 1 << 31  # channel | OUTPUT_BIT carries what the channel's process printed
STREAM_BIT = 1 << 30  # in the numbers of channels that the agent opens: connections that something inside made


class WireError(Exception):
    """The other side sent something that is no well-formed packet or frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: a JSON object and raw bytes."""

    header: dict[str, Any]
    body: bytes = field(default=b"", repr=False)


def packets(channel: int, data: bytes | memoryview) -> Iterator[bytes]:
    """``data`` cut into packets of ``channel``."""
    view = memoryview(data)
    for start in range(0, len(view), MAX_PACKET):
        piece = view[start : start + MAX_PACKET]
        yield PACKET_PREFIX.pack(channel, len(piece)) + piece


def encode_frame(header: dict[str, Any], body: bytes = b"") -> bytes:
    """The bytes of a frame. Raises WireError when it is over the caps or not JSON."""
    try:
        text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON: {error}") from None
    if len(text) > MAX_HEADER or len(body) > MAX_BODY:
        raise WireError(f"the frame is too large: header {len(text)}, body {len(body)} bytes")
    return FRAME_PREFIX.pack(len(text), len(body)) + text + body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _decode_header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON: {type(error).__name__}") from None
    if not isinstance(header, dict):
        raise WireError("the header is not a JSON object")
    return header


class FrameDecoder:
    """Takes bytes as they come, gives whole frames. After a WireError it is of no more use."""

    def __init__(self, max_header: int = MAX_HEADER, max_body: int = MAX_BODY) -> None:
        self._buffer = bytearray()
        self._max_header = max_header
        self._max_body = max_body

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished frame are held."""
        return len(self._buffer)

    def feed(self, data: bytes | memoryview) -> Iterator[Frame]:
        """Frames that ``data`` completes. Raises WireError as soon as a prefix is over a cap."""
        self._buffer += data
        while len(self._buffer) >= FRAME_PREFIX.size:
            header_size, body_size = FRAME_PREFIX.unpack_from(self._buffer)
            if header_size > self._max_header or body_size > self._max_body:
                raise WireError(f"a frame is too large: header {header_size}, body {body_size} bytes")
            start = FRAME_PREFIX.size + header_size
            if len(self._buffer) < start + body_size:
                return
            header = _decode_header(bytes(self._buffer[FRAME_PREFIX.size : start]))
            body = bytes(self._buffer[start : start + body_size])
            del self._buffer[: start + body_size]
            yield Frame(header, body)


class PacketDecoder:
    """Takes bytes as they come, gives (channel, payload) pieces; a packet may come in several pieces.

    A piece is a view into what was fed: use it before the next call. Nothing is kept but an unfinished prefix.
    """

    def __init__(self) -> None:
        self._prefix = bytearray()
        self._channel = 0
        self._left = 0

    def feed(self, data: bytes | memoryview) -> Iterator[tuple[int, memoryview]]:
        """Pieces of payload. Raises WireError when a packet is over the cap."""
        view = memoryview(data)
        while view:
            if not self._left:
                take = PACKET_PREFIX.size - len(self._prefix)
                self._prefix += view[:take]
                view = view[take:]
                if len(self._prefix) < PACKET_PREFIX.size:
                    return
                self._channel, self._left = PACKET_PREFIX.unpack(self._prefix)
                self._prefix.clear()
                if self._left > MAX_PACKET:
                    raise WireError(f"a packet is too large: {self._left} bytes")
                continue
            piece = view[: self._left]
            self._left -= len(piece)
            view = view[len(piece) :]
            yield self._channel, piece
