"""The one exception tree. A message says what happened, where, and what to do; a person reads it as it stands."""


class AssayError(Exception):
    """Something assay can explain. ``exit_status`` is what the command line ends with."""

    exit_status = 2


class UsageError(AssayError):
    """The person asked for something that does not exist or does not fit: a wrong name, path or option."""


class IntakeError(AssayError):
    """A submission that is refused before anything of it is run. The message names the entry at fault."""


class ContentError(AssayError):
    """Content (a topic, question or task) that cannot be loaded. The message names the file."""


class ProgressError(AssayError):
    """The file that keeps a person's progress can't be read or written. The message names the file."""


class GradingFault(AssayError):
    """Our fault, never the candidate's: the engine, the image or the examiner failed."""

    exit_status = 3
