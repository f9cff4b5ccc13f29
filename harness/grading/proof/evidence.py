"""Runs the questions' truth tables in the candidate's image and compares them with the keys."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.content.checks.evidence import function_name
from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative
from harness.content.markers import syntax_tree
from harness.domain.errors import GradingFault
from sandbox.result import Answer, Status

if TYPE_CHECKING:
    from harness.domain.content import Question
    from sandbox.box import Box
    from sandbox.pool import Pool

PRELOAD = frozenset({"flask", "flask_sqlalchemy", "sandbox.inside.pairs"})
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One question's truth table: its source, the functions in it, and what its module imports."""

    question: Question
    where: str
    source: bytes
    functions: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, question: Question) -> Evidence | None:
        """None where no option is decided by behaviour."""
        path = question.folder / "evidence.py"
        if not path.is_file():
            return None
        source = path.read_bytes()
        body = syntax_tree(source, str(path)).body
        functions = frozenset(node.name for node in body if isinstance(node, ast.FunctionDef))
        return cls(question, relative(path, question.folder.parents[3]), source, functions, frozenset(_imports(body)))


def _imports(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The installed modules that a module imports when it is imported itself."""
    for node in body:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        yield from (name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)


def run_evidence(pool: Pool, questions: Sequence[Question], step: Callable[[Question], None]) -> list[Diagnostic]:
    """What is wrong with the truth tables. Raises SandboxError, GradingFault.

    One box serves all of them, since all are ours; each function still has a process of its own, and folders that hold
    its question's module only.
    """
    tables = {question: Evidence.of(question) for question in questions}
    preload = tuple(sorted(PRELOAD.union(*(table.imports for table in tables.values() if table))))
    found: list[Diagnostic] = []
    box: Box | None = None
    try:
        for question, table in tables.items():
            if table is not None:
                box = _living(box, pool, preload)
                found += _hold(box, table)
            step(question)
    finally:
        if box is not None:
            box.close()
    return found


def _living(box: Box | None, pool: Pool, preload: tuple[str, ...]) -> Box:
    """This box, or another where there is none yet or it has died."""
    if box is not None and box.alive:
        return box
    if box is not None:
        box.close()
    return pool.acquire(preload)


def _hold(box: Box, table: Evidence) -> list[Diagnostic]:
    """Runs one question's functions and holds what they return against its key."""
    box.load({f"{MODULE}.py": table.source})
    pairs: list[Pair] = []
    found: list[Diagnostic] = []
    for option in table.question.options:
        if function_name(option.id) not in table.functions:
            continue
        answer = _call(box, function_name(option.id))
        if not answer.finished or not answer.header.get("ok"):
            found.append(error(table.where, f"the function of {option.id!r} gave no pair: {_trouble(answer)}"))
            continue
        said = answer.header
        pairs.append(Pair(option.id, option.correct, said["equal"], said["observed"], said["claimed"]))
        if not said["library_called"]:
            found.append(error(table.where, f"the function of {option.id!r} computed nothing by running a library"))
    return [*found, *_disagreements(pairs, table.where)]


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
