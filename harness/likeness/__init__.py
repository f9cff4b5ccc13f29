"""Likeness: which submissions of one task read alike, and in which passages. It is never a proof, and no score.

Code is cut into tokens, Python's by Pygments with every name, number and text made the same, so that renaming changes
nothing; comments and docstrings are left out. What two people have in common are runs of at least ``RUN`` tokens,
wherever they stand: the fingerprints of S. Schleimer, D. S. Wilkerson and A. Aiken, Winnowing: Local Algorithms for
Document Fingerprinting, SIGMOD 2003, here without its thinning out, since a cohort is small enough to look at all of
them. A run that the starter, or anything else that a task hands out, has as well does not count.

Submissions are strangers' text: they are compared in a process of its own (``python -m harness.likeness``), which ends
with its limits.
"""

from harness.likeness.alike import Outcome, Pair, Submitted, compare
from harness.likeness.passages import Passage
from harness.likeness.reading import RUN

__all__ = ["RUN", "Outcome", "Pair", "Passage", "Submitted", "compare"]
