"""JSON, held to its published schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema

from harness.bank.exports import json as bank_json
from harness.domain.content import Option
from tests.unit.bank.exports.samples import both, render

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


def test_json_keeps_to_its_schema_and_gives_back_what_went_in(sample: Export) -> None:
    schema = bank_json.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(both("json", sample))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    assert data["schema_version"] == "1.0"
    for found, item in zip(data["questions"], sample.items, strict=True):
        question = item.question
        assert (found["id"], found["kind"], found["level"]) == (question.id, question.kind, question.level)
        assert (found["stem"], found["explanation"]) == (question.stem, question.explanation)
        assert found["references"] == list(question.references)
        options = tuple(
            Option(o["id"], o["text"], o["why"], o["correct"], o["misconception"]) for o in found["options"]
        )
        assert options == item.options


def test_the_schema_refuses_what_is_not_described(nasty: Export) -> None:
    validator = jsonschema.Draft202012Validator(bank_json.schema())
    data = json.loads(render("json", nasty))
    assert not validator.is_valid({**data, "more": 1})
    assert not validator.is_valid({**data, "questions": [{**data["questions"][0], "kind": "essay"}]})
    assert not validator.is_valid({**data, "questions": [{"id": "a/b"}]})
