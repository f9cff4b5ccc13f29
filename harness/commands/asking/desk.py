"""The desk that a person sits at: a console to read from, and a prompt to answer at."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.console import Console, RenderableType

from harness.commands.asking.keyboard import Input, standard_input
from harness.reports.terminal_prose import PROSE_WIDTH, THEME

TICK = 1.0  # seconds after which a prompt that shows a clock looks at it again


class Desk:
    """Shows and, in a ``with`` block, asks. Without a terminal nothing is cleared, and prompts end their line."""

    def __init__(self, console: Console | None = None, source: Input | None = None) -> None:
        self.console = console or Console(theme=THEME, highlight=False)
        self._input = source or standard_input()
        self.single = self._input.single
        self.seconds: Callable[[], float] = time.monotonic

    def __enter__(self) -> Desk:
        self._input.open()
        return self

    def __exit__(self, *error: object) -> None:
        self._input.close()

    def show(self, *parts: RenderableType) -> None:
        """Prints each part, no wider than is good to read."""
        for part in parts:
            self.console.print(part, width=min(self.console.width, PROSE_WIDTH), markup=False)

    def clear(self) -> None:
        """Begins a new page; where there are no pages, a blank line."""
        if self.console.is_terminal and self.single:
            self.console.clear()
        else:
            self.console.print()

    def word(self, prompt: str | Callable[[], str]) -> str | None:
        """What the person types next. A prompt that is a function is asked again each second; "" from it ends this.

        Returns "" for Enter, and None where the prompt ended it. Raises EOFError and KeyboardInterrupt.
        """
        written = None
        while True:
            text = prompt() if callable(prompt) else prompt
            if callable(prompt) and not text:
                self._end_line()
                return None
            if text != written:
                self._write(text, again=written is not None)
                written = text
            word = self._input.word(TICK if callable(prompt) else None)
            if word is not None:
                self._end_line()
                return "" if word == "enter" else word

    def _write(self, text: str, again: bool) -> None:
        live = self.console.is_terminal and self.single
        if again and not live:
            return
        line = self._fit(text) if live else text
        self.console.file.write(f"\r\x1b[K{line}" if live else line)
        self.console.file.flush()

    def _fit(self, text: str) -> str:
        """A prompt is written over, so it has to stay within one line."""
        return text[: max(self.console.width - 1, 1)]

    def _end_line(self) -> None:
        """A key was typed without an echo; a line from a pipe has none either."""
        live = self.console.is_terminal and self.single
        self.console.file.write("\r\x1b[K" if live else "\n")
        self.console.file.flush()
