"""How much of everything published content needs: one place."""

from __future__ import annotations

CONCEPTS = 8  # a topic
QUESTIONS = 6  # a topic
OPTIONS = 6  # a question, exactly
CHECKS = 12  # a task's hidden suite
MUTANTS = 6  # a test-writing task
RIGHT_APPS = 3  # a test-writing task: the reference and two equivalents
EQUIVALENTS = 2  # a task's right solutions beside the reference
WRONG = 5  # a task's known-wrong solutions

# An option is an outlier when it is this many times longer or shorter than the middle one, and by this many
# characters.
OUTLIER_RATIO = 2.0
OUTLIER_CHARACTERS = 40
# The right option stands out when it is longer than any other by more than this share.
LONGEST_SHARE = 1.15
