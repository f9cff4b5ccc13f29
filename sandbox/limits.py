"""Every limit, one line each. The runner, the agent and the tests read this place; nothing else names a number."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

KIB = 1024
MIB = 1024 * KIB

UID = 10001  # the candidate's; the image has no other user but root
WORK = "/srv/app"  # a tmpfs: the submission's folder, HOME and the current directory
TMP = "/tmp"  # noqa: S108 - inside the container, a tmpfs of its own


@dataclass(frozen=True, slots=True)
class Limits:
    """What one container and the programs in it may use. Sizes in bytes, times in seconds."""

    memory: int = 384 * MIB  # swap included: there is none
    processes: int = 96  # threads count
    cpus: float = 1.0
    work_size: int = 32 * MIB
    work_inodes: int = 4_000
    tmp_size: int = 48 * MIB
    tmp_inodes: int = 4_000
    shm_size: int = 8 * MIB
    open_files: int = 512
    file_size: int = 32 * MIB
    locked_memory: int = 64 * KIB
    cpu_time: int = 60  # of one process
    output_kept: int = 64 * KIB  # what the app prints; the rest is counted and dropped
    output_flood: int = 8 * MIB  # printing more ends the process
    start_time: float = 60.0  # container start until the agent's hello
    reply_time: float = 10.0  # one answer of the app, unless the check asks for more time
    test_time: float = 20.0  # one test, unless its marker says otherwise
    suite_time: float = 120.0  # one run of a suite that a candidate wrote
    run_time: float = 240.0  # one submission

    def for_agent(self) -> dict[str, Any]:
        """What the agent needs to know, as JSON."""
        names = ("open_files", "file_size", "cpu_time", "output_flood")
        return {name: value for name, value in asdict(self).items() if name in names}


GVISOR_TASKS = 8  # tasks of the host that gVisor makes for one process inside; measured, about 8 to 10


def host_tasks(limits: Limits, runtime: str) -> int:
    """The engine's limit on tasks that leaves room for ``limits.processes`` inside."""
    return limits.processes * (GVISOR_TASKS if runtime == "runsc" else 1)


STANDARD = Limits()
PROFILES: dict[str, Limits] = {
    "standard": STANDARD,
    "large": replace(STANDARD, memory=768 * MIB, processes=192, test_time=60.0, run_time=900.0),
}
