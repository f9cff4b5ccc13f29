"""An exam while it runs: back and forth, flags, changed answers, the time left. Every answer is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from harness.commands.asking import view
from harness.commands.asking.choice import Choice

if TYPE_CHECKING:
    from harness.bank.attempt import Attempt, Item
    from harness.bank.progress import Progress
    from harness.commands.asking.desk import Desk

KEYS = (
    ("A, B, …", "answer; another letter changes it (with several right answers, a letter adds or removes one)"),
    ("-", "take the answer back"),
    ("Enter, n", "the next question"),
    ("p", "the one before (on a keyboard, the arrows as well)"),
    ("12", "that question; on a keyboard, end the number with Enter"),
    ("m", "mark the question, to come back to it"),
    ("o", "overview of all questions"),
    ("x", "hand in"),
    ("q", "leave; the clock goes on, and `assay exam --resume` comes back"),
)
MINUTE = 60


class ExamRoom:
    """One sitting of an exam."""

    def __init__(self, progress: Progress, attempt: Attempt, desk: Desk) -> None:
        self._progress = progress
        self._attempt = attempt
        self._desk = desk
        self._place = next((item.place for item in attempt.items if not item.answer), 0)
        self._overview = False
        self._digits = ""
        self._shown = desk.seconds()
        self._commands: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("", " ", "n", "right"), self._next),
            **dict.fromkeys(("p", "left"), self._back),
            "-": self._take_back,
            "m": self._mark,
            "o": self._look_over,
            "?": self._explain_keys,
        }

    def sit(self) -> bool:
        """Asks until the exam is over or left. Whether it is over: handed in, or its time is up."""
        try:
            self._draw()
            while True:
                word = self._desk.word(self._prompt)
                if word is None or self._over():
                    self._desk.show(Text("Time is up.", style="bold"))
                    return True
                if word == "q":
                    return False
                if word == "x":
                    if self._hand_in():
                        return True
                    self._draw()
                else:
                    self._obey(word)
        except (EOFError, KeyboardInterrupt):
            self._desk.show("")
            return False

    @property
    def _item(self) -> Item:
        return self._attempt.items[self._place]

    def _over(self) -> bool:
        return self._attempt.over(self._progress.clock())

    def _obey(self, word: str) -> None:
        if self._collect(word):
            return
        if word.isdecimal():
            self._go(int(word) - 1)
        elif word in self._commands:
            self._commands[word]()
        else:
            self._answer(word)

    def _collect(self, word: str) -> bool:
        """Keys of a number, until Enter ends it. Whether the word was one of them."""
        if not self._desk.single:
            return False
        if word.isdecimal():
            self._digits = (self._digits + word)[:4]
            return True
        digits, self._digits = self._digits, ""
        if digits and word == "":
            self._go(int(digits) - 1)
        elif digits and word == "backspace":
            self._digits = digits[:-1]
        return bool(digits) and word in ("", "backspace")

    def _answer(self, word: str) -> None:
        item = self._item
        choice = Choice(item, single_keys=False)
        if self._overview or not choice.take(word):
            if choice.fault and not self._desk.single:
                self._desk.show(f"{choice.fault} ? shows what else there is.")
            return
        chosen = set(choice.chosen)
        if item.question.kind == "multi" and self._desk.single:
            chosen ^= set(item.answer.chosen) if item.answer else set()
        self._keep(chosen)
        if self._desk.single:
            self._draw()
        else:
            self._next()

    def _keep(self, chosen: set[str]) -> None:
        """Writes the answer down. Too late, it is not taken, and the next look at the clock ends the exam."""
        self._progress.answer(self._attempt.id, self._place, chosen, self._desk.seconds() - self._shown)
        self._shown = self._desk.seconds()
        self._reload()

    def _reload(self) -> None:
        self._attempt = self._progress.load(self._attempt.id)

    def _take_back(self) -> None:
        self._keep(set())
        self._say("The answer is taken back.")

    def _mark(self) -> None:
        flagged = not self._item.flagged
        self._progress.flag(self._attempt.id, self._place, flagged)
        self._reload()
        self._say("Marked." if flagged else "No longer marked.")

    def _say(self, sentence: str) -> None:
        """What was done: on a keyboard the page shows it."""
        if self._desk.single:
            self._draw()
        else:
            self._desk.show(sentence)

    def _next(self) -> None:
        if self._overview:
            self._go(self._place)
        elif self._place + 1 < len(self._attempt.items):
            self._go(self._place + 1)
        else:
            self._look_over()

    def _back(self) -> None:
        self._go(self._place if self._overview else max(self._place - 1, 0))

    def _go(self, place: int) -> None:
        if not 0 <= place < len(self._attempt.items):
            self._desk.show(f"There are questions 1 to {len(self._attempt.items)}.")
            return
        self._place, self._overview = place, False
        self._shown = self._desk.seconds()
        self._draw()

    def _look_over(self) -> None:
        self._overview = True
        self._draw()

    def _explain_keys(self) -> None:
        table = Table.grid(padding=(0, 2, 0, 0))
        for key, what in KEYS:
            table.add_row(Text(key, style="bold", no_wrap=True), what)
        self._desk.show("", table, "")

    def _hand_in(self) -> bool:
        """Asks first. An answer that came too late is not needed: the exam has ended by itself."""
        left = sum(item.answer is None for item in self._attempt.items)
        without = f"{left} without an answer. " if left else ""
        word = self._desk.word(lambda: "" if self._over() else f"{without}Hand in? y, n: ")
        return word is None or word == "y"

    def _draw(self) -> None:
        self._desk.clear()
        if self._overview:
            self._draw_overview()
            return
        item = self._item
        chosen = item.answer.chosen if item.answer else ()
        note = "marked" if item.flagged else ""
        self._desk.show(*view.head(item, len(self._attempt.items), note), view.options(item, chosen), "")

    def _draw_overview(self) -> None:
        items = self._attempt.items
        self._desk.show(Rule(Text("All questions", style="bold"), align="left", style="dim"), "")
        for item in items:
            letters = {option.id: letter for letter, option in item.options}
            answer = " ".join(letters[id_] for id_ in item.answer.chosen) if item.answer else "no answer"
            mark = "  marked" if item.flagged else ""
            self._desk.show(Text(f"{item.place + 1:>3}  {answer}{mark}", style="" if item.answer else "bold"))
        self._desk.show("", "A number goes there, Enter goes back, x hands in.")

    def _prompt(self) -> str:
        """The time left and the main keys; "" ends the exam."""
        if self._over():
            return ""
        if self._digits:
            return f"{self._time_left()} · go to {self._digits}, then Enter"
        keys = "number, Enter, x, ?" if self._overview else f"A-{self._item.letters[-1]}, Enter next, ? keys"
        return f"{self._time_left()} · {keys}: "

    def _time_left(self) -> str:
        assert self._attempt.deadline is not None
        seconds = ceil((self._attempt.deadline - self._progress.clock()).total_seconds())
        return f"{ceil(seconds / MINUTE)} min left" if seconds > MINUTE else f"{seconds} s left"
