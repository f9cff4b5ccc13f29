"""What a submission meets beside its tests: servers of ours, its own programs, and the ways in that a test has.

Servers run in boxes of their own without a line of the candidate's, and are reached through a relay that sees the
bytes and can cut them. Programs are the submission's (its gunicorn, its worker) and run in its own box.
"""

from __future__ import annotations

import signal
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.domain.content import Program, Service, Task
from harness.grading.gateway import Gateway
from sandbox.errors import SandboxError
from sandbox.relay import Relay
from sandbox.result import Answer, Status

if TYPE_CHECKING:
    from sandbox.box import Box
    from sandbox.channel import Channel

UP_SECONDS = 10.0  # for a server of ours
PROGRAM_SECONDS = 15.0  # for a program of the submission
PAUSE = 0.02  # between two looks at something that is coming up
MOST_TRAFFIC = 2 << 20
SAID_LINES = 12
NO_REQUEST = b"\r\n\r\nassay\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Server:
    """How a service is started in its box."""

    command: tuple[str, ...]
    preload: tuple[str, ...] = ()


SERVERS = {
    Service.REDIS: Server(
        ("redis-server", "--bind", "127.0.0.1", "--port", "6379", "--save", "", "--appendonly", "no", "--dir", "/tmp")  # noqa: S108
    ),
    Service.PROVIDER: Server(("oauth-provider", "9400"), ("flask",)),
}


class Surroundings:
    """The surroundings of one box of a submission. Not for several threads at once."""

    def __init__(self, task: Task, submission: Callable[[], Box], acquire: Callable[[Server], Box]) -> None:
        self._task = task
        self._submission = submission
        self._acquire = acquire
        self._boxes: dict[Service, Box] = {}
        self._relays: dict[Service, Relay] = {}
        self._traffic: list[tuple[Service, int, bytes]] = []
        self._programs: dict[int, Channel] = {}
        self._gateways: list[Gateway] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    # --- services

    def begin(self) -> None:
        """Has every service of the task up and reachable before anything of the submission runs.

        Raises SandboxError: what fails here is ours.
        """
        for service in self._task.services:
            server = SERVERS[service]
            box = self._boxes.get(service)
            if box is None:
                box = self._boxes[service] = self._acquire(server)
            channel = box.spawn("command", command=list(server.command))
            if not come_up(box, channel, service.port, "", UP_SECONDS):
                said = bytes(channel.printed).decode("utf-8", "replace")[-500:]
                raise SandboxError(f"the {service} server did not come up: {said}")
            self._relays[service] = Relay(self._submission(), service.port, box, service.port, self._sees(service))
            self._relays[service].open(UP_SECONDS)

    def _sees(self, service: Service) -> Callable[[int, bytes], None]:
        def seen(connection: int, data: bytes) -> None:
            if sum(len(chunk) for _, _, chunk in self._traffic) < MOST_TRAFFIC:
                self._traffic.append((service, connection, data))

        return seen

    def clear(self) -> None:
        """Ends what this check had. The submission's box is finished by whoever holds it."""
        for gateway in self._gateways:
            gateway.close()
        self._gateways.clear()
        self._relays.clear()
        self._programs.clear()
        for service, box in list(self._boxes.items()):
            if not box.finish().clean or not box.alive:
                box.close()
                del self._boxes[service]
        self._traffic.clear()

    def close(self) -> None:
        """Gives everything back."""
        for gateway in self._gateways:
            gateway.close()
        for box in self._boxes.values():
            box.close()
        self._boxes.clear()
        if self._folder is not None:
            self._folder.cleanup()

    # --- what a test asks for

    def do(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        """Carries out one wish of a test. The answer's header has ``ok``."""
        wish: Callable[[Mapping[str, Any], bytes, float], Answer] = getattr(self, "_" + said["do"])
        return wish(said, body, seconds)

    def _start(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        program = self._task.programs[said["program"]]
        box = self._submission()
        channel = self.start(program, said["env"])
        up = come_up(box, channel, program.port, program.says, min(seconds, PROGRAM_SECONDS))
        return fine(number=channel.number, up=up, port=program.port, said="" if up else self._last_words(channel))

    def know(self, channel: Channel) -> int:
        """Lets a test look at a process that was started elsewhere; gives its number."""
        self._programs[channel.number] = channel
        return channel.number

    def start(self, program: Program, environment: Mapping[str, str]) -> Channel:
        """Starts a program of the submission in its box."""
        channel = self._submission().spawn("command", command=list(program.command), env=dict(environment))
        self._programs[channel.number] = channel
        return channel

    def _last_words(self, channel: Channel) -> str:
        self._submission().look(channel.number, UP_SECONDS)
        lines = bytes(channel.printed).decode("utf-8", "replace").splitlines()
        return "\n".join(lines[-SAID_LINES:])

    def _signal(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        self._submission().signal(said["number"], signal.Signals[f"SIG{said['signal']}"], said["group"])
        return fine()

    def _wait(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        ended = self._programs[said["number"]].wait(min(said["seconds"], seconds))
        return fine(ended=ended is not None, code=ended.header.get("code") if ended else None)

    def _look(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        processes = self._submission().look(said["number"], seconds)
        return fine(bytes(self._programs[said["number"]].printed), processes=[list(pair) for pair in processes])

    def _read(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        return agreed(self._submission().read_file(said["path"], seconds))

    def _write(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        return agreed(self._submission().write_file(said["path"], body, seconds))

    def _cut(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        self._relays[Service(said["service"])].cut()
        return fine()

    def _mend(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        self._relays[Service(said["service"])].open(seconds)
        return fine()

    def _traffic_of(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        seen = [(number, data) for service, number, data in self._traffic if service == said["service"]]
        return fine(b"".join(data for _, data in seen), chunks=[[number, len(data)] for number, data in seen])

    def _gateway(self, said: Mapping[str, Any], body: bytes, seconds: float) -> Answer:
        """A UNIX socket that leads to a port: of the submission's box, or of a service's."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="assay-")
        box = self._boxes[Service(said["service"])] if said["service"] else self._submission()
        path = Path(self._folder.name) / str(len(self._gateways))
        path.unlink(missing_ok=True)
        port: int = said["port"]
        self._gateways.append(Gateway(path, lambda: box.connect(port)))
        return fine(path=str(path))


def fine(body: bytes = b"", **said: Any) -> Answer:
    return Answer(Status.FINISHED, {"ok": True, **said}, body)


def agreed(answer: Answer) -> Answer:
    """``answer`` in the form that the examiner reads."""
    return replace(answer, header={**answer.header, "ok": True}) if answer.finished else answer


def come_up(box: Box, channel: Channel, port: int | None, says: str, seconds: float) -> bool:
    """Whether a started program is up within ``seconds``: it takes connections, or has printed ``says``."""

    def up(left: float) -> bool:
        if port is None:
            return says.encode() in bytes(channel.printed)
        stream = box.connect(port)
        taken = stream.wait(left)
        stream.close()
        return taken

    return until(channel, up, seconds)


def serve_http(box: Box, channel: Channel, port: int, seconds: float) -> bool:
    """Whether a web server answers within ``seconds``. It is sent what is no request, so that no app sees it.

    That a port takes connections says less: gunicorn listens before its workers have imported the app.
    """

    def up(left: float) -> bool:
        heard = threading.Event()
        stream = box.connect(port)
        stream.attach(lambda data: heard.set(), heard.set)
        stream.send(NO_REQUEST)
        heard.wait(left)
        answered = stream.why == ""
        stream.close()
        return answered

    return until(channel, up, seconds)


def until(channel: Channel, up: Callable[[float], bool], seconds: float) -> bool:
    """Whether ``up`` is true within ``seconds``, as long as the process runs."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0 and channel.ended is None:
        if up(left):
            return channel.ended is None
        channel.wait(PAUSE)
    return False
