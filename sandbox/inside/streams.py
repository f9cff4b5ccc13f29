"""TCP on the container's loopback, carried over the wire: the agent listens or connects, and relays bytes.

A stream is a channel without frames. Those that the agent opens, because something inside connected to a port it
listens on, have numbers with ``STREAM_BIT``.
"""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from sandbox.wire import STREAM_BIT

LOOPBACK = "127.0.0.1"
CONNECT_SECONDS = 2.0
MOST_STREAMS = 128  # open at once; a descriptor each
STUCK_SECONDS = 5.0  # a peer that reads nothing for so long is hung up on


class Relay(Protocol):
    """What streams need of the agent."""

    buffer: bytearray

    def watch(self, descriptor: int, handler: Callable[[], None]) -> None: ...
    def forget(self, descriptor: int) -> None: ...
    def forward(self, channel: int, size: int) -> None: ...
    def tell(self, header: dict[str, Any]) -> None: ...


class Streams:
    """The agent's listeners and connections."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._listeners: dict[int, socket.socket] = {}  # by port
        self._links: dict[int, socket.socket] = {}  # by channel
        self._numbers = itertools.count(1)

    def __contains__(self, channel: int) -> bool:
        return channel in self._links

    def listen(self, port: int) -> None:
        """Takes connections to ``port`` from inside; says ``listening``, or why not."""
        try:
            listener = socket.create_server((LOOPBACK, port))
        except OSError as error:
            self._relay.tell({"op": "listening", "port": port, "ok": False, "why": str(error)})
            return
        listener.setblocking(False)
        self._listeners[port] = listener
        self._relay.watch(listener.fileno(), lambda: self._accept(port))
        self._relay.tell({"op": "listening", "port": port, "ok": True, "why": ""})

    def unlisten(self, port: int) -> None:
        """From now on connections to ``port`` are refused."""
        if listener := self._listeners.pop(port, None):
            self._relay.forget(listener.fileno())
            listener.close()

    def _accept(self, port: int) -> None:
        try:
            link, _ = self._listeners[port].accept()
        except OSError:
            return
        if len(self._links) >= MOST_STREAMS:
            link.close()
            return
        channel = STREAM_BIT | next(self._numbers)
        self._add(channel, link)
        self._relay.tell({"op": "accepted", "port": port, "channel": channel})

    def connect(self, channel: int, port: int) -> None:
        """Connects to ``port``, where something inside listens; says ``connected`` or ``closed``."""
        try:
            if len(self._links) >= MOST_STREAMS:
                raise OSError("too many connections")
            link = socket.create_connection((LOOPBACK, port), CONNECT_SECONDS)
        except OSError as error:
            self._relay.tell({"op": "closed", "channel": channel, "why": str(error)})
            return
        self._add(channel, link)
        self._relay.tell({"op": "connected", "channel": channel})

    def _add(self, channel: int, link: socket.socket) -> None:
        link.settimeout(STUCK_SECONDS)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._links[channel] = link
        self._relay.watch(link.fileno(), lambda: self._relay_from(channel))

    def take(self, channel: int, piece: memoryview) -> None:
        """Bytes for a stream, from outside."""
        try:
            self._links[channel].sendall(piece)
        except OSError as error:
            self.close(channel, str(error))

    def _relay_from(self, channel: int) -> None:
        try:
            size = self._links[channel].recv_into(self._relay.buffer, len(self._relay.buffer), socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            size = 0
        if size:
            self._relay.forward(channel, size)
        else:
            self.close(channel, "end")

    def close(self, channel: int, why: str = "") -> None:
        """Hangs up; with ``why`` the other side is told."""
        if link := self._links.pop(channel, None):
            self._relay.forget(link.fileno())
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            link.close()
            if why:
                self._relay.tell({"op": "closed", "channel": channel, "why": why})

    def clear(self) -> None:
        """Closes everything."""
        for port in list(self._listeners):
            self.unlisten(port)
        for channel in list(self._links):
            self.close(channel)
