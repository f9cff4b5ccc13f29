"""Recompile every requirements file: exact versions, with hashes and without any index's address.

Needs `uv` (`pip install uv`). The platform's own files are universal, so that one file serves every machine; the
candidate's image has one file per target, because its wheels are chosen for that target and for nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = ROOT / "requirements"
IMAGE = ROOT / "sandbox" / "images"

UNIVERSAL = ["--universal", "--python-version", "3.11"]
COMMON = [
    "--quiet",
    "--upgrade",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--emit-build-options",
    "--custom-compile-command",
    "make lock",
]


def image_target(machine: str) -> list[str]:
    """The options for wheels of Debian trixie (glibc 2.41; uv names 2.40 at most) on one kind of machine."""
    platform = f"{machine}-manylinux_2_40"
    return ["--python-version", "3.13", "--python-platform", platform, "--only-binary", ":all:"]


def main() -> int:
    uv = shutil.which("uv")
    if uv is None:
        print("make lock needs uv: python -m pip install uv", file=sys.stderr)
        return 1
    jobs = [
        (HOST / "host.in", HOST / "host.txt", UNIVERSAL),
        (HOST / "dev.in", HOST / "dev.txt", UNIVERSAL),
        (HOST / "load.in", HOST / "load.txt", UNIVERSAL),
        *(
            (IMAGE / "requirements.in", IMAGE / f"requirements-linux-{machine}.txt", image_target(machine))
            for machine in ("x86_64", "aarch64")
        ),
    ]
    for source, target, options in jobs:
        print(f"{source.relative_to(ROOT)} -> {target.relative_to(ROOT)}", flush=True)
        command = [uv, "pip", "compile", *COMMON, *options, "--output-file", str(target), str(source)]
        status = subprocess.run(command, cwd=source.parent, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
