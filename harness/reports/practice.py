"""Finds the practice question that belongs to a failure. Exam items and drafts never leave this module."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from string import ascii_uppercase

from harness.domain.content import Level, Option, Pool, Question, Status, Task
from harness.reports.model import OptionView, QuestionView

_LEVELS = list(Level)


class Shelf:
    """The practice questions of one topic, for one report: each is taken once as long as others are left."""

    def __init__(self, questions: Sequence[Question], task: Task) -> None:
        self._level = _LEVELS.index(task.level)
        self._questions = [
            question
            for question in questions
            if question.topic == task.topic and question.pool is Pool.PRACTICE and question.status is Status.PUBLISHED
        ]
        self._taken: set[str] = set()

    def tempting(self, misconception: str, concept: str) -> QuestionView | None:
        """The question with an option that says what ``misconception`` says: that option and the right ones."""
        fitting = [q for q in self._questions if any(o.misconception == misconception for o in q.options)]
        question = self._take(fitting, concept)
        if question is None:
            return None
        view = _view(question, misconception)
        kept = tuple(option for option in view.options if option.same or option.correct)
        return replace(view, options=kept, complete=False)

    def about(self, concept: str) -> QuestionView | None:
        """A question about ``concept``, with all its options."""
        question = self._take([q for q in self._questions if concept in q.concepts], concept)
        return _view(question) if question else None

    def _take(self, fitting: Iterable[Question], concept: str) -> Question | None:
        """The best of ``fitting``: not shown yet, mainly about ``concept``, near the task's level; then by name."""

        def rank(question: Question) -> tuple[bool, bool, int, str]:
            return (
                question.id in self._taken,
                question.concepts[:1] != (concept,),
                abs(_LEVELS.index(question.level) - self._level),
                question.slug,
            )

        best = min(fitting, key=rank, default=None)
        if best:
            self._taken.add(best.id)
        return best


def _view(question: Question, misconception: str | None = None) -> QuestionView:
    """The whole question, its options in an order that does not depend on which is right."""

    def place(option: Option) -> str:
        return hashlib.sha256(f"{question.id}/{option.id}".encode()).hexdigest()

    options = tuple(
        OptionView(
            letter=letter,
            text=option.text,
            why=option.why,
            correct=option.correct,
            same=misconception is not None and option.misconception == misconception,
        )
        for letter, option in zip(ascii_uppercase, sorted(question.options, key=place), strict=False)
    )
    return QuestionView(
        id=question.id,
        level=str(question.level),
        stem=question.stem,
        options=options,
        complete=True,
        explanation=question.explanation,
        references=question.references,
    )
