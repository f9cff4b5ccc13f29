"""``assay author``: a topic on the workbench. What changes is proven again, and shown as a candidate sees it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.commands.options import runtime_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, RenderableType

    from harness.content.diagnostics import Diagnostic
    from harness.content.library import Library
    from harness.domain.content import Question, Task
    from harness.grading.grade import Grader
    from harness.grading.proof.workbench import Proofs

PAUSE = 0.5  # seconds between two looks at the folder
MOST_SHOWN = 3  # items, so that a change to all of them does not scroll everything away


@click.command()
@click.argument("topic")
@click.option("--once", is_flag=True, help="Look once, and end: 0 when everything holds, 1 when something does not.")
@runtime_option
@click.pass_context
def author(context: click.Context, topic: str, once: bool, runtime: str) -> None:
    """Watch TOPIC while you write: prove again only what changed, show it as a candidate sees it, say what is lacking.

    Ctrl-C ends it.
    """
    from harness.content import load_library
    from harness.domain.errors import UsageError
    from harness.grading.station import station

    roots: Sequence[Path] = context.obj or ()
    library = load_library(roots)
    if not any((root / "challenges" / topic).is_dir() for root in library.roots):
        raise UsageError(f"There is no topic {topic!r}: `assay new-topic {topic} --domain …` makes one.")
    with station(runtime, progress=lambda line: click.echo(line, err=True)) as grader:
        bench = Bench(topic, roots, grader)
        holds = bench.look()
        while not once:
            bench.wait()
            holds = bench.look()
    context.exit(0 if holds else 1)


class Bench:
    """One topic, looked at again and again."""

    def __init__(self, topic: str, roots: Sequence[Path], grader: Grader) -> None:
        from platformdirs import user_cache_path
        from rich.console import Console

        from harness.grading.proof.workbench import Proofs

        self._topic, self._roots, self._grader = topic, roots, grader
        self._proofs: Proofs = Proofs(user_cache_path("assay") / "proofs.json")
        self._console: Console = Console()
        self._seen: dict[str, str] = {}  # what was shown, by item

    def look(self) -> bool:
        """Proves what is not proven, shows what is new, and says what is lacking. Whether everything holds."""
        from harness.content import load_library
        from harness.content.diagnostics import Severity

        library = load_library(self._roots)
        self._show(self._changed(library))
        findings = self._prove(library)
        for finding in findings:
            self._console.print(str(finding), style="red", markup=False, highlight=False, soft_wrap=True)
        self._lacking(library)
        return not any(finding.severity is Severity.ERROR for finding in findings)

    def _prove(self, library: Library) -> Sequence[Diagnostic]:
        import os

        from harness.commands.progress import Progress
        from harness.grading.proof.verify import carry_out, plan
        from harness.grading.proof.workbench import Pieces
        from sandbox.images.recipe import lock_file

        whole = plan(library, [self._topic] if self._topic in library.topics else [])
        pieces = Pieces.of(whole, self._grader.environment.image)
        tried = pieces.unproven(whole, self._proofs)
        started = time.monotonic()
        with Progress(tried.size, "proofs") as progress:

            def step(name: str) -> None:
                progress.say(name)
                progress.step()

            requirements = lock_file("x86_64").read_text(encoding="utf-8")
            findings = carry_out(tried, self._grader, requirements, os.cpu_count() or 1, step)
        self._proofs.note(pieces.without(tried, findings))
        self._console.print(
            f"{tried.size} of {whole.size} pieces proven in {time.monotonic() - started:.1f} s, "
            f"{whole.size - tried.size} unchanged; {len(findings)} findings.",
            style="bold",
            highlight=False,
        )
        return findings

    def _changed(self, library: Library) -> list[Question | Task]:
        """What differs from the last look; at the first one, what was written to last."""
        from harness.grading.proof.workbench import digest_of

        everything: tuple[Question | Task, ...] = (*library.questions.values(), *library.tasks.values())
        items = [item for item in everything if item.topic == self._topic]
        digests = {item.id: digest_of("", "", [item.folder]) for item in items}
        changed = [item for item in items if self._seen and self._seen.get(item.id) != digests[item.id]]
        if not self._seen:
            changed = sorted(items, key=lambda item: newest(item.folder))[-1:]
        self._seen = digests
        return changed[:MOST_SHOWN]

    def _show(self, items: Iterable[Question | Task]) -> None:
        from harness.domain.content import Question

        for item in items:
            parts = question_preview(item) if isinstance(item, Question) else task_preview(item)
            for part in parts:
                self._console.print(part)

    def _lacking(self, library: Library) -> None:
        from harness.grading.proof.workbench import lacks

        missing = lacks(library, self._topic)
        if not missing:
            self._console.print("Nothing is lacking: it can be published.", style="green")
            return
        self._console.print("To be published it still lacks:", style="bold")
        for line in missing:
            self._console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)

    def wait(self) -> None:
        """Returns when a file of the topic or its reference has changed."""
        before = self._stamp()
        self._console.print("Waiting for a change. Ctrl-C ends it.", style="dim")
        while self._stamp() == before:
            time.sleep(PAUSE)

    def _stamp(self) -> frozenset[tuple[str, int, int]]:
        from harness.content import load_library

        found = set()
        for root in load_library(self._roots).roots:
            for half in ("challenges", "reference"):
                for path in (root / half / self._topic).rglob("*"):
                    if path.is_file() and "__pycache__" not in path.parts:
                        state = path.stat()
                        found.add((str(path), state.st_mtime_ns, state.st_size))
        return frozenset(found)


def newest(folder: Path) -> float:
    """When a file in ``folder`` was last written to."""
    return max((path.stat().st_mtime for path in folder.rglob("*") if path.is_file()), default=0.0)


def question_preview(question: Question) -> Iterable[RenderableType]:
    """The question as it is asked; its options in the order of the file."""
    from harness.bank.attempt import Item
    from harness.commands.asking.view import head, options
    from harness.domain.content import Domain

    item = Item(0, question, Domain.FUNDAMENTALS, tuple(option.id for option in question.options))
    return (*head(item, 1, question.slug), options(item))


def task_preview(task: Task) -> Iterable[RenderableType]:
    """The brief, as a candidate reads it."""
    from rich.rule import Rule

    from harness.reports.terminal_prose import prose

    return (Rule(task.id, align="left", style="dim"), prose(task.brief))
