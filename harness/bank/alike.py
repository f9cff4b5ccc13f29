"""Near duplicates: questions whose stems, or whose sets of options, say almost the same.

Likeness is that of rapidfuzz's ``token_sort_ratio``: words in any order, from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils

from harness.content.diagnostics import Diagnostic, error
from harness.content.manifest import relative

if TYPE_CHECKING:
    from harness.domain.content import Question

TOO_ALIKE = 85.0


def stem(question: Question) -> str:
    return question.stem


def option_set(question: Question) -> str:
    return "\n".join(sorted(option.text for option in question.options))


PARTS: dict[str, Callable[[Question], str]] = {"stems": stem, "options": option_set}


def near_duplicates(questions: Sequence[Question]) -> Iterator[Diagnostic]:
    """Every pair of questions with stems or option sets that are too alike, named at the second of them."""
    for what, part in PARTS.items():
        texts = [utils.default_process(part(question)) for question in questions]
        for (one, text), (other, another) in combinations(zip(questions, texts, strict=True), 2):
            ratio = fuzz.token_sort_ratio(text, another, score_cutoff=TOO_ALIKE)
            if ratio:
                where = relative(other.folder / "question.toml", other.folder.parents[3])
                yield error(where, f"its {what} are {ratio:.0f} of 100 like those of {one.id}")
