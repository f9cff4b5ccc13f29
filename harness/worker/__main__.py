"""`python -m harness.worker`: one worker, told by its environment where the database is."""

from __future__ import annotations

import os
import sys

from harness.domain.errors import AssayError
from harness.logs import log_to_stderr
from harness.worker.process import work_by


def main() -> int:
    """The exit status: 0 when it was asked to end."""
    log_to_stderr()
    try:
        work_by(os.environ)
    except AssayError as error:
        print(f"assay: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
