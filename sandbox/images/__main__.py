"""`python -m sandbox.images` makes the candidate's image and says what is in it.

Exit status 3 when that fails, 4 when it needs mmdebstrap, which `make setup` can install.
"""

from __future__ import annotations

import sys

from sandbox.errors import MmdebstrapMissing, SandboxError
from sandbox.images.build import ensure_image


def main() -> int:
    """Make the image; say the exit status."""
    try:
        info = ensure_image(progress=lambda line: print(line, flush=True))  # noqa: T201
    except SandboxError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 4 if isinstance(error, MmdebstrapMissing) else 3
    print(f"{info.tag}: Python {info.python}, redis {info.redis}, on {info.base}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
