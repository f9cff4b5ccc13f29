"""Topics as JSON, whole and back: what the platform keeps of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.domain.content import Concept, Domain, Misconception, ShownIn, Status, Topic


def write_topic(topic: Topic) -> str:
    """The topic as canonical JSON, without the folder that it lay in."""
    content = {name: value for name, value in asdict(topic).items() if name != "folder"}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_topic(text: str) -> Topic:
    """What ``write_topic`` wrote."""
    content: dict[str, Any] = json.loads(text)
    return Topic(
        **content
        | {
            "domain": Domain(content["domain"]),
            "status": Status(content["status"]),
            "concepts": {
                name: Concept(**one | {"shown_in": ShownIn(one["shown_in"])})
                for name, one in content["concepts"].items()
            },
            "misconceptions": {
                name: Misconception(**one | {"shown_in": ShownIn(one["shown_in"])})
                for name, one in content["misconceptions"].items()
            },
            "folder": Path(),
        }
    )
