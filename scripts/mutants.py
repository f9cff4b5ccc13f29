"""Does a hidden suite notice small changes of the reference? Mutants by Cosmic Ray, graded in the sandbox.

    python scripts/mutants.py [--most 60] [--seed 1] TASK...

Each mutant is the reference solution with one change. It is caught when a check fails or the app no longer starts. The
survivors are printed as diffs: some change nothing that the brief names, the others are a hole in the suite. What
became of them stands in docs/task-quality.md. Cosmic Ray is a development tool: `pip install cosmic-ray`, into an
environment of its own if you like, and pass it with --python.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from harness.content.library import load_library  # noqa: E402
from harness.content.trees import read_tree  # noqa: E402
from harness.domain.verdicts import Outcome  # noqa: E402
from harness.grading.exam import Exam  # noqa: E402
from harness.grading.station import station  # noqa: E402

if TYPE_CHECKING:
    from harness.grading.grade import Grader

# Runs where Cosmic Ray is installed: reads [[path, source], …], prints [[path, operator, source], …].
MAKER = """
import json, sys
from cosmic_ray.mutating import mutate_code
import cosmic_ray.plugins as plugins
found = []
for path, source in json.load(sys.stdin):
    for name in sorted(plugins.operator_names()):
        operator = plugins.get_operator(name)
        if operator.arguments() or "BitOr" in name:  # `int | None` is an annotation nearly everywhere
            continue
        for occurrence in range(1000):
            try:
                mutated = mutate_code(source, operator(), occurrence)
            except AttributeError:  # its replacer of exceptions fails on a dotted name
                continue
            if mutated is None:
                break
            found.append([path, name, mutated])
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Mutant:
    """One changed file of the reference."""

    path: str
    operator: str
    source: str

    def line(self, original: str) -> int:
        """Where it differs first."""
        pairs = zip(original.splitlines(), self.source.splitlines(), strict=False)
        return next((number for number, (a, b) in enumerate(pairs, start=1) if a != b), 0)

    @property
    def family(self) -> str:
        """Operators that replace the same thing by other things are one family: one of them is tried."""
        return "_".join(self.operator.split("_")[:2])


def make(python: str, files: dict[str, bytes]) -> list[Mutant]:
    """Every mutant of the Python files, one per line and family of operators."""
    sources = [[path, data.decode()] for path, data in files.items() if path.endswith(".py")]
    done = subprocess.run([python, "-c", MAKER], input=json.dumps(sources), capture_output=True, text=True, check=True)
    originals = dict(sources)
    seen: dict[tuple[str, int, str], Mutant] = {}
    for mutant in (Mutant(*row) for row in json.loads(done.stdout)):
        seen.setdefault((mutant.path, mutant.line(originals[mutant.path]), mutant.family), mutant)
    return list(seen.values())


def caught(grader: Grader, exam: Exam, files: dict[str, bytes], mutant: Mutant) -> bool:
    result = grader.grade(exam, {**files, mutant.path: mutant.source.encode()})
    if result.fault:
        raise SystemExit(f"a fault of ours: {result.fault}")
    return result.start_failure is not None or any(v.outcome is Outcome.FAILED for v in result.verdicts)


def show(mutant: Mutant, original: str) -> str:
    lines = difflib.unified_diff(
        original.splitlines(), mutant.source.splitlines(), mutant.path, mutant.operator, "", "", 1
    )
    return "\n".join(f"    {line.rstrip()}" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="+", metavar="TASK")
    parser.add_argument("--most", type=int, default=60, help="mutants per task, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has Cosmic Ray")
    options = parser.parse_args()
    library, jobs = load_library(), os.cpu_count() or 1
    with station(spare=jobs) as grader:
        for name in options.tasks:
            exam = Exam.of(library.task(name))
            files = read_tree(exam.reference.folder / "solution")
            all_of_them = make(options.python, files)
            tried = random.Random(options.seed).sample(all_of_them, min(options.most, len(all_of_them)))
            with ThreadPoolExecutor(jobs) as threads:
                noticed = list(threads.map(partial(caught, grader, exam, files), tried))
            print(
                f"{exam.task.id}: {sum(noticed)} of {len(tried)} mutants caught ({len(all_of_them)} in all)", flush=True
            )
            for mutant, was_caught in zip(tried, noticed, strict=True):
                if not was_caught:
                    print(show(mutant, files[mutant.path].decode()), flush=True)


if __name__ == "__main__":
    main()
