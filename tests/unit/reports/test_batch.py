"""The index of a graded folder: figures, groups, who is missing, and nothing counted that is not known."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from harness.domain.verdicts import Outcome
from harness.reports.batch import BatchEntry, build_batch, cell, index_csv, index_html, index_json, link
from tests.unit.reports import factory
from tests.unit.reports.factory import TASK, TOPIC, changed, result

ENTRIES = (
    BatchEntry("anna.zip", factory.diagnosed(), report_file="anna.html", roster="Anna Kovács"),
    BatchEntry("ben", result(), report_file="ben.html", roster="Ben"),
    BatchEntry("carla", factory.not_started(), report_file="carla.html", roster="Carla"),
    BatchEntry("dora", factory.limited(), report_file="dora.html"),
    BatchEntry("emil", factory.ours(), report_file="emil.html", roster="Emil"),
    BatchEntry("fay", factory.faulty(), report_file="fay.html", roster="Fay"),
    BatchEntry("gus.zip", refused="gus.zip: link/passwd leads out of the submission", roster="Gus"),
)
BATCH = build_batch(TASK, TOPIC, ENTRIES, missing=["Zoë"])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_the_best_come_first_and_the_unknown_last() -> None:
    assert [(row.name, row.status) for row in BATCH.rows] == [
        ("ben", "passed"),
        ("anna.zip", "failed"),
        ("dora", "failed"),
        ("carla", "not-started"),
        ("emil", "ours"),
        ("fay", "ours"),
        ("gus.zip", "refused"),
    ]


def test_figures_are_of_those_with_a_score() -> None:
    assert (BATCH.mean, BATCH.median) == (54.5, 59.0)
    assert sum(count for _, count in BATCH.bands) == 4
    assert dict(BATCH.bands)["100"] == 1
    assert dict(BATCH.bands)["0 to 9"] == 1


def test_only_a_hundred_is_in_the_band_of_a_hundred() -> None:
    one_failed = tuple(factory.verdict(f"c{i}", "x", "t") for i in range(999))
    nearly = result(verdicts=(*one_failed, factory.verdict("last", "x", "t", "failed")))
    bands = dict(build_batch(TASK, TOPIC, [BatchEntry("nearly", nearly)]).bands)
    assert (bands["100"], bands["90 to 99"]) == (0, 1)


def test_failure_rates_leave_out_what_was_not_judged_and_what_never_started() -> None:
    rates = {check.id: check for check in BATCH.checks}
    assert (rates["init-db-fills"].failed, rates["init-db-fills"].judged) == (1, 3)
    assert (rates["two-apps-two-lists"].failed, rates["two-apps-two-lists"].judged) == (3, 4)
    assert rates["two-apps-two-lists"].percent == 75
    assert BATCH.checks[0].id == "two-apps-two-lists"


def test_an_app_that_never_started_fails_no_check_in_the_rates() -> None:
    verdicts = changed(one_db_object={"outcome": Outcome.FAILED})
    stuck = result(verdicts=verdicts, start_failure=factory.not_started().start_failure)
    assert build_batch(TASK, TOPIC, [BatchEntry("stuck", stuck)]).checks == ()


def test_groups_by_diagnosis() -> None:
    (group,) = BATCH.groups
    assert (group.misconception, group.names) == ("extension-inside-factory", ("anna.zip",))
    assert group.belief.startswith("each call of the factory")


def test_the_roster_shows_who_is_missing_and_what_belongs_to_nobody() -> None:
    assert (BATCH.missing, BATCH.unmatched) == (("Zoë",), ("dora",))
    without = build_batch(TASK, TOPIC, ENTRIES)
    assert (without.has_roster, without.unmatched) == (False, ())
    assert "The roster" not in index_html(without)
    assert "The roster" in index_html(BATCH)


def test_the_page_names_what_is_ours_and_what_was_refused_apart() -> None:
    page = index_html(BATCH)
    again = page[page.index("To grade again") : page.index("Refused before")]
    assert "emil" in again
    assert "fay" in again
    assert "leads out of the submission" in page[page.index("Refused before") :]
    table = page[page.index('id="submissions"') : page.index("To grade again")]
    assert "emil" not in table
    assert "gus.zip" not in table
    assert 'href="./anna.html"' in table


def test_an_empty_batch_is_a_page_too() -> None:
    empty = build_batch(TASK, TOPIC, [], missing=["Zoë"])
    assert "Zoë" in index_html(empty)
    assert (empty.mean, empty.median) == (None, None)
    assert len(rows(index_csv(empty))) == 1


def test_csv_has_a_line_for_everybody_and_a_column_for_every_check() -> None:
    lines = {line["name"] or line["person"]: line for line in rows(index_csv(BATCH))}
    assert len(lines) == 8
    assert lines["ben"]["score"] == "100"
    assert lines["anna.zip"]["init-db-fills"] == "failed"
    assert lines["emil"]["score"] == ""
    assert lines["emil"]["init-db-fills"] == "ours"
    assert lines["carla"]["start_problem"] == "missing-package"
    assert lines["dora"]["limits"] == "time; memory"
    assert lines["gus.zip"]["status"] == "refused"
    assert lines["Zoë"]["status"] == "missing"


def test_json_says_the_same() -> None:
    data = json.loads(index_json(BATCH))
    assert data["schema_version"] == "1.0"
    assert [row["name"] for row in data["rows"]][:2] == ["ben", "anna.zip"]
    assert {"scores": "100", "submissions": 1} in data["bands"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\u00a0@"])  # noqa: RUF001
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert cell("anna-kovacs.zip") == "anna-kovacs.zip"
    assert cell("") == ""


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("reports/anna kovács.html", "./reports/anna%20kov%C3%A1cs.html"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("//evil.example/x", "./evil.example/x"),
        ("\\\\evil\\x", "./evil/x"),
        ("a\udcff.html", "./a%FF.html"),
        ("", ""),
    ],
)
def test_a_link_leads_beside_the_index_and_nowhere_else(file: str, address: str) -> None:
    assert link(file) == address
