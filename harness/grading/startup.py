"""Whether a submission's app starts at all, tried before anything hidden enters the container.

So its own traceback and prints can be shown to the candidate in full.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from harness.domain.errors import GradingFault
from harness.domain.verdicts import LimitHit, StartFailure, StartProblem
from harness.grading.fixtures import DATABASE, fill
from harness.grading.session import Boxes, limit_hit, well_formed
from sandbox.result import Answer, Source, Status

if TYPE_CHECKING:
    from harness.domain.content import Task
    from sandbox.limits import Limits

MESSAGES = {
    StartProblem.MISSING_ENTRY: "The entry point {entry} was not found: {said}.",
    StartProblem.SYNTAX_ERROR: "Python could not read your code: {said}.",
    StartProblem.MISSING_PACKAGE: "Your code imports what is neither in your submission nor installed: {said}.",
    StartProblem.NOT_AN_APP: "The entry point did not give a Flask app: {said}.",
    StartProblem.CRASHED: "Your app did not start: {said}.",
    StartProblem.LIMIT: "Your app hit a limit while it was starting: {said}.",
}


def try_start(task: Task, boxes: Boxes, limits: Limits) -> StartFailure | None:
    """Makes the app once, as each test does. None when it starts. Raises SandboxError, GradingFault (ours)."""
    config = fill(task.config, lambda: DATABASE.format(number=0), secrets.token_hex(32))
    channel = boxes.get().spawn("app")
    order = {"op": "make_app", "entry": task.entry, "config": config, "env": {}}
    answer = channel.call(order, seconds=limits.reply_time)
    aftermath = boxes.finish()
    if answer.finished and answer.header.get("ok") is True and well_formed(answer.header):
        return None
    status, source = answer.status, answer.source
    if Status.ENGINE in (status, aftermath.status):
        raise GradingFault(f"the engine failed while the app was starting: {answer.detail or aftermath.detail}")
    if status in (Status.FINISHED, Status.CRASHED) and aftermath.hits:
        status, source = aftermath.hits[0], aftermath.source
    return _failure(task, answer, status, source, limits, aftermath.output.decode("utf-8", "replace"))


def _failure(task: Task, answer: Answer, status: Status, source: Source, limits: Limits, output: str) -> StartFailure:
    limit = limit_hit(status, source, limits, limits.reply_time)
    if limit is None and answer.finished and not well_formed(answer.header):
        limit = limit_hit(Status.PROTOCOL, Source.HARNESS, limits, 0)
    if limit is not None:
        said = f"{limit.limit.value}{f' ({limit.value})' if limit.value else ''}"
        return _told(task, StartProblem.LIMIT, said, "", output, limit)
    if not answer.finished:
        return _told(task, StartProblem.CRASHED, f"its process ended ({answer.detail})", "", output)
    error = answer.header["error"]
    problem = StartProblem(error["kind"]) if error["kind"] in set(StartProblem) else StartProblem.CRASHED
    said = error["message"] if problem in (StartProblem.MISSING_ENTRY, StartProblem.NOT_AN_APP) else ""
    said = said or f"{error['type']}: {error['message']}"
    trace = "" if problem is StartProblem.NOT_AN_APP else error["traceback"]
    return _told(task, problem, said, trace, output)


def _told(
    task: Task, problem: StartProblem, said: str, trace: str, output: str, limit: LimitHit | None = None
) -> StartFailure:
    message = MESSAGES[problem].format(entry=task.entry, said=said.rstrip("."))
    return StartFailure(problem, message, trace, output, limit)
