"""Joins a port inside one box with a port inside another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.streams import Pump, Stream

if TYPE_CHECKING:
    from sandbox.box import Box


class Relay:
    """Joins ``port`` inside ``near``, where we listen, with ``far_port`` inside ``far``, where a server does.

    ``seen(number, data)`` gets what clients send, with a number per connection.
    """

    def __init__(
        self, near: Box, port: int, far: Box, far_port: int, seen: Callable[[int, bytes], None] = lambda n, d: None
    ) -> None:
        self._near, self._port, self._far, self._far_port, self._seen = near, port, far, far_port, seen
        self._pairs: list[tuple[Stream, Stream]] = []
        self._open = False

    def open(self, seconds: float) -> None:
        """Listens, unless it does already. Raises SandboxError where the port is taken."""
        if not self._open:
            self._near.listen(self._port, self._accepted, seconds)
            self._open = True

    def _accepted(self, client: Stream) -> None:
        server = self._far.connect(self._far_port)
        self._pairs.append((client, server))
        there, back = Pump(server.send, server.close), Pump(client.send, client.close)

        def from_client(data: bytes) -> None:
            self._seen(client.number, data)
            there.put(data)

        client.attach(from_client, there.finish)
        server.attach(back.put, back.finish)

    def cut(self) -> None:
        """Ends every connection and refuses new ones, as if the server were down."""
        self._near.unlisten(self._port)
        self._open = False
        pairs, self._pairs = self._pairs, []
        for client, server in pairs:
            client.close()
            server.close()
