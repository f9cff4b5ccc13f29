"""Checks of ``evidence.py``, read as a syntax tree: whether its functions hold is found by running it, elsewhere."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from harness.content.diagnostics import Diagnostic, error
from harness.content.markers import Function, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.content.checks.material import QuestionMaterial
    from harness.domain.content import Question


def functions(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """Each function is one that an option is decided by, or one that others use."""
    path = material.question.folder / "evidence.py"
    if not path.exists():
        return
    faults: list[Diagnostic] = []
    tree = parse(path, material.root, faults)
    yield from faults
    wanted = {function_name(option.id): option.id for option in material.question.options}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for function in _defined(tree):
        at = f"{material.at('evidence.py')}:{function.lineno}"
        if function.name in wanted:
            yield from _shape(function, at)
        elif function.name not in used:
            yield error(at, f"the function {function.name} is named after no option and is used by none")


def decided(question: Question) -> frozenset[str]:
    """The ids of the options that ``evidence.py`` has a function for."""
    path = question.folder / "evidence.py"
    defined = {f.name for f in _defined(parse(path, question.folder.parents[3], []))} if path.exists() else set()
    return frozenset(option.id for option in question.options if function_name(option.id) in defined)


def coverage(material: QuestionMaterial) -> Iterator[Diagnostic]:
    """An option that no function decides needs a reference to lean on."""
    path = material.question.folder / "evidence.py"
    having = decided(material.question)
    bare = [option.id for option in material.question.options if option.id not in having]
    if bare and not material.question.references:
        yield error(material.at(), f"has no reference, and evidence.py has no function for: {', '.join(bare)}")
    if len(bare) == len(material.question.options) and path.exists():
        yield error(material.at("evidence.py"), "decides no option")


def function_name(option: str) -> str:
    """The name of the function that decides an option."""
    return option.replace("-", "_")


def _defined(tree: ast.Module) -> Iterator[Function]:
    return (node for node in tree.body if isinstance(node, Function))


def _shape(function: Function, at: str) -> Iterator[Diagnostic]:
    """It is called without arguments and returns a pair."""
    arguments = function.args
    if isinstance(function, ast.AsyncFunctionDef):
        yield error(at, f"{function.name} is async: it must return its pair when it is called")
    if len(arguments.posonlyargs + arguments.args) > len(arguments.defaults) or None in arguments.kw_defaults:
        yield error(at, f"{function.name} must be callable without arguments")
    returns = list(_returns(function))
    if not returns:
        yield error(at, f"{function.name} returns nothing: it must return (observed, claimed)")
    for node in returns:
        single = isinstance(node.value, ast.Constant | None)
        if single or (isinstance(node.value, ast.Tuple) and len(node.value.elts) != 2):
            yield error(f"{at.rpartition(':')[0]}:{node.lineno}", f"{function.name} must return (observed, claimed)")


def _returns(node: ast.AST) -> Iterator[ast.Return]:
    """The return statements of a function itself, not those of functions inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Return):
            yield child
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _returns(child)


CHECKS = (functions, coverage)
