"""Redis's protocol, as far as a test needs it: commands that were sent, and one command with its answer.

https://redis.io/docs/latest/develop/reference/protocol-spec/
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

END = b"\r\n"


class RedisError(Exception):
    """Redis answered with an error."""


class Unfinished(Exception):
    """More bytes are to come."""


def line(data: bytes, start: int) -> tuple[bytes, int]:
    """The line that begins at ``start``, and where the next one does. Raises Unfinished."""
    end = data.find(END, start)
    if end < 0:
        raise Unfinished
    return data[start:end], end + len(END)


def value(data: bytes, start: int = 0) -> tuple[Any, int]:
    """The value that begins at ``start``, and where it ends. Raises Unfinished; an error is given as RedisError."""
    head, after = line(data, start)
    kind, rest = head[:1], head[1:]
    if kind == b"$":
        size = int(rest)
        if size < 0:
            return None, after
        if len(data) < after + size + len(END):
            raise Unfinished
        return data[after : after + size], after + size + len(END)
    if kind == b"*":
        items = []
        for _ in range(int(rest)):
            item, after = value(data, after)
            items.append(item)
        return items, after
    if kind == b"-":
        return RedisError(rest.decode()), after
    return int(rest) if kind == b":" else rest, after


class Commands:
    """Commands that clients send."""

    @staticmethod
    def parse(chunks: Iterable[tuple[int, bytes]]) -> list[list[str]]:
        """The whole commands in ``(connection, bytes)`` chunks, in the order in which they were complete."""
        waiting: dict[int, bytes] = {}
        found: list[list[str]] = []
        for connection, data in chunks:
            waiting[connection] = waiting.get(connection, b"") + data
            commands, waiting[connection] = Commands._cut(waiting[connection])
            found += commands
        return found

    @staticmethod
    def _cut(data: bytes) -> tuple[list[list[str]], bytes]:
        found: list[list[str]] = []
        start = 0
        try:
            while start < len(data):
                parts, start = value(data, start)
                name, *rest = Commands._texts(parts)
                found.append([name.upper(), *rest])
        except (Unfinished, ValueError, TypeError):  # the rest comes later, or was never RESP
            pass
        return found, data[start:]

    @staticmethod
    def _texts(parts: Any) -> Iterator[str]:
        return (part.decode("utf-8", "backslashreplace") for part in parts)

    @staticmethod
    def exchange(link: socket.socket, command: Sequence[str | bytes | int]) -> Any:
        """Sends one command and gives the answer. Raises RedisError, OSError."""
        parts = [part if isinstance(part, bytes) else str(part).encode() for part in command]
        link.sendall(b"".join([b"*%d\r\n" % len(parts), *(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)]))
        data = b""
        while True:
            piece = link.recv(1 << 16)
            if not piece:
                raise ConnectionError("Redis hung up")
            data += piece
            try:
                answer, _ = value(data)
            except Unfinished:
                continue
            if isinstance(answer, RedisError):
                raise answer
            return answer
