"""The checks of a hidden suite, read from the source of its tests: nothing of them is imported or run."""

from __future__ import annotations

import ast
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import is_slug, relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARSING = threading.Lock()  # CPython 3.11 counts an interpreter's recursion where it should count a thread's

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
ARGUMENTS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "concept": (str,),
    "points": (int,),
    "seconds": (int, float),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A check as its test's marker declares it. ``title`` is the docstring's first paragraph on one line.

    ``seconds`` is the time that the test asks for, None where the usual limit does.
    """

    id: str
    concept: str
    title: str
    points: int
    seconds: float | None
    where: str  # the file, relative to its content root
    line: int


def read_checks(tests: Path, root: Path, faults: list[Diagnostic]) -> tuple[Check, ...]:
    """The checks of the test files below ``tests``; what a marker or docstring lacks goes to ``faults``."""
    checks: list[Check] = []
    for path in sorted(tests.rglob("test_*.py")):
        where = relative(path, root)
        tree = parse(path, root, faults)
        for function in test_functions(tree):
            check = _check(function, where, faults)
            if check is None:
                continue
            if any(other.id == check.id for other in checks):
                faults.append(error(f"{where}:{check.line}", f"the check id {check.id!r} is used twice"))
            checks.append(check)
    return tuple(checks)


def syntax_tree(source: bytes, name: str) -> ast.Module:
    """``ast.parse``, safe in several threads, where it may raise SystemError otherwise. Raises SyntaxError, ValueError.

    https://github.com/python/cpython/issues/106905
    """
    with PARSING:
        return ast.parse(source, filename=name)


def parse(path: Path, root: Path, faults: list[Diagnostic]) -> ast.Module:
    """The syntax tree of a Python file; what can't be parsed is a diagnostic and an empty module."""
    try:
        return syntax_tree(path.read_bytes(), str(path))
    except (OSError, SyntaxError, ValueError) as problem:
        line = f":{problem.lineno}" if isinstance(problem, SyntaxError) and problem.lineno else ""
        faults.append(error(relative(path, root) + line, f"can't be parsed: {problem}"))
        return ast.Module(body=[], type_ignores=[])


def test_functions(tree: ast.Module) -> Iterator[Function]:
    """The functions that pytest collects: at the top of the module, or in a ``Test…`` class."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        for item in inside:
            if isinstance(item, Function) and item.name.startswith("test"):
                yield item


def check_markers(function: Function) -> list[ast.expr]:
    """The decorators ``@pytest.mark.check(…)`` of a test."""
    return [decorator for decorator in function.decorator_list if _is_check(decorator)]


def _is_check(decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        isinstance(target, ast.Attribute)
        and target.attr == "check"
        and isinstance(target.value, ast.Attribute)
        and target.value.attr == "mark"
    )


def _check(function: Function, where: str, faults: list[Diagnostic]) -> Check | None:
    """The check of one test, or None where its marker can't be read."""
    markers = check_markers(function)
    at = f"{where}:{function.lineno}"
    if len(markers) != 1:
        problem = "has two check markers" if markers else "has no check marker, so it gives no verdict"
        faults.append(error(at, f"{function.name} {problem}"))
        return None
    values = _arguments(markers[0], at, function.name, faults)
    if values is None:
        return None
    title = " ".join((ast.get_docstring(function) or "").split("\n\n")[0].split())
    if not title:
        faults.append(error(at, f"{function.name} has no docstring: it is the line that a candidate reads"))
    return Check(
        id=values["id"],
        concept=values["concept"],
        title=title,
        points=values.get("points", 1),
        seconds=values.get("seconds"),
        where=where,
        line=function.lineno,
    )


def _arguments(marker: ast.expr, at: str, name: str, faults: list[Diagnostic]) -> dict[str, Any] | None:
    before = len(faults)
    values: dict[str, Any] = {}
    if isinstance(marker, ast.Call):
        given = [("id", node) for node in marker.args]
        given += [(keyword.arg or "**", keyword.value) for keyword in marker.keywords]
        for key, node in given:
            if key not in ARGUMENTS or key in values:
                faults.append(error(at, f"the check marker of {name} has an argument too many: {key!r}"))
            elif not isinstance(node, ast.Constant) or type(node.value) not in ARGUMENTS[key]:
                kinds = " or ".join(kind.__name__ for kind in ARGUMENTS[key])
                faults.append(error(at, f"`{key}` in the check marker of {name} must be a literal {kinds}"))
            else:
                values[key] = node.value
    if len(faults) == before:
        lacking = [key for key in ("id", "concept") if key not in values]
        faults.extend(error(at, f"the check marker of {name} lacks the {key}") for key in lacking)
    if "id" in values and not is_slug(values["id"]):
        faults.append(error(at, f"the check id {values['id']!r} is no slug: lower-case letters, digits, hyphens"))
    small = [key for key in ("points", "seconds") if values.get(key, 1) <= 0]
    faults.extend(error(at, f"`{key}` in the check marker of {name} must be more than 0") for key in small)
    return values if len(faults) == before else None
