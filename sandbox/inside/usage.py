"""Limits seen from inside: the kernel's counters of this container, and the ulimits of a child."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# (file, key) of the kernel's own counters, for cgroup v2 and v1; gVisor has none of them
OOM_KILLS = (("/sys/fs/cgroup/memory.events", "oom_kill"), ("/sys/fs/cgroup/memory/memory.oom_control", "oom_kill"))
REFUSED_FORKS = (("/sys/fs/cgroup/pids.events", "max"), ("/sys/fs/cgroup/pids/pids.events", "max"))
NEARLY_FULL = 64 * 1024


def _count(sources: tuple[tuple[str, str], ...]) -> int:
    for path, key in sources:
        with suppress(OSError, ValueError), open(path, encoding="ascii") as lines:
            for line in lines:
                name, _, value = line.partition(" ")
                if name == key:
                    return int(value)
    return 0


def _full(folder: str) -> bool:
    with suppress(OSError):
        room = os.statvfs(folder)
        return room.f_bavail * room.f_frsize < NEARLY_FULL or (room.f_files > 0 and room.f_ffree == 0)
    return False


class Usage:
    """Counts limit hits since the last ``reset``."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._oom, self._forks = _count(OOM_KILLS), _count(REFUSED_FORKS)

    def hits(self, work: str = "") -> list[str]:
        """The limits that were hit, the gravest first; with ``work`` the disk is looked at too."""
        found = []
        if _count(OOM_KILLS) > self._oom:
            found.append("memory")
        if _count(REFUSED_FORKS) > self._forks:
            found.append("processes")
        if work and any(_full(folder) for folder in (work, "/tmp", "/dev/shm")):  # noqa: S108
            found.append("disk")
        return found


def limit_child(settings: dict[str, Any]) -> None:
    """Sets a child's ulimits, and offers it to the kernel before the agent when memory runs out."""
    allowed = settings["cpu_time"]  # the soft limit's signal names it, the hard one's is a plain SIGKILL
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (settings["open_files"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (settings["file_size"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("900")


def end_all(reaped: Callable[[int, int], None]) -> None:
    """Ends every process but this one, which is the first of its namespace, and collects them all.

    ``kill(-1)`` reaches processes that forked themselves away too; it is repeated until nobody is left.
    """
    if os.getpid() != 1:
        raise RuntimeError("only the first process of a container may end all others")
    while True:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return
        reaped(pid, status)


def session_of(leader: int) -> list[list[int]]:
    """``[pid, parent]`` of every process in the session that ``leader`` leads: a program and what it started."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdecimal():
            continue
        with suppress(OSError, ValueError, IndexError), open(f"/proc/{name}/stat", encoding="utf-8") as file:
            state, parent, _, session = file.read().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append([int(name), int(parent)])
    return sorted(found)
