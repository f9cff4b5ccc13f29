"""Frames over a local socket: how the harness and an examiner speak. Blocking, one reader at each end."""

from __future__ import annotations

import socket
import time
from collections import deque
from typing import Any

from sandbox.wire import MAX_BODY, MAX_HEADER, Frame, FrameDecoder, encode_frame

ROOM = 2  # an examiner wraps an answer's header in one of its own


class Talk:
    """One end. Closing it is how either side notices that the other is gone."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self._decoder = FrameDecoder(MAX_HEADER * ROOM, MAX_BODY)
        self._ready: deque[Frame] = deque()

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Sends a frame. Raises OSError when the other side is gone."""
        self.link.settimeout(None)
        self.link.sendall(encode_frame(header, body))

    def receive(self, seconds: float | None = None) -> Frame | None:
        """The next frame, or None when the other side is gone. Raises TimeoutError, WireError."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self._ready:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self.link.settimeout(left)
            try:
                data = self.link.recv(1 << 16)
            except ConnectionResetError:
                data = b""
            if not data:
                return None
            self._ready.extend(self._decoder.feed(data))
        return self._ready.popleft()

    def close(self) -> None:
        self.link.close()
