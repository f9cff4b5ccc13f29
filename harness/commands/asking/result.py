"""The result of an exam: on the terminal, and as a page. Of an exam from the pool of exams, the scores alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from harness.bank.attempt import Attempt, Item, Tally, by_concept, by_domain, by_level, overall
from harness.commands.asking import view
from harness.domain.content import Pool
from harness.domain.errors import UsageError
from harness.reports.model import OptionView, QuestionView
from harness.reports.pages import page

if TYPE_CHECKING:
    from rich.console import RenderableType

    from harness.commands.asking.desk import Desk

NARROW = 60  # columns below which tables leave out what repeats itself
SCORES_ALONE = "These questions are for exams: they are not explained, so that they stay fit to be asked."


def show(attempt: Attempt, desk: Desk) -> None:
    """The scores, then each question with its explanation: one by one on a keyboard, else all of them."""
    total = overall(attempt.items)
    desk.show("", Text(f"{total.right} of {total.total} right: {total.percent} %", style="bold"))
    desk.show(*(view.line(sentence, "dim") for sentence in _facts(attempt)))
    narrow = desk.console.width < NARROW
    for title, rows in _tables(attempt):
        desk.show(*view.tallies(title, rows, narrow))
    desk.show("")
    if attempt.pool is Pool.EXAM:
        desk.show(SCORES_ALONE)
    elif desk.single:
        _leaf_through(attempt, desk)
    else:
        for item in attempt.items:
            desk.show(*_solved(item, len(attempt.items)))


def _facts(attempt: Attempt) -> Iterable[str]:
    total = overall(attempt.items)
    if total.answered < total.total:
        yield f"{total.total - total.answered} without an answer, which counts as not right."
    if attempt.finished:
        minutes = (attempt.finished - attempt.started).total_seconds() / 60
        yield f"{attempt.blueprint}; {max(minutes, 1):.0f} min; seed {attempt.seed}"


def _tables(attempt: Attempt) -> list[tuple[str, list[Tally]]]:
    items = attempt.items
    return [("Domain", by_domain(items)), ("Level", by_level(items)), ("Concept", by_concept(items))]


def _leaf_through(attempt: Attempt, desk: Desk) -> None:
    wrong = [item for item in attempt.items if not item.right]
    keys = f"Enter explains all{', w wrong' if wrong else ''}, q ends: "
    try:
        word = desk.word(keys)
        while word not in ("", "w", "q"):
            word = desk.word(keys)
        for item in {"": list(attempt.items), "w": wrong, "q": []}[word]:
            desk.clear()
            desk.show(*_solved(item, len(attempt.items)), "")
            if desk.word("Enter for the next, q ends: ") == "q":
                break
    except (EOFError, KeyboardInterrupt):
        desk.show("")


def _solved(item: Item, total: int) -> Iterable[RenderableType]:
    """The question, what was answered, and why each option is as it is."""
    yield from view.head(item, total)
    yield view.verdict(item)
    yield from view.explained(item, everything=True)


def write(attempt: Attempt, path: Path) -> None:
    """The result as one HTML file. Raises UsageError when it can't be written."""
    explained = attempt.items if attempt.pool is Pool.PRACTICE else ()
    text = page(
        "exam.html",
        attempt=attempt,
        total=overall(attempt.items),
        facts=list(_facts(attempt)),
        tables=_tables(attempt),
        solved=[(item, _view(item)) for item in explained],
        scores_alone="" if explained else SCORES_ALONE,
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The report can't be written to {path}: {error.strerror}.") from error


def _view(item: Item) -> QuestionView:
    """The question for the page; an option that was chosen is the ``same``."""
    chosen = item.answer.chosen if item.answer else ()
    question = item.question
    return QuestionView(
        id=question.id,
        level=str(question.level),
        stem=question.stem,
        options=tuple(
            OptionView(letter=letter, text=o.text, why=o.why, correct=o.correct, same=o.id in chosen)
            for letter, o in item.options
        ),
        complete=True,
        explanation=question.explanation,
        references=question.references,
    )
