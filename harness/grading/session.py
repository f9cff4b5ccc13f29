"""One submission's examination: carries what the examiner asks to the app's processes, and makes the verdicts.

The harness, not the test, decides what a verdict rests on: it sees which operations a test used, which limits were
hit and how processes ended.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from harness.domain.errors import GradingFault
from harness.domain.verdicts import Basis, Limit, LimitHit, LimitSource, Outcome, Verdict
from sandbox.result import Aftermath, Answer, Source, Status
from sandbox.wire import MAX_BODY, WireError

if TYPE_CHECKING:
    from harness.content.markers import Check
    from harness.grading.forkserver import Examination
    from harness.grading.surroundings import Surroundings
    from sandbox.box import Box
    from sandbox.channel import Channel
    from sandbox.limits import Limits

BEHAVIOUR = {"make_app", "request", "serve"}  # operations that only show how the app behaves; every other is a probe
GRACE = 5.0  # for the examiner's own work after a check's deadline
MAX_FILES_TEXT = 2 << 20
LIMITS = {status: Limit(status.value) for status in Status if status.value in Limit.__members__.values()}


def limit_hit(status: Status, source: Source, limits: Limits, seconds: float) -> LimitHit | None:
    """The named limit that ``status`` is, with the value that was in force; None where it is no limit."""
    if status not in LIMITS:
        return None
    values = {
        Status.TIME: f"{seconds:g} s",
        Status.MEMORY: f"{limits.memory >> 20} MiB",
        Status.PROCESSES: str(limits.processes),
        Status.OUTPUT: f"{limits.output_flood >> 20} MiB printed, {MAX_BODY >> 20} MiB in one response",
        Status.DISK: f"{limits.work_size >> 20} MiB",
    }
    return LimitHit(LIMITS[status], LimitSource(source.value), values.get(status, ""))


class Boxes:
    """Gives boxes that hold one submission; a used-up box is replaced by a fresh one."""

    def __init__(self, acquire: Callable[[], Box], files: Mapping[str, bytes]) -> None:
        self._acquire = acquire
        self._files = files
        self._box: Box | None = None
        self.output = bytearray()
        self.used = 0

    def get(self) -> Box:
        """A clean box with the submission in it. Raises SandboxError."""
        if self._box is None:
            self._box = self._acquire()
            self._box.load(self._files)
            self.used += 1
        return self._box

    def finish(self) -> Aftermath:
        """Ends all processes of the box and tells what was found; a box that is not clean is given up."""
        if self._box is None:
            return Aftermath()
        aftermath = self._box.finish()
        if not aftermath.clean or not self._box.alive:
            self.close()
        return aftermath

    def close(self) -> None:
        if self._box is not None:
            self._box.close()
            self._box = None


class Processes:
    """The submission's processes during one check, by the worker's name."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        self._channels: dict[str, Channel] = {}
        self.ahead = 0.0

    def call(self, worker: str, header: dict[str, Any], body: bytes, seconds: float) -> Answer:
        """One operation in ``worker``'s process, which is started when it is first named."""
        known = worker in self._channels
        channel = self.channel(worker)
        if not known and self.ahead:
            self._travel(channel, seconds)
        return channel.call(header, body, seconds=seconds)

    def channel(self, worker: str) -> Channel:
        """The process of ``worker``, which is started when it is first named."""
        if worker not in self._channels:
            self._channels[worker] = self._boxes.get().spawn("app")
        return self._channels[worker]

    def travel(self, seconds_ahead: float, seconds: float) -> Answer:
        """Moves the clocks of all processes, those that come later included."""
        self.ahead += seconds_ahead
        answers = [self._travel(channel, seconds) for channel in self._channels.values()]
        return next((a for a in answers if not a.finished), Answer(Status.FINISHED, {"ok": True}))

    def _travel(self, channel: Channel, seconds: float) -> Answer:
        return channel.call({"op": "travel", "to": time.time() + self.ahead}, seconds=seconds)

    def clear(self) -> None:
        self._channels.clear()
        self.ahead = 0.0


Told = Callable[[Verdict], None]


def unheard(verdict: Verdict) -> None:
    """For who does not want to hear verdicts as they are made."""


class Session:
    """Serves one examiner until it is done, and collects verdicts by check."""

    def __init__(
        self,
        boxes: Boxes,
        surroundings: Surroundings,
        limits: Limits,
        checks: tuple[Check, ...],
        deadline: float,
        told: Told = unheard,
    ) -> None:
        self._boxes = boxes
        self._surroundings = surroundings
        self._told = told
        self._limits = limits
        self._checks = {check.id: check for check in checks}
        self._run_deadline = deadline
        self._processes = Processes(boxes)
        self._files: Mapping[str, bytes] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.fault = ""
        self._begin_check(None)

    def _begin_check(self, check: Check | None) -> None:
        self._check = check
        self._trouble: Answer | None = None
        self._probed = False
        self._heard = False  # whether this check has had an answer of the app
        self._allowed = (check.seconds if check and check.seconds else None) or self._limits.test_time
        self._deadline = min(time.monotonic() + self._allowed, self._run_deadline)

    def serve(self, examination: Examination, files: Mapping[str, bytes]) -> bool:
        """Serves until the examiner is done. False when it ended or was ended before that.

        Raises GradingFault when the suite itself is broken, SandboxError when the engine is.
        """
        self._files = files
        while True:
            try:
                frame = examination.talk.receive(max(self._deadline - time.monotonic(), 0) + GRACE)
            except (TimeoutError, WireError):
                self._examiner_lost(Status.TIME)
                return False
            if frame is None:
                self._examiner_lost(Status.CRASHED)
                return False
            match frame.header["say"]:
                case "begin":
                    self._surroundings.begin()
                    self._begin_check(self._checks[frame.header["check"]])
                case "verdict":
                    self._conclude(frame.header)
                case "done":
                    return True
                case "fault":
                    raise GradingFault(f"the hidden suite is broken: {frame.header['text']}")
                case _:
                    answer, body = self._answer(frame.header, frame.body)
                    examination.talk.send(answer, body)

    def _answer(self, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        say = header.pop("say")
        if say == "files":
            return {"status": "finished", "header": {"ok": True}}, self._texts()
        longest = max(self._limits.reply_time, self._check.seconds or 0) if self._check else 0.0
        seconds = min(longest, self._deadline - time.monotonic())
        if self._trouble is not None and self._trouble.status is not Status.CRASHED:
            answer = self._trouble  # after a limit nothing more is asked in this check
        elif seconds <= 0:
            answer = Answer(Status.TIME, detail=f"{self._allowed:g} s for the whole check")
        elif say == "travel":
            answer = self._processes.travel(header["ahead"], seconds)
        elif say == "do":
            self._heard = True
            if worker := header.pop("worker", ""):
                header["number"] = self._surroundings.know(self._processes.channel(worker))
            answer = self._surroundings.do(header, body, seconds)
        else:
            self._probed |= header["op"] not in BEHAVIOUR
            answer = self._processes.call(header.pop("worker"), header, body, seconds)
            self._heard = True
        if not answer.finished:
            self._trouble = self._trouble or answer
        elif answer.header.get("ok") is not True and answer.header.get("error", {}).get("kind") == "output":
            self._trouble = self._trouble or Answer(Status.OUTPUT, source=Source.AGENT)
        elif not well_formed(answer.header):
            answer = self._trouble = Answer(Status.PROTOCOL, detail="an answer of another form")
        return {"status": answer.status.value, "detail": answer.detail, "header": answer.header}, answer.body

    def _texts(self) -> bytes:
        texts: dict[str, str] = {}
        size = 0
        for path, content in self._files.items():
            size += len(content)
            if path.startswith("tests/") or size > MAX_FILES_TEXT:
                continue
            try:
                texts[path] = content.decode("utf-8")
            except UnicodeDecodeError:
                continue
        return json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def _conclude(self, said: dict[str, Any]) -> None:
        """The verdict of the current check, from what its test said and what the sandbox saw."""
        assert self._check is not None
        aftermath = self._end_all()
        outcome = {"passed": Outcome.PASSED, "failed": Outcome.FAILED, "skipped": Outcome.OURS}[said["outcome"]]
        status, source = Status.FINISHED, Source.HARNESS
        if self._trouble is not None:
            status, source = self._trouble.status, self._trouble.source
        if status in (Status.FINISHED, Status.CRASHED) and aftermath.hits and outcome is Outcome.FAILED:
            status, source = aftermath.hits[0], aftermath.source
        if status is Status.ENGINE or aftermath.status is Status.ENGINE:
            outcome = Outcome.OURS
        self._record(
            outcome,
            symptoms=tuple(said["symptoms"]),
            limit=limit_hit(status, source, self._limits, self._allowed),
            crashed=status is Status.CRASHED,
            seconds=said["seconds"],
            message=said["message"],
            traceback=said["traceback"],
            output=aftermath.output.decode("utf-8", "replace"),
        )
        self._begin_check(None)

    def _end_all(self) -> Aftermath:
        aftermath = self._boxes.finish()
        self._processes.clear()
        self._surroundings.clear()
        return aftermath

    def _record(self, outcome: Outcome, **details: Any) -> None:
        check = self._check
        assert check is not None
        basis = Basis.SELF_REPORTED if self._probed else Basis.OBSERVED
        verdict = Verdict(check.id, check.concept, check.title, outcome, basis, check.points, **details)
        earlier = self.verdicts.get(check.id)
        if earlier is not None and not earlier.passed:
            return  # a parametrised test: the first failure is the check's verdict
        self.verdicts[check.id] = verdict
        if earlier is None:
            self._told(verdict)

    def _examiner_lost(self, status: Status) -> None:
        """The examiner hung or died. If it had heard the app during a check, what it heard is the cause: failed."""
        self._end_all()
        if self._check is not None:
            outcome = Outcome.FAILED if self._heard else Outcome.OURS
            limit = limit_hit(status, Source.HARNESS, self._limits, self._allowed)
            self._record(outcome, limit=limit, message="the examiner could not go on with what the app answered")
        elif not self.verdicts:
            self.fault = "the examiner ended before its first check"
        self._begin_check(None)


def well_formed(header: dict[str, Any]) -> bool:
    """Whether an answer has the form that the facade reads: whatever else, a test must not trip over it."""
    if header.get("ok") is True:
        if "status" not in header:
            return "app" not in header or isinstance(header["app"], int)
        headers = header.get("headers")
        return (
            isinstance(header["status"], str)
            and isinstance(headers, list)
            and all(isinstance(pair, list) and [type(part) for part in pair] == [str, str] for pair in headers)
        )
    error = header.get("error")
    return (
        header.get("ok") is False
        and isinstance(error, dict)
        and all(isinstance(error.get(key), str) for key in ("kind", "type", "message", "traceback"))
    )
