"""Whether a submission's app starts at all, tried before anything hidden enters the container.

So its own traceback and prints can be shown to the candidate in full.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from harness.domain.errors import GradingFault
from harness.domain.verdicts import LimitHit, StartFailure, StartProblem
from harness.grading.fixtures import DATABASE, fill
from harness.grading.session import Boxes, limit_hit, well_formed
from harness.grading.surroundings import PROGRAM_SECONDS, Surroundings, come_up, serve_http
from sandbox.result import Aftermath, Answer, Source, Status

if TYPE_CHECKING:
    from harness.domain.content import Program, Task
    from sandbox.limits import Limits

MESSAGES = {
    StartProblem.MISSING_ENTRY: "The entry point {entry} was not found: {said}.",
    StartProblem.SYNTAX_ERROR: "Python could not read your code: {said}.",
    StartProblem.MISSING_PACKAGE: "Your code imports what is neither in your submission nor installed: {said}.",
    StartProblem.NOT_AN_APP: "The entry point did not give a Flask app: {said}.",
    StartProblem.CRASHED: "Your app did not start: {said}.",
    StartProblem.PROGRAM: "A program beside your app did not come up: {said}.",
    StartProblem.LIMIT: "Your app hit a limit while it was starting: {said}.",
}


def try_start(task: Task, boxes: Boxes, surroundings: Surroundings, limits: Limits) -> StartFailure | None:
    """Makes the app once, as each test does, then starts each program of the task.

    None when all start. Raises SandboxError, GradingFault (ours).
    """
    secret, database = secrets.token_hex(32), DATABASE.format(number=0)
    config, environment = (fill(values, lambda: database, secret) for values in (task.config, task.environment))
    surroundings.begin()
    channel = boxes.get().spawn("app")
    order = {"op": "make_app", "entry": task.entry, "config": config, "env": environment}
    answer = channel.call(order, seconds=limits.reply_time)
    aftermath = _finish(boxes, surroundings)
    failure = _app_failure(task, answer, aftermath, limits)
    for program in () if failure else task.programs.values():
        surroundings.begin()
        failure = failure or _try_program(program, boxes, surroundings, environment, limits)
    return failure


def _finish(boxes: Boxes, surroundings: Surroundings) -> Aftermath:
    aftermath = boxes.finish()
    surroundings.clear()
    return aftermath


def _try_program(
    program: Program, boxes: Boxes, surroundings: Surroundings, environment: dict[str, Any], limits: Limits
) -> StartFailure | None:
    box = boxes.get()
    channel = surroundings.start(program, environment)
    if program.port:
        up = serve_http(box, channel, program.port, PROGRAM_SECONDS)
    else:
        up = come_up(box, channel, None, program.says, PROGRAM_SECONDS)
    box.look(channel.number, limits.reply_time)
    ended = channel.ended
    aftermath = _finish(boxes, surroundings)
    if Status.ENGINE in (aftermath.status, ended.status if ended else Status.FINISHED):
        raise GradingFault(f"the engine failed while {program.command[0]} was starting: {aftermath.detail}")
    if up:
        return None
    hit = limit_hit(aftermath.hits[0], aftermath.source, limits, PROGRAM_SECONDS) if aftermath.hits else None
    wanted = f"nothing answers on port {program.port}" if program.port else f"it has not said {program.says!r}"
    why = f"it ended ({ended.detail})" if ended else f"after {PROGRAM_SECONDS:g} s {wanted}"
    message = f"{program.command[0]} did not come up: {why}."
    return StartFailure(StartProblem.PROGRAM, message, "", aftermath.output.decode("utf-8", "replace"), hit)


def _app_failure(task: Task, answer: Answer, aftermath: Aftermath, limits: Limits) -> StartFailure | None:
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
