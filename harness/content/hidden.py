"""The hidden half of content: hidden tests, the subjects of test-writing tasks, references and what they must
score.

Only grading and verification import this; an import contract keeps everything that serves people away from
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import Table, is_slug, read_manifest, read_text, relative
from harness.content.markers import Check, read_checks
from harness.content.trees import read_tree
from harness.domain.content import Expectation, Reference, Task, TaskKind
from harness.domain.digests import files_digest
from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACCEPTS = "accepts-correct-apps"  # the check of a test-writing task that every such task has
UNKNOWN = "unknown"  # what a held-out wrong solution is named after when its defect has no pattern
ACCEPTS_TITLE = "The tests pass on every app that does what the brief says."


@dataclass(frozen=True, slots=True)
class Hidden:
    """A task's hidden half. All paths are absolute.

    ``checks`` come from the tests' markers, or for a task of the kind "test" from its ``checks.toml``.
    ``right`` and ``mutants`` are the apps that a candidate's tests are judged against, by name; empty for the
    other kinds.
    """

    task: str
    folder: Path
    tests: Path
    data: Path
    checks: tuple[Check, ...]
    right: Mapping[str, Path] = field(default_factory=dict)
    mutants: Mapping[str, Path] = field(default_factory=dict)

    def check(self, id_: str) -> Check:
        """The check with that id. Raises KeyError."""
        for check in self.checks:
            if check.id == id_:
                return check
        raise KeyError(id_)


def content_root(task: Task) -> Path:
    """The root that ``task`` was loaded from."""
    return task.folder.parents[3]


def reference_folder(task: Task) -> Path:
    """Where the task's reference is, whether or not it exists."""
    return content_root(task) / "reference" / task.topic / task.slug


def load_hidden(task: Task) -> Hidden:
    """The hidden half of ``task``. Raises ContentError, which lists every fault of it."""
    faults: list[Diagnostic] = []
    hidden = read_hidden(task, faults)
    _refuse(faults)
    return hidden


def load_reference(task: Task) -> Reference:
    """The reference of ``task`` and what is expected of it; an empty one where its root has none.

    Raises ContentError, which lists every fault of it.
    """
    faults: list[Diagnostic] = []
    reference = read_reference(task, faults)
    _refuse(faults)
    return reference


def task_digest(task: Task) -> str:
    """The SHA-256, in hexadecimal, of all that a task's verdicts hang on: manifest, public and hidden half.

    The reference is not in it: a better explanation does not change what a submission scored.
    Raises ContentError for a link or special file among them.
    """
    files = {"task.toml": (task.folder / "task.toml").read_bytes()}
    for half in ("public", "hidden"):
        files.update({f"{half}/{name}": data for name, data in read_tree(task.folder / half).items()})
    return files_digest(files)


def read_hidden(task: Task, faults: list[Diagnostic]) -> Hidden:
    """As ``load_hidden``, but with what could be read; the rest goes to ``faults``."""
    root = content_root(task)
    folder = task.folder / "hidden"
    tests, subjects = folder / "tests", folder / "subjects"
    if task.kind is TaskKind.TEST:
        return Hidden(
            task=task.id,
            folder=folder,
            tests=tests,
            data=folder / "data",
            checks=_subject_checks(subjects / "checks.toml", root, faults),
            right=_named_folders(subjects / "right", root, faults),
            mutants=_named_folders(subjects / "mutants", root, faults),
        )
    if not any(tests.rglob("test_*.py")):
        faults.append(error(relative(tests, root), "holds no test_*.py"))
    return Hidden(task.id, folder, tests, folder / "data", read_checks(tests, root, faults))


def read_reference(task: Task, faults: list[Diagnostic]) -> Reference:
    """As ``load_reference``, but with what could be read; the rest goes to ``faults``."""
    root, folder = content_root(task), reference_folder(task)
    if not folder.is_dir():
        return Reference(task.id, folder, guards=(), expectations={})
    manifest = read_manifest(folder / "expected.toml", root, faults)
    solution = manifest.table("solution", required=bool(manifest.keys))
    if solution.integer("score", 100, minimum=0) != 100:
        solution.fault("score", "must be 100: a reference that misses points is wrong")
    solution.close()
    starter = manifest.table("starter", required=bool(manifest.keys))
    if starter.integer("score", 0, minimum=0) != 0:
        starter.fault("score", "must be 0: what the starter passes is a guard and earns nothing")
    guards = starter.texts("guards", ())
    starter.close()
    expectations = {
        name: _expectation(name, manifest.table(name)) for name in manifest.keys if name.startswith("wrong/")
    }
    manifest.close()
    explanation = read_text(folder / "explanation.md", root, faults)
    return Reference(task.id, folder, guards, expectations, explanation)


def named_folders(parent: Path) -> dict[str, Path]:
    """The folders in ``parent`` by name, sorted; empty where ``parent`` isn't there."""
    if not parent.is_dir():
        return {}
    return {
        path.name: path for path in sorted(parent.iterdir()) if path.is_dir() and not path.name.startswith((".", "__"))
    }


def _expectation(name: str, table: Table) -> Expectation:
    expectation = Expectation(
        name=name,
        misconception=name.removeprefix("wrong/").partition(".")[0],
        must_fail=table.texts("must_fail"),
        may_fail=table.texts("may_fail", ()),
    )
    if not expectation.must_fail:
        table.fault("must_fail", "names no check: nothing would catch this wrong solution")
    table.close()
    return expectation


def _subject_checks(path: Path, root: Path, faults: list[Diagnostic]) -> tuple[Check, ...]:
    """The checks of a test-writing task: one per mutant, and that the candidate's tests accept right apps."""
    manifest = read_manifest(path, root, faults)
    where = relative(path, root)
    checks = []
    for name in manifest.keys:
        if not is_slug(name):
            manifest.fault(name, "is no slug: lower-case letters, digits, hyphens")
        table = manifest.table(name)
        title = table.text("title", ACCEPTS_TITLE if name == ACCEPTS else None)
        concept, points = table.text("concept"), table.integer("points", 1)
        checks.append(Check(name, concept, title, points, None, where, 1))
        table.close()
    if manifest.keys and ACCEPTS not in manifest.keys:
        manifest.fault(ACCEPTS, "is missing: its table names the concept that accepting right apps is about")
    return tuple(checks)


def _named_folders(parent: Path, root: Path, faults: list[Diagnostic]) -> dict[str, Path]:
    found = named_folders(parent)
    if not found:
        faults.append(error(relative(parent, root), "holds no folder"))
    return found


def _refuse(faults: list[Diagnostic]) -> None:
    if faults:
        raise ContentError("\n".join(str(fault) for fault in faults))
