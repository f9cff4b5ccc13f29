"""Content: topics, questions and tasks, loaded from their folders into the models of
``harness.domain.content``.

``load_library`` gives the public half. What is hidden is loaded by ``harness.content.hidden``, which only
grading and verification import; nothing that this package's front exports leads there.
"""

from harness.content.diagnostics import Diagnostic, Severity
from harness.content.library import Library, default_root, load_library

__all__ = ["Diagnostic", "Library", "Severity", "default_root", "load_library"]
