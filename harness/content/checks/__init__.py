"""What content must be before it is run: small functions, each yielding diagnostics, none of them stopping at
the first.

``check_library`` runs them all. Nothing of the content is executed here: Python files are parsed. What only a
run can show (scores, failing patterns, evidence) is proved by ``assay verify``.
"""

from harness.content.checks.run import check_library

__all__ = ["check_library"]
