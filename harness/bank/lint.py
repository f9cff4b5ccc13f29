"""Everything that can be said against the bank without running its evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from harness.bank import guessing, prose
from harness.bank.alike import near_duplicates
from harness.bank.code import code_faults
from harness.bank.counts import Counts, published, too_few_in_a_topic, too_few_in_the_bank, wrong_shares
from harness.content.checks.material import QuestionMaterial
from harness.content.checks.questions import CHECKS as QUESTION_CHECKS
from harness.content.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from harness.content.library import Library

MOST_GUESSED = 0.22  # of the bank, by any one strategy; chance is 0.17

Say = Callable[[str], None]


def lint(library: Library, only: Collection[str] = (), say: Say = lambda line: None) -> tuple[Diagnostic, ...]:
    """All findings, sorted by file. ``only`` names topics; what binds the whole bank is then left out.

    Drafts are held to the form of a question, not to the counts.
    """
    found = list(library.diagnostics)
    chosen = [slug for slug in library.topics if not only or slug in only]
    questions = [question for question in library.questions.values() if question.topic in chosen]
    say("structure")
    for question in questions:
        material = QuestionMaterial(question, library.topics[question.topic])
        found += [finding for check in QUESTION_CHECKS for finding in check(material)]
        found += prose.markdown(question)
    say("spelling")
    found += prose.spelling(questions)
    say("code")
    found += code_faults(questions)
    topics = {slug: listed for slug, listed in published(library).items() if slug in chosen}
    for slug, listed in topics.items():
        found += too_few_in_a_topic(library.topics[slug], Counts(listed))
    say("near duplicates")
    bank = [question for listed in topics.values() for question in listed]
    found += near_duplicates(bank)
    if not only:
        found += too_few_in_the_bank(len(topics), Counts(bank))
        found += wrong_shares(Counts(bank))
        for name, strategy in guessing.STRATEGIES.items():
            share = guessing.success(strategy, bank)
            if share > MOST_GUESSED:
                found.append(error("challenges", f"whoever takes the option that is {name} is right in {share:.0%}"))
    else:
        found = [finding for finding in found if finding.where.split("/")[1:2] in [[slug] for slug in only]]
    return tuple(sorted(set(found)))
