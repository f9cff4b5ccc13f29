"""``assay quiz``: practice, with the explanation at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harness.domain.content import Domain, Level

if TYPE_CHECKING:
    from harness.bank.attempt import Attempt, Item
    from harness.bank.progress import Progress
    from harness.bank.selection import Filter
    from harness.commands.asking.desk import Desk
    from harness.content import Library
    from harness.domain.content import Question

COUNT = 10
NARROW = 60  # columns below which tables leave out what repeats itself


@click.command()
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only this topic. May be given several times.")
@click.option(
    "--domain",
    "domains",
    multiple=True,
    type=click.Choice([domain.value for domain in Domain]),
    help="Only this domain.",
)
@click.option(
    "--level", "levels", multiple=True, type=click.Choice([level.value for level in Level]), help="Only this level."
)
@click.option("--concept", "concepts", multiple=True, metavar="CONCEPT", help="Only questions about this concept.")
@click.option("--count", type=click.IntRange(1), default=COUNT, show_default=True, help="At most so many questions.")
@click.option("--seed", help="Shuffle as in the quiz that had this seed.")
@click.option("--missed", is_flag=True, help="Only questions that you last answered wrongly.")
@click.option("--list-concepts", is_flag=True, help="List the topics and their concepts, and ask nothing.")
@click.pass_context
def quiz(
    context: click.Context,
    topics: tuple[str, ...],
    domains: tuple[str, ...],
    levels: tuple[str, ...],
    concepts: tuple[str, ...],
    count: int,
    seed: str | None,
    missed: bool,
    list_concepts: bool,
) -> None:
    """Practise: questions one at a time, each with its explanation at once.

    What you missed comes back first, then what you may have forgotten, then what is new. Every answer is kept the
    moment it is given; leave with q, Ctrl-C or Ctrl-D whenever you like.
    """
    from harness.bank.database import data_file
    from harness.bank.progress import Progress
    from harness.bank.selection import Filter, eligible
    from harness.commands.asking.desk import Desk
    from harness.content import load_library
    from harness.domain.content import Pool

    library = load_library(context.obj or ())
    only = Filter(topics, tuple(map(Domain, domains)), tuple(map(Level, levels)), concepts)
    questions = eligible(library, Pool.PRACTICE, only)
    if list_concepts:
        _list_concepts(library, questions)
        return
    progress = Progress(data_file())
    attempt = _begin(progress, library, questions, only, count, seed, missed)
    with Desk() as desk:
        _ask(progress, attempt, desk)


def _begin(
    progress: Progress,
    library: Library,
    questions: list[Question],
    only: Filter,
    count: int,
    seed: str | None,
    missed: bool,
) -> Attempt:
    """The attempt, drawn and written down. Raises UsageError where no question is left."""
    from harness.bank.attempt import Kind
    from harness.bank.draw import new_seed, option_order
    from harness.bank.progress import Plan
    from harness.bank.schedule import queue
    from harness.domain.content import Pool
    from harness.domain.errors import UsageError

    seed = seed or new_seed()
    cards = progress.cards()
    if missed:
        questions = [question for question in questions if question.id in cards and cards[question.id].missed]
    if not questions:
        what = "You have missed none of these questions." if missed else "No practice question fits all of these."
        raise UsageError(f"{what} Ask for more: `assay quiz --list-concepts` shows what there is.")
    drawn = queue(questions, cards, progress.clock(), seed)[:count]
    asked = [(question, library.topics[question.topic].domain, option_order(question, seed)) for question in drawn]
    return progress.begin(Plan(Kind.QUIZ, Pool.PRACTICE, seed, asked, filter=str(only)))


def _ask(progress: Progress, attempt: Attempt, desk: Desk) -> None:
    """The whole quiz; however it is left, what was answered is summed up."""
    try:
        for item in attempt.items:
            if not _one(progress, attempt, item, desk):
                break
    except (EOFError, KeyboardInterrupt):
        desk.show("")
    _sum_up(progress.finish(attempt.id), desk)


def _one(progress: Progress, attempt: Attempt, item: Item, desk: Desk) -> bool:
    """One question. False when the person leaves."""
    from harness.commands.asking import view

    desk.show("", *view.head(item, len(attempt.items)), view.options(item), "")
    shown = desk.seconds()
    chosen = _choice(item, desk)
    if chosen is None:
        return False
    if not chosen:
        return True
    progress.answer(attempt.id, item.place, chosen, desk.seconds() - shown)
    item = progress.load(attempt.id).items[item.place]
    desk.show(view.verdict(item), *view.explained(item), "")
    return _go_on(item, desk)


def _choice(item: Item, desk: Desk) -> tuple[str, ...] | None:
    """The ids chosen: none when the question is skipped, None when the person leaves."""
    from harness.commands.asking.choice import Choice

    choice = Choice(item, desk.single)
    while True:
        word = desk.word(choice.prompt("s skip, q leave"))
        if word == "q":
            return None
        if word == "s":
            return ()
        if word is not None and choice.take(word):
            return choice.chosen
        if choice.fault:
            desk.show(choice.fault)


def _go_on(item: Item, desk: Desk) -> bool:
    """Waits at the explanation; with m, for the options that it left out. False when the person leaves."""
    from harness.commands.asking import view

    more = "m more, "
    while True:
        word = desk.word(f"Enter goes on, {more}q leave: ")
        if word == "q":
            return False
        if word == "m" and more:
            more = ""
            desk.show(*view.others(item), "")
        elif word in ("", " ", "n", "right"):
            return True


def _sum_up(attempt: Attempt, desk: Desk) -> None:
    from rich.text import Text

    from harness.bank.attempt import by_concept, overall
    from harness.commands.asking import view

    answered = [item for item in attempt.items if item.answer]
    if not answered:
        desk.show("Nothing was answered.")
        return
    total = overall(answered)
    desk.show("", Text(f"{total.right} of {total.total} right", style="bold"))
    desk.show(*view.tallies("Concept", by_concept(answered), desk.console.width < NARROW))
    if total.right < total.total:
        desk.show("", "What you missed comes first the next time; `assay quiz --missed` asks it alone.")
    desk.show("", view.line(f"Seed {attempt.seed}", "dim"))


def _list_concepts(library: Library, questions: list[Question]) -> None:
    from collections import Counter

    from rich.table import Table

    from harness.commands.asking import view
    from harness.commands.asking.desk import Desk
    from harness.reports.terminal_prose import prose

    desk = Desk()
    counts = Counter((question.topic, concept) for question in questions for concept in question.concepts)
    for topic in library.topics.values():
        if not any(slug == topic.slug for slug, _ in counts):
            continue
        desk.show(view.line(f"{topic.slug}: {topic.title} ({topic.domain})", "bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(4):
            table.add_column(overflow="fold")
        for concept in topic.concepts.values():
            number = counts[topic.slug, concept.id]
            if number:
                table.add_row("", view.line(concept.id), str(number), prose(concept.definition))
        desk.show(table, "")
