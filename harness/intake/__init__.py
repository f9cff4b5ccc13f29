"""Intake: a folder, a .zip or a .tar.gz becomes files in memory, or is refused with a message that names the
entry.

Nothing is extracted to disk, installed or run. What an archive says of itself (sizes, counts, types) is
checked against what is really there, and limits count the bytes that decompression really gives.
"""

from harness.intake.classes import ClassLimits, Handed, read_archives, read_class
from harness.intake.limits import IntakeLimits
from harness.intake.matching import Class
from harness.intake.roster import Person, read_roster
from harness.intake.submission import ENDINGS, Submission, check_source, read_files, read_submission

__all__ = [
    "ENDINGS",
    "Class",
    "ClassLimits",
    "Handed",
    "IntakeLimits",
    "Person",
    "Submission",
    "check_source",
    "read_archives",
    "read_class",
    "read_files",
    "read_roster",
    "read_submission",
]
