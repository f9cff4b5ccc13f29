"""Ways to pass without knowing anything, and how far each gets over a set of questions.

Each strategy gives every option a number; the option with the highest is taken, and where several share it, one of
them by chance. With six options chance alone is right in 16.7 of 100.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from harness.domain.content import Question

Strategy = Callable[[Question], Sequence[float]]

WORD = re.compile(r"[a-z_]{3,}")
ABSOLUTE = re.compile(r"\b(always|never|only|all|every|must|cannot|can't|none|no|any|nothing)\b", re.IGNORECASE)


def words(text: str) -> frozenset[str]:
    """The words of a text that say something: three letters or more, in lower case."""
    return frozenset(WORD.findall(text.lower()))


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Jaccard's index of two sets of words, from 0 to 1."""
    together = set(one) | set(other)
    return len(set(one) & set(other)) / len(together) if together else 0.0


def _likeness(question: Question) -> list[float]:
    """How much each option has in common with the others."""
    each = [words(option.text) for option in question.options]
    return [sum(overlap(mine, other) for other in each if other is not mine) for mine in each]


def _stem_words(question: Question) -> list[float]:
    stem = words(question.stem)
    each = [words(option.text) for option in question.options]
    return [len(mine & stem) / len(mine) if mine else 0.0 for mine in each]


def _symbols(text: str) -> int:
    return sum(not character.isalnum() and not character.isspace() for character in text)


STRATEGIES: Mapping[str, Strategy] = {
    "the longest": lambda question: [len(option.text) for option in question.options],
    "the shortest": lambda question: [-len(option.text) for option in question.options],
    "shares most words with the stem": _stem_words,
    "has no absolute words": lambda question: [-len(ABSOLUTE.findall(option.text)) for option in question.options],
    "most like the others": _likeness,
    "least like the others": lambda question: [-value for value in _likeness(question)],
    "most code and punctuation": lambda question: [_symbols(option.text) for option in question.options],
}


def success(strategy: Strategy, questions: Iterable[Question]) -> float:
    """The share of ``questions`` that ``strategy`` is expected to get right, from 0 to 1; only singles count."""
    asked, right = 0, 0.0
    for question in questions:
        if len(question.right) != 1:
            continue
        scores = strategy(question)
        best = [option for option, score in zip(question.options, scores, strict=True) if score == max(scores)]
        right += sum(option.correct for option in best) / len(best)
        asked += 1
    return right / asked if asked else 0.0
