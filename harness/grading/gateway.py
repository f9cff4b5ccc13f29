"""A way for the examiner to a port inside a box: a UNIX socket of ours, whose bytes a box carries."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.streams import Pump

if TYPE_CHECKING:
    from sandbox.streams import Stream

PIECE = 64 * 1024


class Gateway:
    """Takes connections at ``path``; each gets a stream of its own from ``connect``."""

    def __init__(self, path: Path, connect: Callable[[], Stream]) -> None:
        self._connect = connect
        self._links: list[socket.socket] = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen(64)
        threading.Thread(target=self._serve, name="gateway", daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # closed
            while True:
                link, _ = self._listener.accept()
                self._links.append(link)
                stream = self._connect()
                inward = Pump(link.sendall, partial(hang_up, link))
                stream.attach(inward.put, inward.finish)
                threading.Thread(target=outward, args=(link, stream), name="gateway-out", daemon=True).start()

    def close(self) -> None:
        """Hangs up on everybody."""
        hang_up(self._listener)
        self._listener.close()
        for link in self._links:
            hang_up(link)


def hang_up(link: socket.socket) -> None:
    """Ends both directions; whoever reads sees the end, and closes."""
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def outward(link: socket.socket, stream: Stream) -> None:
    """From the examiner into the box, until either hangs up."""
    with suppress(OSError), link:
        while data := link.recv(PIECE):
            stream.send(data)
    stream.close()
