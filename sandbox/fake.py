"""Boxes without an engine, for unit tests: the real ``Box`` over a scripted agent in memory.

``FakeRunner({"app": serve(create_app)})`` answers calls with an app of the test's own, in this process;
a program may also end with a status, or send whatever bytes it likes.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.box import Box
from sandbox.errors import SandboxError
from sandbox.inside.app_host import AppHost
from sandbox.limits import PROFILES
from sandbox.result import Answer, Source, Status
from sandbox.wire import CONTROL, OUTPUT_BIT, Frame, FrameDecoder, PacketDecoder, encode_frame, packets


@dataclass(frozen=True, slots=True)
class Ended:
    """A program ends instead of answering: with an exit status, or because the agent saw a limit being hit."""

    code: int = 1
    why: str = ""
    hits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """The whole box ends instead of answering; the runner's ``death`` says why."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as they are, in place of a frame."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """Text that the program prints beside its answer."""

    text: bytes


Reply = Frame | Ended | Gone | Raw | Printed
Program = Callable[[Frame], Iterable[Reply]]
Started = Callable[[dict[str, Any], Mapping[str, bytes]], Program]  # (order, files) -> program


def serve(create_app: Callable[[dict[str, Any]], Any]) -> Started:
    """The program ``app`` with an app of the test's own, whatever the submission is."""

    class Host(AppHost):
        def do_make_app(self, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
            self.apps.append(create_app(header["config"]))
            return {"app": len(self.apps) - 1}, b""

    def start(order: dict[str, Any], files: Mapping[str, bytes]) -> Program:
        host = Host()
        return lambda frame: [Frame(*host.answer(frame))]

    return start


class FakeTransport:
    """Plays the agent: it obeys control frames and lets programs answer at once."""

    def __init__(self, programs: Mapping[str, Started], death: Answer, aftermath: dict[str, Any]) -> None:
        self._programs = programs
        self._death = death
        self._aftermath = aftermath
        self._files: dict[str, bytes] = {}
        self._running: dict[int, tuple[Program, FrameDecoder]] = {}
        self._out: queue.Queue[bytes] = queue.Queue()
        self._pieces, self._control = PacketDecoder(), FrameDecoder()
        self.closed = False
        self._tell({"op": "hello", "pid": 1, "python": "3.13", "missing": [], "threads": 1})

    def send(self, data: bytes) -> None:
        if self.closed:
            raise BrokenPipeError
        for channel, piece in self._pieces.feed(data):
            if channel == CONTROL:
                for frame in self._control.feed(piece):
                    self._obey(frame)
            elif channel in self._running:
                program, decoder = self._running[channel]
                for frame in decoder.feed(piece):
                    self._reply(channel, program(frame))

    def receive(self) -> bytes:
        return self._out.get()

    def post_mortem(self) -> Answer:
        return self._death

    def hang_up(self) -> None:
        self.closed = True

    def close(self) -> None:
        self.closed = True
        self._out.put(b"")

    def _tell(self, header: dict[str, Any]) -> None:
        self._put(CONTROL, encode_frame(header))

    def _put(self, channel: int, data: bytes) -> None:
        for packet in packets(channel, data):
            self._out.put(packet)

    def _obey(self, frame: Frame) -> None:
        match frame.header["op"]:
            case "files":
                start = 0
                for path, size in frame.header["files"]:
                    self._files[path] = frame.body[start : start + size]
                    start += size
            case "spawn":
                program = self._programs[frame.header["program"]](frame.header, self._files)
                self._running[frame.header["channel"]] = (program, FrameDecoder())
            case "kill":
                self._end(frame.header["channel"], Ended(-9, frame.header["why"]))
            case "finish":
                self._running.clear()
                self._tell({"op": "finished", "hits": [], "clean": True, "trouble": ""} | self._aftermath)

    def _reply(self, channel: int, replies: Iterable[Reply]) -> None:
        for reply in replies:
            match reply:
                case Frame(header, body):
                    self._put(channel, encode_frame(header, body))
                case Raw(data):
                    self._put(channel, data)
                case Printed(text):
                    self._put(channel | OUTPUT_BIT, text)
                case Ended():
                    self._end(channel, reply)
                case Gone():
                    self._out.put(b"")

    def _end(self, channel: int, how: Ended) -> None:
        if self._running.pop(channel, None):
            self._tell({"op": "exit", "channel": channel, "code": how.code, "why": how.why, "hits": list(how.hits)})


@dataclass
class FakeRunner:
    """Starts fake boxes. ``failing`` starts fail first; ``death`` is what the engine says of a box that is gone."""

    programs: Mapping[str, Started] = field(default_factory=dict)
    image: str = "fake"
    runtime: str = "fake"
    failing: int = 0
    death: Answer = field(default_factory=lambda: Answer(Status.CRASHED, source=Source.ENGINE))
    aftermath: dict[str, Any] = field(default_factory=dict)
    started: list[FakeTransport] = field(default_factory=list)

    def start(self, preload: tuple[str, ...] = (), profile: str = "standard") -> Box:
        """A box that has said hello. Raises SandboxError while ``failing`` lasts."""
        if self.failing:
            self.failing -= 1
            raise SandboxError("the fake engine was told to fail")
        transport = FakeTransport(self.programs, self.death, self.aftermath)
        self.started.append(transport)
        box = Box(transport, PROFILES[profile], self.runtime, self.image)
        box.greet()
        return box

    def close(self) -> None:
        """Nothing is left to remove."""
