"""One started process of a box, seen from outside: frames go to it and come from it, and its end is an answer."""

from __future__ import annotations

import contextlib
import itertools
import queue
from typing import Any, Protocol

from sandbox.result import Answer, Status
from sandbox.wire import Frame, FrameDecoder, WireError, encode_frame

MAX_QUEUED = 64  # frames that a channel may hold unread


class Carrier(Protocol):
    """What a channel needs of its box."""

    def send(self, channel: int, data: bytes) -> None: ...
    def kill(self, channel: int, why: str) -> None: ...


class Channel:
    """One started process. ``call`` sends a frame and waits for its answer."""

    def __init__(self, box: Carrier, number: int) -> None:
        self.number = number
        self._box = box
        self._decoder = FrameDecoder()
        self._inbox: queue.Queue[Frame | Answer] = queue.Queue()
        self._numbers = itertools.count(1)
        self._end: Answer | None = None
        self.printed = bytearray()  # the first of what it printed, as the box keeps it

    def take(self, data: memoryview) -> None:
        """From the reader thread: bytes of this channel."""
        if self._end is not None:
            return
        try:
            for frame in self._decoder.feed(data):
                if self._inbox.qsize() >= MAX_QUEUED:
                    raise WireError("more frames than anybody asked for")
                self._inbox.put(frame)
        except WireError as error:
            self.stop(Answer(Status.PROTOCOL, detail=str(error)))
            self._box.kill(self.number, "protocol")

    def stop(self, answer: Answer) -> None:
        """Nothing more comes: ``answer`` says why. The first reason stands."""
        if self._end is None:
            self._end = answer
            self._inbox.put(answer)

    @property
    def ended(self) -> Answer | None:
        """Why nothing more comes, or None while the process runs."""
        return self._end

    def wait(self, seconds: float) -> Answer | None:
        """How the process ended, or None where it still runs after ``seconds``: nothing is done to it then."""
        with contextlib.suppress(queue.Empty):
            self._inbox.put(self._inbox.get(timeout=max(seconds, 0.001)))
        return self._end

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        """Sends a frame; that the process is gone shows in the next ``receive``."""
        self._box.send(self.number, encode_frame(header, body))

    def receive(self, seconds: float) -> Answer:
        """The next frame, or why there is none within ``seconds``."""
        try:
            got = self._inbox.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            self._box.kill(self.number, "time")
            self.stop(Answer(Status.TIME, detail=f"{seconds:g} s"))
            return Answer(Status.TIME, detail=f"{seconds:g} s")
        if isinstance(got, Answer):
            self._inbox.put(got)
            return got
        return Answer(Status.FINISHED, got.header, got.body)

    def call(self, header: dict[str, Any], body: bytes = b"", *, seconds: float) -> Answer:
        """Sends an operation and waits for the answer with its number; another number is a breach of protocol."""
        number = next(self._numbers)
        self.send({**header, "id": number}, body)
        answer = self.receive(seconds)
        if answer.finished and answer.header.get("id") != number:
            self._box.kill(self.number, "protocol")
            self.stop(Answer(Status.PROTOCOL))
            return Answer(Status.PROTOCOL, detail="an answer that nobody asked for")
        return answer
