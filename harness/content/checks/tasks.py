"""Checks of a task: what is public gives nothing away, and the hidden suite is whole."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from harness.content.bundle import candidate_kit
from harness.content.checks import minimums
from harness.content.diagnostics import Diagnostic, error
from harness.content.hidden import ACCEPTS
from harness.content.manifest import relative
from harness.content.markers import parse, test_functions
from harness.content.trees import read_tree
from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.content.checks.material import TaskMaterial

PUBLIC = frozenset({"brief.md", "starter", "tests"})
HIDDEN_LOOKING = frozenset(
    {
        "hidden",
        "solution",
        "solutions",
        "reference",
        "equivalents",
        "wrong",
        "heldout",
        "mutants",
        "subjects",
        "expected.toml",
    }
)
TRIVIAL = 40  # bytes: an empty __init__.py is no leak


def public_files(material: TaskMaterial) -> Iterator[Diagnostic]:
    """The starter has the entry point's module, there are public tests, and the kit can be made of them."""
    public = material.task.folder / "public"
    if not has_module(public / "starter", material.task.entry):
        yield error(material.at("public/starter"), f"has no module for the entry point {material.task.entry!r}")
    if not any((public / "tests").rglob("test_*.py")):
        yield error(material.at("public/tests"), "holds no test_*.py")
    for path in sorted(public.iterdir()) if public.is_dir() else ():
        if path.name not in PUBLIC and not path.name.startswith((".", "__")):
            yield error(material.at(f"public/{path.name}"), "goes into no kit: public has brief.md, starter and tests")
    try:
        candidate_kit(material.task, requirements="", python="")
    except ContentError as problem:
        yield error(material.at("public"), str(problem))


def nothing_hidden_in_public(material: TaskMaterial) -> Iterator[Diagnostic]:
    """No public file is named, marked or written like a hidden one."""
    secret = {data for data in _hidden_files(material).values() if len(data) > TRIVIAL}
    for name, data in _tree(material.task.folder / "public").items():
        at = material.at(f"public/{name}")
        if named := sorted(HIDDEN_LOOKING & set(name.lower().split("/"))):
            yield error(at, f"has a name that is for hidden things: {named[0]}")
        if data in secret:
            yield error(at, "is the same file as one of the hidden half")
        if name.endswith(".py") and b"mark.check" in data:
            yield error(at, "has a check marker, which belongs to hidden tests alone")


def suite(material: TaskMaterial) -> Iterator[Diagnostic]:
    """The hidden suite has enough checks, and each is about a concept of the topic."""
    checks = material.hidden.checks
    least = minimums.MUTANTS + 1 if material.writes_tests else minimums.CHECKS
    if material.published and len(checks) < least:
        yield error(material.at("hidden"), f"has {len(checks)} checks; {least} are needed")
    for check in checks:
        if check.concept not in material.topic.concepts:
            yield error(
                f"{check.where}:{check.line}",
                f"the check {check.id!r} names the concept {check.concept!r}, which {material.topic.slug} has not",
            )


def tests_import_nothing_of_the_submission(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Tests reach the app through fixtures alone; where they are graded there is no module to import."""
    module = material.task.entry.partition(":")[0].partition(".")[0]
    for folder in (material.task.folder / "public" / "tests", material.hidden.tests):
        for path in sorted(folder.rglob("*.py")):
            for node in ast.walk(parse(path, material.root, [])):
                if module in _imported(node):
                    at = f"{relative(path, material.root)}:{getattr(node, 'lineno', 1)}"
                    yield error(at, f"imports {module!r} of the submission; tests use the fixtures alone")


def public_tests(material: TaskMaterial) -> Iterator[Diagnostic]:
    """Public tests parse, and there is at least one."""
    folder = material.task.folder / "public" / "tests"
    for path in sorted(folder.rglob("test_*.py")):
        faults: list[Diagnostic] = []
        found = any(test_functions(parse(path, material.root, faults)))
        yield from faults
        if not found and not faults:
            yield error(relative(path, material.root), "holds no test")


def time_stands_with_services(material: TaskMaterial) -> Iterator[Diagnostic]:
    """A server of ours has a clock that no test can move, so tests of a task with one move none."""
    if not (material.task.services or material.task.programs):
        return
    for path in sorted(material.hidden.tests.rglob("*.py")):
        for node in ast.walk(parse(path, material.root, [])):
            if isinstance(node, ast.FunctionDef) and "clock" in {argument.arg for argument in node.args.args}:
                at = f"{relative(path, material.root)}:{node.lineno}"
                yield error(at, "uses `clock`, which moves neither the services nor the programs of this task")


def subjects(material: TaskMaterial) -> Iterator[Diagnostic]:
    """A test-writing task has right apps enough, and a mutant for each check and the other way round."""
    if not material.writes_tests:
        return
    where = material.at("hidden/subjects")
    if material.published and len(material.hidden.right) < minimums.RIGHT_APPS:
        yield error(f"{where}/right", f"has {len(material.hidden.right)} apps; {minimums.RIGHT_APPS} are needed")
    described = material.check_ids - {ACCEPTS}
    for name in sorted(set(material.hidden.mutants) - described):
        yield error(f"{where}/mutants/{name}", "has no table in checks.toml")
    for name in sorted(described - set(material.hidden.mutants)):
        yield error(f"{where}/checks.toml", f"`{name}` has no folder in mutants/")
    for folder in (*material.hidden.right.values(), *material.hidden.mutants.values()):
        if not has_module(folder, material.task.entry):
            yield error(relative(folder, material.root), f"has no module for the entry {material.task.entry!r}")


def has_module(folder: Path, entry: str) -> bool:
    """Whether ``folder`` has the module of an entry point ``module:name``, as a file or a package."""
    base = folder / entry.partition(":")[0].replace(".", "/")
    return base.with_name(f"{base.name}.py").is_file() or (base / "__init__.py").is_file()


def _tree(folder: Path) -> dict[str, bytes]:
    try:
        return read_tree(folder)
    except ContentError:  # a link: public_files and plain_files say so
        return {}


def _hidden_files(material: TaskMaterial) -> dict[str, bytes]:
    folders = (material.hidden.tests, material.hidden.data, material.hidden.folder / "subjects" / "mutants")
    return {f"{folder.name}/{name}": data for folder in folders for name, data in _tree(folder).items()}


def plain_files(material: TaskMaterial) -> Iterator[Diagnostic]:
    """The hidden half consists of plain files."""
    try:
        read_tree(material.hidden.folder)
    except ContentError as problem:
        yield error(material.at("hidden"), str(problem))


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()


CHECKS = (
    public_files,
    nothing_hidden_in_public,
    public_tests,
    suite,
    time_stands_with_services,
    subjects,
    plain_files,
    tests_import_nothing_of_the_submission,
)
