"""Runs a question's truth table in the candidate's image and compares it with the key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.content.checks.evidence import function_name
from harness.content.diagnostics import Diagnostic, error
from harness.content.markers import syntax_tree
from harness.domain.errors import GradingFault
from sandbox.result import Answer, Status

if TYPE_CHECKING:
    from harness.domain.content import Question
    from sandbox.box import Box
    from sandbox.pool import Pool

PRELOAD = ("flask", "flask_sqlalchemy", "pytest", "sandbox.inside.pairs")
SECONDS = 30.0  # for one function
MODULE = "evidence"


@dataclass(frozen=True, slots=True)
class Pair:
    """What one option's function returned, as text, and whether the two were equal."""

    option: str
    correct: bool
    equal: bool
    observed: str
    claimed: str


def run_evidence(pool: Pool, question: Question, where: str) -> tuple[list[Pair], list[Diagnostic]]:
    """The pairs of all options that have a function, and what is wrong with them. Raises SandboxError."""
    path = question.folder / "evidence.py"
    if not path.is_file():
        return [], []
    source = path.read_bytes()
    names = {node.name for node in syntax_tree(source, str(path)).body if isinstance(node, ast.FunctionDef)}
    pairs: list[Pair] = []
    found: list[Diagnostic] = []
    box = pool.acquire(PRELOAD)
    try:
        box.load({f"{MODULE}.py": source})
        for option in question.options:
            if function_name(option.id) not in names:
                continue
            answer = _call(box, function_name(option.id))
            if not answer.finished or not answer.header.get("ok"):
                found.append(error(where, f"the function of {option.id!r} gave no pair: {_trouble(answer)}"))
                continue
            said = answer.header
            pairs.append(Pair(option.id, option.correct, said["equal"], said["observed"], said["claimed"]))
            if not said["library_calls"]:
                found.append(error(where, f"the function of {option.id!r} computed nothing by running a library"))
    finally:
        box.close()
    return pairs, [*found, *_disagreements(pairs, where)]


def _call(box: Box, function: str) -> Answer:
    channel = box.spawn("pairs", module=MODULE, function=function)
    answer = channel.receive(SECONDS)
    aftermath = box.finish()
    if Status.ENGINE in (answer.status, aftermath.status):
        raise GradingFault(f"the engine failed: {answer.detail or aftermath.detail}")
    return answer


def _trouble(answer: Answer) -> str:
    if not answer.finished:
        return f"{answer.status} {answer.detail}".strip()
    details = answer.header.get("error", {})
    return f"{details.get('type')}: {details.get('message')}\n{details.get('traceback', '')}".strip()


def _disagreements(pairs: list[Pair], where: str) -> Iterator[Diagnostic]:
    for pair in pairs:
        if pair.correct and not pair.equal:
            yield error(
                where, f"{pair.option!r} is marked right, but its claim {pair.claimed} was not seen: {pair.observed}"
            )
        elif not pair.correct and pair.equal:
            yield error(where, f"{pair.option!r} is marked wrong, but its claim holds: {pair.observed}")
