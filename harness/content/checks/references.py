"""Checks of a task's reference: solutions are there, and ``expected.toml`` names what exists and tells it apart."""

from __future__ import annotations

import ast
from itertools import permutations
from typing import TYPE_CHECKING

from harness.content.checks import minimums
from harness.content.checks.tasks import has_module
from harness.content.diagnostics import Diagnostic, error
from harness.content.hidden import UNKNOWN, named_folders
from harness.content.manifest import relative
from harness.content.markers import parse
from harness.content.trees import read_tree
from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from harness.content.checks.material import TaskMaterial
    from harness.domain.content import Expectation

EXPECTED = "expected.toml"


def solutions(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Each solution, right or wrong, is one that could be handed in; and there are enough of them."""
    folder = material.reference.folder
    groups = {name: named_folders(folder / name) for name in ("equivalents", "wrong", "heldout")}
    for path in (folder / "solution", *(path for group in groups.values() for path in group.values())):
        if material.writes_tests:
            if not any((path / "tests").rglob("test_*.py")):
                yield error(relative(path, material.root), "holds no tests/test_*.py")
        elif not has_module(path, material.task.entry):
            yield error(relative(path, material.root), f"has no module for the entry {material.task.entry!r}")
    if material.published:
        for name, least in (("equivalents", minimums.EQUIVALENTS), ("wrong", minimums.WRONG)):
            if len(groups[name]) < least:
                yield error(material.reference_at(name), f"holds {len(groups[name])} solutions; {least} are needed")
    try:
        read_tree(folder)
    except ContentError as problem:
        yield error(material.reference_at(), str(problem))


def expectations_and_folders(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Each wrong solution has its table and the other way round, and is named after a misconception."""
    folders = {f"wrong/{name}" for name in named_folders(material.reference.folder / "wrong")}
    named = set(material.reference.expectations)
    for name in sorted(folders - named):
        yield error(material.reference_at(EXPECTED), f'has no table ["{name}"]')
    for name in sorted(named - folders):
        yield error(material.reference_at(EXPECTED), f'["{name}"] has no folder')
    for name, wrong in material.reference.expectations.items():
        if wrong.misconception not in material.topic.misconceptions:
            yield error(
                material.reference_at(EXPECTED),
                f'["{name}"]: {wrong.misconception!r} is no misconception of {material.topic.slug}',
            )


def held_out(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Each held-out wrong solution is named after a misconception that a report could name, or ``unknown``."""
    known = {wrong.misconception for wrong in material.reference.expectations.values()} | {UNKNOWN}
    for name in named_folders(material.reference.folder / "heldout"):
        if name.partition(".")[0] not in known:
            at = material.reference_at(f"heldout/{name}")
            yield error(at, f"is named after no misconception of {EXPECTED}, nor {UNKNOWN!r}")


def named_checks(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Guards, ``must_fail`` and ``may_fail`` name checks and symptoms that the hidden suite has."""
    symptoms = _symptoms(material)
    at = material.reference_at(EXPECTED)
    for guard in material.reference.guards:
        if guard not in material.check_ids:
            yield error(at, f"[starter]: guards name the check {guard!r}, which is not there")
    for name, wrong in material.reference.expectations.items():
        for entry in (*wrong.must_fail, *wrong.may_fail):
            check, _, symptom = entry.partition("/")
            if check not in material.check_ids:
                yield error(at, f'["{name}"] names the check {check!r}, which is not there')
            if symptom and symptoms is not None and symptom not in symptoms:
                yield error(at, f'["{name}"] names the symptom {symptom!r}, which no test tells')
        for entry in sorted(set(wrong.must_fail) & set(wrong.may_fail)):
            yield error(at, f'["{name}"] has {entry!r} in must_fail and in may_fail')


def patterns(material: TaskMaterial) -> Iterator[Diagnostic]:
    """No two misconceptions look alike: what one must fail never fits the other, or a report could say neither."""
    told: set[frozenset[str]] = set()
    for one, other in permutations(material.reference.expectations.values(), 2):
        pair = frozenset({one.name, other.name})
        if one.misconception == other.misconception or pair in told:
            continue
        if _fits(other, one.must_fail):
            told.add(pair)
            yield error(
                material.reference_at(EXPECTED),
                f'nothing tells ["{one.name}"] from ["{other.name}"]: a submission that fails '
                f"{', '.join(one.must_fail)} fits both",
            )


def mostly_right(material: TaskMaterial) -> Iterator[Diagnostic]:
    """A wrong solution passes at least half of the hidden suite."""
    if material.writes_tests:
        return  # a suite that rejects a right app kills nothing at all
    for name, wrong in material.reference.expectations.items():
        failing = {entry.partition("/")[0] for entry in wrong.must_fail}
        if 2 * len(failing) > len(material.hidden.checks):
            yield error(
                material.reference_at(EXPECTED),
                f'["{name}"] fails {len(failing)} of {len(material.hidden.checks)} checks; half are to pass',
            )


def _fits(wrong: Expectation, failed: Collection[str]) -> bool:
    """Whether a submission with just these failures would be told that it is ``wrong``."""
    signs = {part for entry in failed for part in (entry, entry.partition("/")[0])}
    explained = {*wrong.must_fail, *wrong.may_fail}
    return set(wrong.must_fail) <= signs and all(
        entry in explained or entry.partition("/")[0] in explained for entry in failed
    )


def _symptoms(material: TaskMaterial) -> set[str] | None:
    """The symptoms that the hidden tests can tell; None where some are computed."""
    found: set[str] = set()
    for path in sorted(material.hidden.tests.rglob("*.py")):
        for node in ast.walk(parse(path, material.root, [])):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "symptom":
                name = node.args[0] if node.args else None
                if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
                    return None
                found.add(name.value)
    return found


CHECKS = (solutions, expectations_and_folders, held_out, named_checks, patterns, mostly_right)
