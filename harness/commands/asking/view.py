"""What questions, answers and results look like on a terminal. Words carry the meaning; colour only repeats it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.styled import Styled
from rich.table import Table
from rich.text import Text

from harness.reports.inert import inert_line
from harness.reports.terminal_prose import prose

if TYPE_CHECKING:
    from rich.console import RenderableType

    from harness.bank.attempt import Item, Tally
    from harness.domain.content import Option

MULTI = "Choose all that are right."
RIGHT = ("✓", "green")
WRONG = ("✗", "red")
BAR = 10  # characters of a full bar


def line(text: str, style: str = "") -> Text:
    """Text of ours on one line, such as an id: nothing in it acts."""
    return Text(inert_line(text), style=style)


def head(item: Item, total: int, note: str = "") -> Iterable[RenderableType]:
    """Which question this is, and the question."""
    question = item.question
    yield Rule(Text(f"Question {item.place + 1} of {total}", style="bold"), align="left", style="dim")
    yield line(" · ".join(filter(None, (question.topic, question.level, note))), "dim")
    yield Text()
    yield prose(question.stem)
    yield Text()
    if question.kind == "multi":
        yield Text(MULTI, style="bold")
        yield Text()


def options(item: Item, chosen: Collection[str] | None = None) -> RenderableType:
    """The options by letter; with ``chosen``, a mark beside each that says whether it is chosen."""
    marks = ("[x]", "[ ]") if item.question.kind == "multi" else ("(x)", "( )")
    table = _grid(2 if chosen is None else 3)
    for place, (letter, option) in enumerate(item.options):
        if place:
            table.add_row()
        mark = [] if chosen is None else [Text(marks[option.id not in chosen], style="bold", no_wrap=True)]
        table.add_row(*mark, Text(letter, style="bold cyan"), prose(option.text))
    return table


def verdict(item: Item) -> RenderableType:
    """Right or wrong, and which letters would have been right."""
    letters = {option.id: letter for letter, option in item.options}
    chosen = _and(letters[id_] for id_ in item.answer.chosen) if item.answer else ""
    right = _and(letter for letter, option in item.options if option.correct)
    if item.right:
        return Text(f"✓ Right: {right}.", style="bold green")
    said = f"You chose {chosen}" if chosen else "Not answered"
    return Text(f"✗ {'Wrong' if chosen else 'No answer'}. {said}; right is {right}.", style="bold red")


def explained(item: Item, everything: bool = False) -> Iterable[RenderableType]:
    """Why: the right options and the chosen ones, the whole, and where to read on; or ``everything``, all options."""
    chosen = item.answer.chosen if item.answer else ()
    for letter, option in item.options:
        if everything or option.correct or option.id in chosen:
            yield from _why(letter, option, option.id in chosen)
    yield from whole(item)


def whole(item: Item) -> Iterable[RenderableType]:
    """The explanation of the whole question, and its references."""
    yield Text()
    yield prose(item.question.explanation)
    for place, reference in enumerate(item.question.references):
        if not place:
            yield Text()
        table = _grid(2)
        table.add_row(Text("→", style="dim"), Text.assemble(("Read more: ", "dim"), line(reference)))
        yield table


def others(item: Item) -> Iterable[RenderableType]:
    """Why each option is wrong that ``explained`` left out."""
    chosen = item.answer.chosen if item.answer else ()
    for letter, option in item.options:
        if not option.correct and option.id not in chosen:
            yield from _why(letter, option, chosen=False)


def _why(letter: str, option: Option, chosen: bool) -> Iterable[RenderableType]:
    mark, style = RIGHT if option.correct else WRONG
    said = f"{mark} {letter} is {'right' if option.correct else 'wrong'}{', your answer' if chosen else ''}"
    yield Text()
    yield Text(said, style=style)
    yield Styled(prose(option.text, 2), "bold")
    yield prose(option.why, 2)


def tallies(title: str, rows: Sequence[Tally], narrow: bool) -> Iterable[RenderableType]:
    """A table of how many were right, in percent and with a bar where there is room."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(title, overflow="fold")
    table.add_column("right", justify="right", no_wrap=True)
    if not narrow:
        table.add_column("", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
    for row in rows:
        full = row.percent * BAR // 100
        bar = Text("█" * full + "░" * (BAR - full), style="cyan")
        cells = (line(row.name), Text(f"{row.right}/{row.total}"), Text(f"{row.percent} %"), bar)
        table.add_row(*cells[: len(table.columns)])
    yield Padding(table, (1, 0, 0, 0))


def _grid(columns: int) -> Table:
    """Columns side by side, of which the last is folded and none is cut."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for _ in range(columns):
        table.add_column(overflow="fold")
    return table


def _and(letters: Iterable[str]) -> str:
    *first, last = letters
    return f"{', '.join(first)} and {last}" if first else last
