"""The container's first process: it alone holds the wire, and starts everything else.

It is non-dumpable and single-threaded, imports the task's ``preload`` before a submission arrives, and forks a fresh
process per program. It relays bytes between the wire and its children without understanding them, through two buffers
that it wipes, so that a later child (a copy of this process) finds nothing of earlier traffic in its memory.

Control frames on channel 0, from outside: ``files``, ``spawn``, ``kill``, ``finish``; ``signal`` and ``look`` at a
program; ``read`` and ``write`` a file; and those of ``streams``. To outside: ``hello``, ``exit`` (a child has ended),
and answers.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.inside import folders, programs, usage, warmup
from sandbox.inside.streams import STUCK_SECONDS, Streams
from sandbox.wire import (
    CONTROL,
    MAX_BODY,
    MAX_PACKET,
    OUTPUT_BIT,
    PACKET_PREFIX,
    FrameDecoder,
    PacketDecoder,
    encode_frame,
)

PR_SET_DUMPABLE = 4


def set_dumpable(value: bool) -> None:
    """Whether other processes of the same user may look into this one through /proc and ptrace."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, int(value), 0, 0, 0)


@dataclass
class Child:
    """A started process: our ends of its socket and of its output pipe."""

    pid: int
    channel: int
    link: socket.socket
    output: int
    printed: int = 0
    ended: str = ""  # why we ended it, if we did


class Agent:
    """The loop. One instance per container."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.work: str = settings["work"]
        self.files: dict[str, bytes] = {}
        self.children: dict[int, Child] = {}  # by channel
        self.wire_in, self.wire_out = 0, 1
        self.packets = PacketDecoder()
        self.control = FrameDecoder()
        self.buffer = bytearray(MAX_PACKET)
        self.incoming = bytearray(MAX_PACKET)  # an order may relay output while later packets still stand here
        self.selector = selectors.DefaultSelector()
        self.handlers: dict[int, Callable[[], None]] = {}  # by descriptor
        self.usage = usage.Usage()
        self.streams = Streams(self)

    # --- set-up

    def prepare(self) -> None:
        """Takes the wire for itself and imports what the task wants imported."""
        set_dumpable(False)
        self.wire_in, self.wire_out = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(2, 1)  # what an import prints goes to the engine's stderr, never into the wire
        os.close(null)
        os.makedirs(self.work, exist_ok=True)
        os.chdir(self.work)
        sys.path[:] = [folder for folder in sys.path if folder != os.path.dirname(sys.argv[0])]
        missing = []
        preload: list[str] = self.settings["preload"]
        for name in (*preload, "sandbox.inside.app_host"):
            try:
                importlib.import_module(name)
            except ImportError as error:
                missing.append(f"{name}: {error}")
        missing += warmup.warm_up(preload)
        waker, self.woken = socket.socketpair()
        for end in (waker, self.woken):
            end.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        self._waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.watch(self.wire_in, self.read_wire)
        self.watch(self.woken.fileno(), self.reap)
        gc.collect()
        gc.freeze()
        self.tell(
            {"op": "hello", "pid": os.getpid(), "python": sys.version.split()[0], "missing": missing}
            | {"threads": threading.active_count()}
        )

    def run(self) -> None:
        """Serves until the wire is closed."""
        while True:
            for key, _ in self.selector.select():
                handler = self.handlers.get(key.fd)
                if handler is not None and handler is key.data:  # an earlier one of this round may have closed it
                    handler()

    def watch(self, descriptor: int, handler: Callable[[], None]) -> None:
        """Has ``handler`` called whenever there is something to read."""
        self.handlers[descriptor] = handler
        self.selector.register(descriptor, selectors.EVENT_READ, handler)

    def forget(self, descriptor: int) -> None:
        """The opposite of ``watch``; to be called before the descriptor is closed."""
        if self.handlers.pop(descriptor, None):
            self.selector.unregister(descriptor)

    # --- the wire

    def send(self, channel: int, data: bytes | memoryview) -> None:
        """Writes ``data`` as packets; blocks while the other side is slow, since it always reads."""
        view = memoryview(data)
        while view:
            piece = view[:MAX_PACKET]
            for part in (PACKET_PREFIX.pack(channel, len(piece)), piece):
                rest = memoryview(part)
                while rest:
                    rest = rest[os.write(self.wire_out, rest) :]
            view = view[len(piece) :]

    def tell(self, header: dict[str, Any], body: bytes = b"") -> None:
        self.send(CONTROL, encode_frame(header, body))

    def read_wire(self) -> None:
        size = os.readv(self.wire_in, [self.incoming])
        if not size:
            os._exit(0)
        view = memoryview(self.incoming)[:size]
        for channel, piece in self.packets.feed(view):
            if channel == CONTROL:
                for frame in self.control.feed(piece):
                    self.obey(frame.header, frame.body)
            elif channel in self.children:
                self.pass_in(self.children[channel], piece)
            elif channel in self.streams:
                self.streams.take(channel, piece)
        view[:] = bytes(size)

    def pass_in(self, child: Child, piece: memoryview) -> None:
        try:
            child.link.sendall(piece)
        except TimeoutError:
            self.end(child, "time")
        except OSError:
            pass  # it has ended; its exit is told when it is reaped

    def relay(self, child: Child) -> None:
        """Passes on what the child wrote to its socket, as it is."""
        try:
            size = child.link.recv_into(self.buffer, MAX_PACKET, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except ConnectionResetError:
            size = 0
        self.forward(child.channel, size)
        if not size:
            self.forget(child.link.fileno())

    def relay_output(self, child: Child) -> None:
        """Passes on what the child printed, and ends it when it prints without end."""
        try:
            size = os.readv(child.output, [self.buffer])
        except BlockingIOError:  # an earlier handler of this round has read it all
            return
        self.forward(child.channel | OUTPUT_BIT, size)
        if not size:
            self.forget(child.output)
        child.printed += size
        if child.printed > self.settings["output_flood"]:
            self.forget(child.output)
            self.end(child, "output")

    def forward(self, channel: int, size: int) -> None:
        view = memoryview(self.buffer)[:size]
        self.send(channel, view)
        view[:] = bytes(size)

    # --- orders

    def obey(self, header: dict[str, Any], body: bytes) -> None:
        orders: dict[str, Callable[[], None]] = {
            "files": lambda: self.load(header, body),
            "spawn": lambda: self.spawn(header),
            "kill": lambda: self.kill(header["channel"], header.get("why", "kill")),
            "finish": self.finish,
            "signal": lambda: self.signal(header),
            "look": lambda: self.look(header["channel"]),
            "read": lambda: self.read(header["path"]),
            "write": lambda: self.write(header["path"], body),
            "listen": lambda: self.streams.listen(header["port"]),
            "unlisten": lambda: self.streams.unlisten(header["port"]),
            "connect": lambda: self.streams.connect(header["channel"], header["port"]),
            "hang-up": lambda: self.streams.close(header["channel"]),
        }
        orders[header["op"]]()

    def load(self, header: dict[str, Any], body: bytes) -> None:
        if header["first"]:
            self.files.clear()
        self.take_files(header["files"], body)
        if header["last"]:
            folders.restore(self.work, self.files)
            self.tell({"op": "loaded"})

    def take_files(self, names: list[list[Any]], body: bytes) -> None:
        start = 0
        for path, size in names:
            self.files[path] = self.files.get(path, b"") + body[start : start + size]
            start += size

    def spawn(self, order: dict[str, Any]) -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(STUCK_SECONDS)
        output, printing = os.pipe()
        os.set_blocking(output, False)
        try:
            pid = os.fork()
        except OSError:  # earlier programs of this check took every process there may be
            pid = -1
        if not pid:
            self.become(order, theirs, printing)
        theirs.close()
        os.close(printing)
        if pid < 0:
            ours.close()
            os.close(output)
            gone = {"op": "exit", "channel": order["channel"], "code": -signal.SIGKILL, "why": ""}
            self.tell(gone | {"hits": self.usage.hits() or ["processes"]})
            return
        child = Child(pid, order["channel"], ours, output)
        self.children[child.channel] = child
        self.watch(ours.fileno(), lambda: self.relay(child))
        self.watch(output, lambda: self.relay_output(child))

    def become(self, order: dict[str, Any], link: socket.socket, printing: int) -> NoReturn:
        """In the forked child: let go of all that is the agent's, then run the program."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.dup2(printing, 1)
            os.dup2(printing, 2)
            kept = os.dup2(link.fileno(), 3) if link.fileno() != 3 else 3
            os.closerange(4, 4096)
            os.set_inheritable(kept, False)
            link.detach()
            self.files = {}
            set_dumpable(True)
            usage.limit_child(self.settings)
            programs.run(order, socket.socket(fileno=kept), self.work)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(70)
        os._exit(0)

    def kill(self, channel: int, why: str) -> None:
        if child := self.children.get(channel):
            self.end(child, why)

    def end(self, child: Child, why: str) -> None:
        child.ended = child.ended or why
        try:
            os.kill(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def signal(self, header: dict[str, Any]) -> None:
        """Sends a signal to a program, with ``group`` to all that it started as well."""
        if child := self.children.get(header["channel"]):
            send = os.killpg if header["group"] else os.kill
            with suppress(ProcessLookupError):
                send(child.pid, header["signal"])

    def look(self, channel: int) -> None:
        """Passes on all that a program has printed up to now, and says which processes are its."""
        processes: list[list[int]] = []
        if child := self.children.get(channel):
            while child.output in self.handlers and self.is_ready(child.output):
                self.relay_output(child)
            processes = usage.session_of(child.pid)
        self.tell({"op": "looked", "processes": processes})

    def read(self, path: str) -> None:
        try:
            content = folders.read_file(self.work, path, MAX_BODY)
        except OSError as error:
            self.tell({"op": "touched", "ok": False, "why": str(error)})
        else:
            self.tell({"op": "touched", "ok": True, "why": ""}, content)

    def write(self, path: str, content: bytes) -> None:
        try:
            folders.write_file(self.work, path, content)
        except OSError as error:
            self.tell({"op": "touched", "ok": False, "why": str(error)})
        else:
            self.tell({"op": "touched", "ok": True, "why": ""})

    def reap(self) -> None:
        """Collects ended processes, orphans included, and tells of those that have a channel."""
        try:
            while self.woken.recv(4096):
                pass
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            self.reaped(pid, status)

    def reaped(self, pid: int, status: int) -> None:
        child = next((child for child in self.children.values() if child.pid == pid), None)
        if child is None:
            return
        self.drain(child)
        del self.children[child.channel]
        self.tell(
            {"op": "exit", "channel": child.channel, "code": os.waitstatus_to_exitcode(status), "why": child.ended}
            | {"hits": self.usage.hits()}
        )

    def drain(self, child: Child) -> None:
        """Passes on what an ended child left behind, and closes our ends."""
        while child.link.fileno() in self.handlers and self.is_ready(child.link.fileno()):
            self.relay(child)
        while child.output in self.handlers and self.is_ready(child.output):
            self.relay_output(child)
        self.forget(child.link.fileno())
        self.forget(child.output)
        child.link.close()
        os.close(child.output)

    @staticmethod
    def is_ready(descriptor: int) -> bool:
        with selectors.DefaultSelector() as probe:
            probe.register(descriptor, selectors.EVENT_READ)
            return bool(probe.select(0))

    def finish(self) -> None:
        """Ends every process, says which limits were hit, and restores the folders for the next program."""
        for child in self.children.values():
            child.ended = child.ended or "finish"
        usage.end_all(self.reaped)
        self.streams.clear()
        hits = self.usage.hits(self.work)
        self.usage.reset()
        try:
            folders.restore(self.work, self.files)
            trouble = ""
        except OSError as error:
            trouble = str(error)
        self.tell({"op": "finished", "hits": hits, "clean": not trouble, "trouble": trouble})


def main() -> None:
    """Runs the agent; the command line's one argument is its settings as JSON."""
    agent = Agent(json.loads(sys.argv[1]))
    agent.prepare()
    agent.run()
