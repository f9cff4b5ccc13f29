"""A started container as its user sees it: files go in, programs run, and how they ended comes out.

A thread reads the wire all the time and sorts what comes by channel, so that nothing inside can block us; each channel
holds a bounded amount. Nothing that the container says or fails to say raises: an ``Answer`` has a status.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from sandbox.channel import Channel
from sandbox.errors import SandboxError
from sandbox.result import Aftermath, Answer, Source, Status
from sandbox.streams import Stream
from sandbox.wire import (
    CONTROL,
    MAX_BODY,
    OUTPUT_BIT,
    FrameDecoder,
    PacketDecoder,
    WireError,
    encode_frame,
    packets,
)

if TYPE_CHECKING:
    from sandbox.limits import Limits

FILES_PER_FRAME = 200
MOST_STREAMS = 512  # the agent holds fewer: more are not its own doing
FINISH_SECONDS = 10.0
CLOSE_SECONDS = 5.0


class Transport(Protocol):
    """The two byte streams of a container, and what the engine knows of it."""

    def send(self, data: bytes) -> None:
        """Writes all of ``data``. Raises OSError when the container is gone."""

    def receive(self) -> bytes:
        """The next bytes of its standard output; empty when it is gone. Raises OSError likewise."""

    def post_mortem(self) -> Answer:
        """Why the container ended, as far as the engine knows."""

    def hang_up(self) -> None:
        """Gives the streams back; called once, when the last byte was received."""

    def close(self) -> None:
        """Ends the streams and removes the container, soon; never raises."""


CLAIMABLE = frozenset(Status) - {Status.ENGINE, Status.FINISHED}  # nothing from inside can make a fault ours


def known(names: list[str]) -> tuple[Status, ...]:
    """The statuses among ``names`` that the container may claim, in their order."""
    return tuple(Status(name) for name in names if name in CLAIMABLE)


class Box:
    """One container, for one submission. Not for several threads at once, its reader aside."""

    def __init__(self, transport: Transport, limits: Limits, runtime: str, image: str) -> None:
        self.limits = limits
        self.runtime = runtime
        self.image = image
        self.hello: dict[str, Any] = {}
        self._transport = transport
        self._channels: dict[int, Channel] = {}
        self._streams: dict[int, Stream] = {}
        self._listeners: dict[int, Callable[[Stream], None]] = {}  # by port
        self._numbers = itertools.count(1)
        self._control: queue.Queue[dict[str, Any] | Answer] = queue.Queue()
        self._output = bytearray()
        self._dropped = 0
        self._send_lock = threading.Lock()
        self._gone: Answer | None = None
        self._closed = False
        self.on_close: Callable[[], None] = lambda: None  # for who keeps a store
        self._reader = threading.Thread(target=self._read, name="box-reader", daemon=True)
        self._reader.start()

    # --- from inside

    def _read(self) -> None:
        pieces, control = PacketDecoder(), FrameDecoder()
        try:
            while data := self._transport.receive():
                for channel, piece in pieces.feed(data):
                    if channel == CONTROL:
                        for frame in control.feed(piece):
                            self._told(frame.header, frame.body)
                    elif channel & OUTPUT_BIT:
                        self._keep(channel ^ OUTPUT_BIT, piece)
                    elif channel in self._channels:
                        self._channels[channel].take(piece)
                    elif channel in self._streams:
                        self._streams[channel].take(bytes(piece))
            self._die(None)
        except (WireError, KeyError, TypeError) as error:  # only the agent writes packets: it was overcome
            self._die(Answer(Status.PROTOCOL, detail=str(error)))
        except (OSError, ValueError):
            self._die(None)
        finally:
            self._transport.hang_up()

    def _keep(self, number: int, piece: memoryview) -> None:
        room = self.limits.output_kept - len(self._output)
        self._output += piece[: max(room, 0)]
        self._dropped += max(len(piece) - max(room, 0), 0)
        if channel := self._channels.get(number):
            channel.printed += piece[: max(self.limits.output_kept - len(channel.printed), 0)]

    def _told(self, header: dict[str, Any], body: bytes) -> None:
        match header["op"]:
            case "exit":
                if channel := self._channels.get(header["channel"]):
                    channel.stop(self._ending(header))
            case "accepted":
                if len(self._streams) >= MOST_STREAMS:
                    raise WireError("more connections than the agent accepts")
                stream = self._streams[header["channel"]] = Stream(self, header["channel"])
                stream.open()
                self._listeners.get(header["port"], Stream.close)(stream)
            case "connected":
                if known_stream := self._streams.get(header["channel"]):
                    known_stream.open()
            case "closed":
                if gone := self._streams.pop(header["channel"], None):
                    gone.end(header["why"])
            case _:
                self._control.put({**header, "body": body})

    @staticmethod
    def _ending(header: dict[str, Any]) -> Answer:
        """Why a process ended: what we did to it, else a limit that was hit, else it crashed."""
        why, code = header["why"], header["code"]
        detail = f"exit status {code}" if code >= 0 else f"signal {-code}"
        said = {"code": code}
        if ours := known([why]):
            return Answer(ours[0], said, source=Source.AGENT, detail=detail)
        if code == -24:  # SIGXCPU: the ulimit on processor time
            return Answer(Status.TIME, said, source=Source.AGENT, detail="processor time")
        if code < 0 and (hits := known(header["hits"])):
            return Answer(hits[0], said, source=Source.AGENT, detail=detail)
        return Answer(Status.CRASHED, said, source=Source.AGENT, detail=detail)

    def _die(self, answer: Answer | None) -> None:
        closed = Answer(Status.CRASHED, detail="the box was closed")
        self._gone = closed if self._closed else answer or self._transport.post_mortem()
        self._control.put(self._gone)
        for channel in list(self._channels.values()):
            channel.stop(self._gone)
        for stream in list(self._streams.values()):
            stream.end("the box is gone")

    # --- to inside

    @property
    def alive(self) -> bool:
        return self._gone is None

    def send(self, channel: int, data: bytes) -> None:
        """Writes ``data`` to a channel; a container that is gone is noticed by who reads."""
        try:
            with self._send_lock:
                self._transport.send(b"".join(packets(channel, data)))
        except OSError:
            pass

    def tell(self, header: dict[str, Any], body: bytes = b"") -> None:
        self.send(CONTROL, encode_frame(header, body))

    def kill(self, channel: int, why: str) -> None:
        """Ends one process; ``why`` is the status that its end will have."""
        self.tell({"op": "kill", "channel": channel, "why": why})

    def _await(self, operation: str, seconds: float) -> dict[str, Any] | Answer:
        deadline = time.monotonic() + seconds
        while True:
            try:
                told = self._control.get(timeout=max(deadline - time.monotonic(), 0.001))
            except queue.Empty:
                return Answer(Status.TIME, detail=f"no {operation!r} from the agent within {seconds:g} s")
            if isinstance(told, Answer):
                self._control.put(told)
                return told
            if told["op"] == operation:
                return told

    def greet(self) -> None:
        """Waits for the agent's hello. Raises SandboxError: this is ours."""
        told = self._await("hello", self.limits.start_time)
        if isinstance(told, Answer):
            raise SandboxError(f"the agent did not start: {told.status} {told.detail}")
        self.hello = told

    def load(self, files: Mapping[str, bytes]) -> None:
        """Sends the submission; every program then starts in a folder that holds just this.

        Loading again replaces what was loaded before, for boxes that run code of one origin only.
        """
        names: list[list[Any]] = []
        body = bytearray()
        first = True

        def flush(last: bool) -> None:
            nonlocal first
            self.tell({"op": "files", "files": names, "first": first, "last": last}, bytes(body))
            first = False
            names.clear()
            body.clear()

        for path, content in files.items():
            for start in range(0, len(content) or 1, MAX_BODY):
                piece = content[start : start + MAX_BODY]
                if len(body) + len(piece) > MAX_BODY or len(names) >= FILES_PER_FRAME:
                    flush(last=False)
                names.append([path, len(piece)])
                body += piece
        flush(last=True)

    def spawn(self, program: str, **order: Any) -> Channel:
        """Starts a program in a process of its own."""
        channel = Channel(self, next(self._numbers))
        self._channels[channel.number] = channel
        if self._gone is not None:
            channel.stop(self._gone)
        self.tell({"op": "spawn", "program": program, "channel": channel.number, **order})
        return channel

    def signal(self, channel: int, number: int, group: bool = False) -> None:
        """Sends a signal to a program; with ``group`` to what it started as well."""
        self.tell({"op": "signal", "channel": channel, "signal": number, "group": group})

    def look(self, channel: int, seconds: float) -> list[tuple[int, int]]:
        """Waits for all that a program has printed up to now, and gives ``(pid, parent)`` of its processes."""
        self.tell({"op": "look", "channel": channel})
        told = self._await("looked", seconds)
        if isinstance(told, Answer):
            return []
        try:
            return [(int(pid), int(parent)) for pid, parent in told["processes"]]
        except (KeyError, TypeError, ValueError):  # only the agent answers: it was overcome
            return []

    def read_file(self, path: str, seconds: float) -> Answer:
        """What stands in a file that a program made: ``body``; where ``done`` is false, ``why`` says why not."""
        self.tell({"op": "read", "path": path})
        return self._touched(seconds)

    def write_file(self, path: str, content: bytes, seconds: float) -> Answer:
        """Puts a file where programs will find it, until ``finish``."""
        self.tell({"op": "write", "path": path}, content)
        return self._touched(seconds)

    def _touched(self, seconds: float) -> Answer:
        told = self._await("touched", seconds)
        if isinstance(told, Answer):
            return told
        said = {"done": told.get("ok") is True, "why": str(told.get("why"))}
        return Answer(Status.FINISHED, said, told["body"], Source.AGENT)

    def listen(self, port: int, accepted: Callable[[Stream], None], seconds: float) -> None:
        """Has connections that something inside makes to ``port`` given to ``accepted``, until ``finish``.

        ``accepted`` is called by the reader thread. Raises SandboxError where the port is taken.
        """
        self._listeners[port] = accepted
        self.tell({"op": "listen", "port": port})
        told = self._await("listening", seconds)
        if isinstance(told, Answer) or told.get("ok") is not True:
            why = told.detail if isinstance(told, Answer) else told.get("why")
            raise SandboxError(f"port {port} could not be listened on in the container: {why}")

    def unlisten(self, port: int) -> None:
        """Has connections to ``port`` refused."""
        self._listeners.pop(port, None)
        self.tell({"op": "unlisten", "port": port})

    def connect(self, port: int) -> Stream:
        """Connects to ``port``, where something inside listens; ``wait`` says whether it came about."""
        stream = Stream(self, next(self._numbers))
        self._streams[stream.number] = stream
        if self._gone is not None:
            stream.end("the box is gone")
        self.tell({"op": "connect", "channel": stream.number, "port": port})
        return stream

    def hang_up(self, channel: int) -> None:
        """Ends one connection."""
        if stream := self._streams.pop(channel, None):
            self.tell({"op": "hang-up", "channel": channel})
            stream.end("hung up")

    def finish(self, seconds: float = FINISH_SECONDS) -> Aftermath:
        """Ends all processes and restores the folders; says which limits were hit, and gives what was printed."""
        self.tell({"op": "finish"})
        told = self._await("finished", seconds)
        self._channels.clear()
        for stream in list(self._streams.values()):
            stream.end("the check has ended")
        self._streams.clear()
        self._listeners.clear()
        output, dropped = bytes(self._output), self._dropped
        self._output.clear()
        self._dropped = 0
        if isinstance(told, Answer):
            return Aftermath(told.status, told.source, (), output, dropped, clean=False, detail=told.detail)
        hits = known(told["hits"])
        status = hits[0] if hits else Status.FINISHED
        return Aftermath(status, Source.AGENT, hits, output, dropped, bool(told["clean"]), told["trouble"])

    def close(self) -> None:
        """Removes the container."""
        self._closed = True
        self._transport.close()
        self._reader.join(CLOSE_SECONDS)
        told, self.on_close = self.on_close, lambda: None
        told()


class Runner(Protocol):
    """Starts boxes of one image on one runtime."""

    image: str
    runtime: str

    def start(self, preload: tuple[str, ...] = (), profile: str = "standard") -> Box:
        """A started box whose agent has said hello. Raises SandboxError."""

    def close(self) -> None:
        """Removes what is left."""
