"""Progress on standard error: a bar on a terminal, nothing where nobody watches."""

from __future__ import annotations

from types import TracebackType

from rich import progress
from rich.console import Console


class Progress:
    """A bar of ``total`` steps (None: how many is not known), and a line beside it."""

    def __init__(self, total: int | None, unit: str) -> None:
        console = Console(stderr=True)
        self._bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(),
            progress.TextColumn(
                "{task.completed} " + unit if total is None else "{task.completed}/{task.total} " + unit
            ),
            progress.TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("grading", total=total)

    def say(self, line: str) -> None:
        """What is being done now."""
        self._bar.update(self._task, description=line[:60])

    def step(self) -> None:
        """One more is done."""
        self._bar.advance(self._task)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
