"""Questions and topics as canonical JSON, whole and back: what is stored of them, and what a digest is of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.domain.content import (
    Concept,
    Domain,
    Level,
    Misconception,
    Option,
    Pool,
    Question,
    ShownIn,
    Status,
    Topic,
)


def write(item: Question | Topic) -> str:
    """The item, without the folder that it lay in."""
    content = {name: value for name, value in asdict(item).items() if name != "folder"}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of what was written, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_question(text: str) -> Question:
    """The question that ``write`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(text)
    return Question(
        **content
        | {
            "level": Level(content["level"]),
            "pool": Pool(content["pool"]),
            "status": Status(content["status"]),
            "concepts": tuple(content["concepts"]),
            "references": tuple(content["references"]),
            "options": tuple(Option(**option) for option in content["options"]),
            "folder": Path(),
        }
    )


def read_topic(text: str) -> Topic:
    """The topic that ``write`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(text)
    return Topic(
        **content
        | {
            "domain": Domain(content["domain"]),
            "status": Status(content["status"]),
            "concepts": {name: Concept(**_shown(one)) for name, one in content["concepts"].items()},
            "misconceptions": {name: Misconception(**_shown(one)) for name, one in content["misconceptions"].items()},
            "folder": Path(),
        }
    )


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"shown_in": ShownIn(content["shown_in"])}
