"""How something in a box ended: a status, who saw it, and what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    FINISHED = "finished"
    CRASHED = "crashed"  # the process ended, and no limit was the cause
    TIME = "time"
    MEMORY = "memory"
    PROCESSES = "processes"
    OUTPUT = "output"
    DISK = "disk"
    PROTOCOL = "protocol"  # a malformed, oversized or unexpected frame
    ENGINE = "engine"  # ours: the engine failed


class Source(StrEnum):
    """Who saw it."""

    ENGINE = "engine"
    AGENT = "agent"
    HARNESS = "harness"


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply, or why there is none: look at ``status`` before anything else."""

    status: Status
    header: dict[str, Any] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    source: Source = Source.HARNESS
    detail: str = ""

    @property
    def finished(self) -> bool:
        return self.status is Status.FINISHED


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the agent found after it ended every process: limits that were hit, in order of weight.

    ``clean`` is false when the box can't be used again (the folder could not be restored, or the box is gone).
    """

    status: Status = Status.FINISHED
    source: Source = Source.AGENT
    hits: tuple[Status, ...] = ()
    output: bytes = b""
    output_dropped: int = 0
    clean: bool = True
    detail: str = ""
