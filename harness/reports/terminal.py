"""A report on a terminal, with rich. Symbols and words carry the meaning; colour only repeats it.

Text reaches rich as ``Text`` objects alone, never as a string, so that no markup in it is ever read as markup. Only
prose of ours is rendered as Markdown. Text of a submission stands behind a bar, so that it can't pass for a line of
the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.styled import Styled
from rich.table import Table
from rich.text import Text

from harness.reports import words
from harness.reports.terminal_prose import PROSE_WIDTH, THEME, prose

if TYPE_CHECKING:
    from harness.reports.model import (
        CheckView,
        ConceptView,
        DiagnosisView,
        OptionView,
        QuestionView,
        Record,
        Report,
        StartView,
        StudyView,
    )

MARKS = {"passed": ("✓", "green"), "failed": ("✗", "red"), "ours": ("?", "yellow")}
WORDS = {"passed": "passed", "failed": "failed", "ours": "not judged"}
BASES = {"observed": "", "self-reported": "self-reported", "claim": "claim"}


class _Quoted:
    """Lines behind a bar."""

    def __init__(self, text: str) -> None:
        self.lines = text.rstrip().split("\n")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - 2, 1)
        for line in self.lines:
            for part in Text(line).wrap(console, width, overflow="fold") or [Text()]:
                yield Text.assemble(("│ ", "dim"), part)


def show(report: Report, console: Console) -> None:
    """Prints the report to ``console``."""
    with console.use_theme(THEME):
        for part in _parts(report):
            console.print(part, width=min(console.width, PROSE_WIDTH), highlight=False)


def render(report: Report, width: int = 80) -> str:
    """The report as plain text: no colour, no control character but the newline."""
    out = StringIO()
    show(report, Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(report: Report) -> Iterable[RenderableType]:
    yield from _summary(report)
    if report.start:
        yield from _start(report.start)
    for diagnosis in report.diagnoses:
        yield from _diagnosis(diagnosis)
    if report.studies:
        yield from _heading("Worth reading up on")
        for study in report.studies:
            yield from _study(study, report.claims)
    if report.concepts:
        yield from _heading("What was checked")
        for concept in report.concepts:
            yield from _concept(concept)
        yield from _legend(report)
    if report.explanation:
        yield from _heading("How the reference does it")
        yield prose(report.explanation, 1)
    if report.record:
        yield from _record(report.record)
    if report.concepts:  # a long report ends with what it began with, where a terminal's reader is
        yield Text()
        yield Rule(style="dim")
        yield _result(report)
    yield Text()


def _heading(title: str) -> Iterable[RenderableType]:
    yield Text()
    yield Rule(Text(f"{title} ", style="bold"), align="left", style="dim")


def _summary(report: Report) -> Iterable[RenderableType]:
    yield Text()
    yield Text(report.task.title, style="bold")
    about = f"{report.task.topic} · {report.task.level} · {report.task.kind}"
    if report.submission:
        yield Padding(_line(report.submission), 0)
    yield Text(about, style="dim")
    yield Text()
    yield _result(report)
    for remark in report.remarks:
        yield Padding(Text(remark), (1, 0, 0, 2))
    if report.limits:
        yield Text()
    for sentence in report.limits:
        yield _item("!", Text(sentence), 2)
    if report.concepts:
        yield Text()
        yield _overview(report.concepts)


def _result(report: Report) -> Text:
    score = "No score" if report.score is None else f"{report.score:g} of 100"
    style = {"passed": "bold green", "ours": "bold yellow"}.get(report.status, "bold")
    return Text.assemble((score, style), "   ", report.headline)


def _overview(concepts: Iterable[ConceptView]) -> RenderableType:
    """A line per concept: a mark per check, and its points."""
    table = Table.grid(padding=(0, 3, 0, 0))
    for concept in concepts:
        marks = Text()
        for check in concept.checks:
            marks.append(*MARKS[check.outcome])
        table.add_row(_line(concept.name), marks, Text(words.points(concept), style="dim"))
    return Padding(table, (0, 0, 0, 2))


def _concept(concept: ConceptView) -> Iterable[RenderableType]:
    yield Text()
    yield Padding(_line(f"{concept.name or 'other checks'}   {words.points(concept)}", "bold"), 0)
    if concept.definition:
        yield prose(concept.definition, 0)
    for check in concept.checks:
        yield from _check(check)


def _check(check: CheckView) -> Iterable[RenderableType]:
    mark, style = MARKS[check.outcome]
    basis = "" if check.outcome == "ours" else BASES[check.basis]
    tags = "".join(f"  [{tag}]" for tag in ("guard" if check.guard else "", basis) if tag)
    words = Text.assemble((f"{WORDS[check.outcome]} ", style), check.title, (tags, "dim"))
    if check.basis == "claim":  # the title is the container's word as well
        words = _line(f"{WORDS[check.outcome]}{tags} {check.title}")
    yield _item(mark, words, 2, style)
    for note in check.notes:
        yield Padding(Text(note, style="dim"), (0, 0, 0, 11))
    if check.detail:
        detail = check.detail
        yield Padding(_line(f"{detail.seconds:.2f} s · {check.id}", "dim"), (0, 0, 0, 11))
        if detail.symptoms:
            yield Padding(_line(f"symptoms: {', '.join(detail.symptoms)}", "dim"), (0, 0, 0, 11))
        for label, text in (("message", detail.message), ("traceback", detail.traceback), ("output", detail.output)):
            yield from _quoted(label, text, 11)


def _legend(report: Report) -> Iterable[RenderableType]:
    for sentence in filter(None, (report.basis_summary, report.guard_summary)):
        yield Text()
        yield Text(sentence, style="dim")


def _start(start: StartView) -> Iterable[RenderableType]:
    yield from _heading("Why it did not start")
    yield Text()
    if start.message:
        yield from _quoted("", start.message, 0)
    if start.limit:
        yield Text(start.limit.sentence)
    yield Text(start.advice)
    yield from _quoted("Traceback", start.traceback, 0)
    yield from _quoted("What it printed", start.output, 0)


def _diagnosis(diagnosis: DiagnosisView) -> Iterable[RenderableType]:
    yield from _heading("What the failures have in common")
    yield Text()
    yield prose(f"{diagnosis.lead} **{diagnosis.belief.strip()}**.", 0)
    if diagnosis.definition:
        yield Text()
        yield prose(diagnosis.definition, 0)
    yield Text()
    yield Text("The checks that show it:")
    for title in diagnosis.checks:
        yield _item("✗", Text(title), 2, "red")
    if diagnosis.question:
        yield from _question(diagnosis.question, "" if diagnosis.question.complete else diagnosis.says)


def _study(study: StudyView, claims: bool) -> Iterable[RenderableType]:
    yield Text()
    yield Text(study.name, style="bold")
    yield prose(study.definition, 0)
    yield Text()
    for title in study.checks:
        yield _item("✗", _line(title) if claims else Text(title), 2, "red")
    if study.question:
        yield from _question(study.question)


def _question(question: QuestionView, says: str = "") -> Iterable[RenderableType]:
    yield Text()
    yield Text("A question about it" if question.complete else "The same in a question", style="bold")
    yield prose(question.stem, 2)
    for option in question.options:
        yield Text()
        yield from _option(option, says)
    yield Text()
    yield prose(question.explanation, 2)
    for reference in question.references:
        yield _item("→", Text.assemble(("Read more: ", "bold"), reference), 2)


def _option(option: OptionView, says: str) -> Iterable[RenderableType]:
    mark, style = MARKS["passed" if option.correct else "failed"]
    label = f"{option.letter} is {'right' if option.correct else 'wrong'}"
    if says:
        label = f"{says}, which is wrong" if option.same else "What is right"
    yield Padding(Text(f"{mark} {label}", style=style), (0, 0, 0, 2))
    yield Styled(prose(option.text, 4), "bold")
    yield prose(option.why, 4)


def _record(record: Record) -> Iterable[RenderableType]:
    yield from _heading("The run")
    yield Text()
    table = Table.grid(padding=(0, 2, 0, 0))
    rows = {
        "run": record.run_id,
        "seed": record.seed,
        "submission": record.submission_digest,
        "task": record.task_digest,
        "image": f"{record.image_tag} {record.image}".strip(),
        "runtime": f"{record.runtime}, Python {record.python}, {record.seconds:.2f} s",
        "libraries": ", ".join(f"{name} {version}" for name, version in record.libraries.items()),
    }
    for label, value in rows.items():
        table.add_row(Text(label, style="dim"), Text(value, overflow="fold"))
    yield Padding(table, (0, 0, 0, 2))
    yield from _quoted("What of ours failed", record.fault, 0)
    yield from _quoted("What the app printed", record.output, 0)


def _line(text: str, style: str = "") -> Text:
    """Text that a submission may have a hand in, on one line: cut where it would run on, so that it begins none.

    It must stand in a Padding or a table: a console that is given a bare Text forgets its ``no_wrap``.
    """
    return Text(text, style=style, no_wrap=True, overflow="ellipsis")


def _item(mark: str, words: Text, indent: int, style: str = "") -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row(Text(mark, style=style), words)
    return Padding(table, (0, 0, 0, indent))


def _quoted(label: str, text: str, indent: int) -> Iterable[RenderableType]:
    """Text of a submission, every line behind a bar, a folded one too."""
    if not text.strip():
        return
    if label:
        yield Padding(Text(label, style="bold"), (0, 0, 0, indent))
    yield Padding(_Quoted(text), (0, 0, 0, indent))
