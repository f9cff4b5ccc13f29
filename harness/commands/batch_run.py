"""The work of ``assay batch``: intake, grading in parallel, files."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from harness.commands.progress import Progress
from harness.domain.errors import GradingFault, IntakeError, UsageError
from harness.domain.records import from_json, to_json
from harness.domain.scores import result_score
from harness.grading.exam import Exam
from harness.grading.station import station
from harness.intake.roster import key, missing
from harness.intake.submission import ENDINGS, Submission, read_submission
from harness.reports.batch import CSV_ENCODING, BatchEntry, build_batch, index_csv, index_html, index_json
from harness.reports.build import build_report
from harness.reports.formats import FORMATS
from harness.reports.model import Audience

if TYPE_CHECKING:
    from harness.commands.content import Chosen
    from harness.domain.verdicts import GradeResult
    from harness.grading.grade import Grader


class BatchRun:
    """One batch. Files are written as soon as a submission is graded, so that an interrupt loses one at most."""

    def __init__(self, chosen: Chosen, folder: Path, output: Path, audience: str, runtime: str, jobs: int) -> None:
        self._chosen = chosen
        self._exam = Exam.of(chosen.task)
        self._folder = folder
        self._output = output
        self._audience = Audience(audience)
        self._runtime = runtime
        self._jobs = jobs
        self._stop = threading.Event()
        self.exit_status = 0

    def grade(self, people: Mapping[str, str] | None) -> Path:
        """Grades everything that is not graded yet, writes all files, and gives the index page's path."""
        paths = self._submissions()
        for part in ("reports", "results"):
            (self._output / part).mkdir(parents=True, exist_ok=True)
        with (
            Progress(len(paths), "submissions") as progress,
            station(self._runtime, spare=self._jobs, progress=progress.say) as grader,
            ThreadPoolExecutor(self._jobs) as threads,
        ):
            progress.say("grading")
            futures = [threads.submit(self._one, grader, path, people, progress) for path in paths]
            try:
                entries = [future.result() for future in futures]
            except BaseException:
                self._stop.set()
                threads.shutdown(cancel_futures=True)
                raise
        return self._write_index(entries, people)

    def _submissions(self) -> Sequence[Path]:
        found = sorted(
            path
            for path in self._folder.iterdir()
            if not path.name.startswith(".") and (path.is_dir() or path.name.lower().endswith(ENDINGS))
        )
        if not found:
            raise UsageError(f"{self._folder} holds no submissions: no folders, .zip or .tar.gz files.")
        return found

    def _one(self, grader: Grader, path: Path, people: Mapping[str, str] | None, progress: Progress) -> BatchEntry:
        if self._stop.is_set():
            raise GradingFault("interrupted")
        person = people.get(key(path.name)) if people is not None else None
        try:
            if path.is_symlink():
                raise IntakeError("This is a link. Put the submission itself into the folder.")
            submission = read_submission(path)
        except IntakeError as error:
            progress.step()
            return BatchEntry(path.name, refused=str(error), roster=person)
        name = file_name(path.name)
        kept = self._output / "results" / f"{name}.json"
        result = self._kept(kept, submission, grader)
        if result is None:
            result = grader.grade(self._exam, submission.files)
            kept.write_text(to_json(result), encoding="utf-8")
        report = self._output / "reports" / f"{name}.html"
        report.write_text(self._report(result, path.name), encoding="utf-8")
        progress.step()
        return BatchEntry(path.name, result, report_file=f"reports/{name}.html", roster=person)

    def _kept(self, path: Path, submission: Submission, grader: Grader) -> GradeResult | None:
        """An earlier result of the same submission, task, image and runtime in which nothing was ours."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            result = from_json(path.read_text(encoding="utf-8"))
            same = (result.submission_digest, result.task_digest, result.environment.image, result.environment.runtime)
            here = (submission.digest, self._exam.digest, grader.environment.image, grader.environment.runtime)
            if same == here and result_score(result).value is not None:
                return result
        return None

    def _report(self, result: GradeResult, name: str) -> str:
        chosen = self._chosen
        report = build_report(result, chosen.task, chosen.topic, chosen.questions, self._audience, submission_name=name)
        return FORMATS["html"].render(report)

    def _write_index(self, entries: Sequence[BatchEntry], people: Mapping[str, str] | None) -> Path:
        absent = missing(people, [entry.name for entry in entries]) if people is not None else None
        batch = build_batch(self._chosen.task, self._chosen.topic, entries, absent)
        index = self._output / "index.html"
        index.write_text(index_html(batch), encoding="utf-8")
        index.with_suffix(".csv").write_text(index_csv(batch), encoding=CSV_ENCODING, newline="")
        index.with_suffix(".json").write_text(index_json(batch), encoding="utf-8")
        if any(entry.result and result_score(entry.result).value is None for entry in entries):
            self.exit_status = GradingFault.exit_status
        elif any(row.status != "passed" for row in batch.rows):
            self.exit_status = 1
        return index


def file_name(name: str) -> str:
    """A file name for a submission's report: plain characters, and different names stay different."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "submission"
    if plain == name:
        return plain
    return f"{plain[:80]}-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
