"""JSON, for programs: the questions as they are, texts in Markdown. ``schema/bank-1.json`` describes every key."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.bank.exports.model import Export, Item

VERSION = "1.0"


def render(export: Export) -> bytes:
    """The JSON document."""
    data = {
        "schema_version": VERSION,
        "title": export.title,
        "pool": export.pool.value,
        "made": export.made.isoformat(),
        "questions": [_question(item) for item in export.items],
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what ``render`` writes."""
    text = files("harness.bank.exports").joinpath("schema/bank-1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _question(item: Item) -> dict[str, Any]:
    question = item.question
    return {
        "id": question.id,
        "revision": question.revision,
        "topic": {"id": item.topic.slug, "title": item.topic.title},
        "domain": {"id": item.topic.domain.value, "title": item.domain},
        "kind": question.kind,
        "level": question.level.value,
        "pool": question.pool.value,
        "concepts": list(question.concepts),
        "references": list(question.references),
        "stem": question.stem,
        "explanation": question.explanation,
        "options": [
            {
                "id": option.id,
                "correct": option.correct,
                "text": option.text,
                "why": option.why,
                "misconception": option.misconception,
            }
            for option in item.options
        ],
    }
