"""A child's end of its channel: frames in, frames out."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Iterator
from typing import Any

from sandbox.wire import MAX_BODY, MAX_HEADER, Frame, FrameDecoder, WireError, encode_frame

MAX_TEXT = 16 * 1024


class Link:
    """Speaks frames over a socket."""

    def __init__(self, link: socket.socket) -> None:
        self._socket = link
        self._decoder = FrameDecoder()

    def frames(self) -> Iterator[Frame]:
        """What comes in, until the other side closes."""
        while data := self._socket.recv(64 * 1024):
            yield from self._decoder.feed(data)

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Sends one frame; an answer that is over the caps is replaced by one that says so."""
        try:
            data = encode_frame(header, body)
        except WireError as error:
            trouble = {"kind": "output", "type": "WireError", "message": str(error), "traceback": ""}
            data = encode_frame({"id": header.get("id"), "ok": False, "error": trouble})
        self._socket.sendall(data)


def describe(error: BaseException, kind: str) -> dict[str, str]:
    """An exception as data; frames of ours at the top of its traceback are left out."""
    trace = error.__traceback__
    while trace is not None and "/sandbox/inside/" in trace.tb_frame.f_code.co_filename:
        trace = trace.tb_next
    try:
        message = str(error)
    except Exception:
        message = "(its message can't be shown)"
    try:
        text = "".join(traceback.format_exception(type(error), error, trace))
    except Exception:
        text = f"{type(error).__name__}: {message}"
    return {
        "kind": kind,
        "type": type(error).__name__,
        "message": message[:MAX_TEXT],
        "traceback": text[-MAX_TEXT:],
    }


__all__ = ["MAX_BODY", "MAX_HEADER", "Link", "describe"]
