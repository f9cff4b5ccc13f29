"""Many submissions to one task at a glance: data in, an index page, a CSV and JSON out.

An index is for graders. Names come from file names and rosters, so they go through ``inert`` like all such text.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from harness.domain.scores import Score, result_score
from harness.domain.verdicts import Outcome
from harness.reports.inert import MESSAGE_LIMIT, inert_line
from harness.reports.pages import page

if TYPE_CHECKING:
    from harness.domain.content import Task, Topic
    from harness.domain.verdicts import GradeResult

CSV_ENCODING = "utf-8-sig"  # the mark that makes spreadsheets read UTF-8
STATUSES = ("passed", "failed", "not-started", "ours", "refused")
BANDS = (*(f"{low} to {low + 9}" for low in range(0, 90, 10)), "90 to 99", "100")
# What makes a spreadsheet take a cell for a formula, in the plain and the full-width forms.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """One submission of a batch. ``refused`` is the intake's message where there is no result; ``roster`` the
    person that the name was matched to, None where nobody was; ``report_file`` is relative to the index."""

    name: str
    result: GradeResult | None = None
    refused: str | None = None
    report_file: str = ""
    roster: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One submission as the index shows it."""

    name: str
    person: str | None
    status: str
    score: float | None
    earned: int
    possible: int
    passed: int
    failed: int
    ours: int
    diagnosis: tuple[str, ...]
    start_problem: str | None
    limits: tuple[str, ...]
    refused: str
    fault: str
    report: str  # a relative address, quoted
    submission_digest: str
    run_id: str
    outcomes: dict[str, str]  # by check id


@dataclass(frozen=True, slots=True)
class CheckRate:
    """How many of those judged failed a check."""

    id: str
    title: str
    concept: str
    failed: int
    judged: int

    @property
    def percent(self) -> int:
        return round(100 * self.failed / self.judged) if self.judged else 0


@dataclass(frozen=True, slots=True)
class Group:
    """Those whose code behaves as if the same thing were true."""

    misconception: str
    belief: str  # Markdown of ours
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A graded folder. ``rows`` have the best score first; ``missing`` are people without a submission."""

    task: str
    title: str
    rows: tuple[Row, ...]
    bands: tuple[tuple[str, int], ...]
    mean: float | None
    median: float | None
    checks: tuple[CheckRate, ...]
    groups: tuple[Group, ...]
    has_roster: bool
    missing: tuple[str, ...]
    unmatched: tuple[str, ...]

    def by_status(self, *statuses: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.status in statuses)


def build_batch(task: Task, topic: Topic, entries: Sequence[BatchEntry], missing: Sequence[str] | None = None) -> Batch:
    """The batch of ``entries``. ``missing`` is None where there is no roster to compare with."""
    rows = tuple(sorted((_row(entry) for entry in entries), key=_order))
    scores = sorted(row.score for row in rows if row.score is not None)
    count = len(scores)
    return Batch(
        task=task.id,
        title=task.title,
        rows=rows,
        bands=_bands(scores),
        mean=round(sum(scores) / count, 1) if scores else None,
        median=round((scores[(count - 1) // 2] + scores[count // 2]) / 2, 1) if scores else None,
        checks=_checks([entry.result for entry in entries if entry.result and not entry.result.start_failure]),
        groups=_groups(rows, topic),
        has_roster=missing is not None,
        missing=tuple(map(inert_line, missing or ())),
        unmatched=tuple(row.name for row in rows if row.person is None) if missing is not None else (),
    )


def index_html(batch: Batch) -> str:
    """The index as one HTML file that stands beside the reports."""
    tallest = max((count for _, count in batch.bands), default=0)
    return page("index.html", batch=batch, tallest=tallest)


def index_json(batch: Batch) -> str:
    """The index as JSON."""
    data: dict[str, Any] = {"schema_version": "1.0", **asdict(batch)}
    data["bands"] = [{"scores": band, "submissions": count} for band, count in batch.bands]
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def index_csv(batch: Batch) -> str:
    """A line per submission, a column per check. Write it with ``CSV_ENCODING``.

    Every cell is quoted, so that no separator of another locale splits it, and a cell that a spreadsheet would take
    for a formula gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    checks = [check.id for check in batch.checks]
    head = "name person status score earned possible passed failed ours diagnosis start_problem limits refused"
    writer.writerow([*head.split(), "report", "submission_digest", "run_id", *map(cell, checks)])
    for row in batch.rows:
        values = [row.name, row.person or "", row.status, "" if row.score is None else f"{row.score:g}"]
        values += [str(n) for n in (row.earned, row.possible, row.passed, row.failed, row.ours)]
        values += ["; ".join(row.diagnosis), row.start_problem or "", "; ".join(row.limits), row.refused]
        values += [row.report, row.submission_digest, row.run_id]
        writer.writerow([cell(value) for value in (*values, *(row.outcomes.get(check, "") for check in checks))])
    for person in batch.missing:
        writer.writerow(["", cell(person), "missing", *[""] * (13 + len(checks))])
    return out.getvalue()


def cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula, whatever blanks it begins with."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def link(report_file: str) -> str:
    """A relative address: it can name neither a scheme nor a host."""
    path = report_file.replace("\\", "/").lstrip("/")
    try:
        raw = path.encode("utf-8", "surrogateescape")  # a file name with bytes that are not UTF-8
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "backslashreplace")
    return f"./{quote(raw)}" if path else ""


def _row(entry: BatchEntry) -> Row:
    result = entry.result
    verdicts = result.verdicts if result else ()
    outcomes = [verdict.outcome for verdict in verdicts]
    score = _score(result)
    hits = [verdict.limit for verdict in verdicts if verdict.limit]
    start = result.start_failure if result else None
    if start and start.limit:
        hits.append(start.limit)
    return Row(
        name=inert_line(entry.name),
        person=None if entry.roster is None else inert_line(entry.roster),
        status=_status(entry, score),
        score=score.value,
        earned=score.earned,
        possible=score.possible,
        passed=outcomes.count(Outcome.PASSED),
        failed=outcomes.count(Outcome.FAILED),
        ours=outcomes.count(Outcome.OURS),
        diagnosis=tuple(inert_line(found.misconception) for found in result.diagnosis) if result else (),
        start_problem=str(start.problem) if start else None,
        limits=tuple(dict.fromkeys(str(hit.limit) for hit in hits)),
        refused=inert_line(entry.refused or "", MESSAGE_LIMIT),
        fault=inert_line(result.fault, MESSAGE_LIMIT) if result else "",
        report=link(entry.report_file),
        submission_digest=inert_line(result.submission_digest) if result else "",
        run_id=inert_line(result.run_id) if result else "",
        outcomes={inert_line(verdict.check): str(verdict.outcome) for verdict in verdicts},
    )


def _score(result: GradeResult | None) -> Score:
    if result is None:
        return Score(None, 0, 0)
    return result_score(result)


def _status(entry: BatchEntry, score: Score) -> str:
    if entry.result is None:
        return "refused"
    if score.value is None:
        return "ours"
    if entry.result.start_failure:
        return "not-started"
    return "passed" if all(verdict.passed for verdict in entry.result.verdicts) else "failed"


def _order(row: Row) -> tuple[bool, float, str]:
    return (row.score is None, -(row.score or 0.0), row.name.casefold())


def _bands(scores: Iterable[float]) -> tuple[tuple[str, int], ...]:
    counts = Counter(int(score // 10) for score in scores)
    return tuple((band, counts[index]) for index, band in enumerate(BANDS))


def _checks(results: Sequence[GradeResult]) -> tuple[CheckRate, ...]:
    """Each check with its rate, the one failed most often first. What was not judged does not count, nor does what
    never started: it would fail everything, and say nothing of a check."""
    seen: dict[str, list[Any]] = {}
    for verdict in (verdict for result in results for verdict in result.verdicts):
        entry = seen.setdefault(verdict.check, [verdict.title, verdict.concept, 0, 0])
        entry[2] += verdict.outcome is Outcome.FAILED
        entry[3] += verdict.outcome is not Outcome.OURS
    rates = [
        CheckRate(inert_line(check), inert_line(title or check), inert_line(concept), failed, judged)
        for check, (title, concept, failed, judged) in seen.items()
    ]
    return tuple(sorted(rates, key=lambda rate: (-rate.percent, -rate.failed)))


def _groups(rows: Sequence[Row], topic: Topic) -> tuple[Group, ...]:
    names: dict[str, list[str]] = {}
    for row in rows:
        for misconception in row.diagnosis:
            names.setdefault(misconception, []).append(row.name)
    groups = [
        Group(found, topic.misconceptions[found].belief if found in topic.misconceptions else "", tuple(people))
        for found, people in names.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group.names), group.misconception)))
