"""Results as JSON, whole and back: what a batch keeps to go on where it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from harness.domain.verdicts import (
    Basis,
    Diagnosed,
    Environment,
    GradeResult,
    Limit,
    LimitHit,
    LimitSource,
    Outcome,
    StartFailure,
    StartProblem,
    Verdict,
)


def to_json(result: GradeResult) -> str:
    """The result as JSON text; lone surrogates are escaped, as JSON allows."""
    return json.dumps(asdict(result), indent=1)


def in_short(result: GradeResult) -> dict[str, Any]:
    """As much of it as hundreds are compared by: whether the app started, what each check came to, the diagnosis."""
    return {
        "started": result.start_failure is None,
        "checks": {one.check: one.outcome.value for one in result.verdicts},
        "diagnosis": [one.misconception for one in result.diagnosis],
    }


def from_json(text: str) -> GradeResult:
    """The result that ``to_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    data: dict[str, Any] = json.loads(text)
    data["environment"] = Environment(**data["environment"])
    data["verdicts"] = tuple(map(_verdict, data["verdicts"]))
    data["diagnosis"] = tuple(Diagnosed(d["misconception"], tuple(d["checks"])) for d in data["diagnosis"])
    if failure := data["start_failure"]:
        problem = StartProblem(failure.pop("problem"))
        data["start_failure"] = StartFailure(problem=problem, **failure | {"limit": _limit(failure["limit"])})
    return GradeResult(**data)


def _verdict(data: dict[str, Any]) -> Verdict:
    read = {"outcome": Outcome(data["outcome"]), "basis": Basis(data["basis"])}
    return Verdict(**data | read | {"symptoms": tuple(data["symptoms"]), "limit": _limit(data["limit"])})


def _limit(data: dict[str, str] | None) -> LimitHit | None:
    if data is None:
        return None
    return LimitHit(Limit(data["limit"]), LimitSource(data["source"]), data["value"])
