"""The main job on real input: grade a right and a wrong submission of one task, and show both reports.

`make demo` runs it; `make demo TASK=n-plus-one/slow-pages` takes another task. The HTML reports go to build/reports/.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSAY = Path(sys.executable).parent / "assay"
REPORTS = ROOT / "build" / "reports"
TASK = "application-factory/library-factory"
EXPECTED = {"right": 0, "wrong": 1}  # the exit status of `assay grade`


def grade(task: str, submission: Path, *options: str) -> int:
    """Run `assay grade` as anybody would; say its exit status."""
    command = [str(ASSAY), "grade", task, str(submission.relative_to(ROOT)), *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def show(name: str, task: str, submission: Path) -> bool:
    """Both reports of one submission; true if the verdict is the one that the submission is there for."""
    print(f"\n$ assay grade {task} {submission.relative_to(ROOT)}\n", flush=True)
    page = REPORTS / f"{name}.html"
    statuses = {
        grade(task, submission),
        grade(task, submission, "--format", "html", "--output", str(page)),
    }
    return statuses == {EXPECTED[name]}


def main() -> int:
    task = sys.argv[1] if len(sys.argv) > 1 else TASK
    reference = ROOT / "reference" / task
    wrong = sorted(path for path in reference.glob("wrong/*") if path.is_dir())
    if not wrong:
        print(f"{task} has no wrong solution under reference/", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    submissions = {"right": reference / "solution", "wrong": wrong[0]}
    as_expected = [show(name, task, submission) for name, submission in submissions.items()]
    print(f"""
The same two reports as pages: build/reports/right.html, build/reports/wrong.html

Next, with .venv/bin on your PATH:
  assay tasks                      what there is to grade
  assay start {task.rpartition("/")[2]} kit/   a candidate's kit
  assay try kit/                   its public tests, in the sandbox
  assay grade {task.rpartition("/")[2]} kit/   the hidden ones
  assay doctor                     what all this stands on""")
    return 0 if all(as_expected) else 3


if __name__ == "__main__":
    sys.exit(main())
