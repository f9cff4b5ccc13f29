"""Every format renders every kind of result, and keeps to its specification."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markupsafe import Markup
from rich.console import Console

from harness.domain.verdicts import Outcome
from harness.reports import ctrf, exercism, gradescope, terminal
from harness.reports import json as report_json
from harness.reports.formats import FORMATS
from harness.reports.html import render_body
from harness.reports.model import Audience
from harness.reports.prose import to_html
from tests.unit.reports import factory
from tests.unit.reports.factory import SAMPLES, changed, report, result

every_sample = pytest.mark.parametrize("sample", SAMPLES)
every_audience = pytest.mark.parametrize("audience", Audience)


def test_the_formats_are_those_that_the_command_line_names() -> None:
    assert list(FORMATS) == ["text", "html", "json", "junit", "ctrf", "gradescope", "exercism"]


@every_sample
@every_audience
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_renders_every_result(format_: str, sample: str, audience: Audience) -> None:
    built = report(SAMPLES[sample](), audience)
    text = FORMATS[format_].render(built)
    assert text.endswith("\n")
    assert text == FORMATS[format_].render(built), "rendering twice gives the same"


# JSON


@every_sample
@every_audience
def test_json_keeps_to_the_published_schema(sample: str, audience: Audience) -> None:
    schema = report_json.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(FORMATS["json"].render(report(SAMPLES[sample](), audience)))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["schema_version"] == "1.0"
    assert data["score"] is None or 0 <= data["score"] <= 100


def test_the_schema_refuses_a_candidates_report_with_hidden_things() -> None:
    data = json.loads(FORMATS["json"].render(report(factory.diagnosed(), "grader")))
    validator = jsonschema.Draft202012Validator(report_json.schema())
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, "audience": "candidate"})
    assert not validator.is_valid({**data, "audience": "candidate", "record": None})
    assert not validator.is_valid({**data, "score": 101})
    assert not validator.is_valid({**data, "more": 1})


# JUnit


def test_junit_tells_failed_from_ours() -> None:
    root = ET.fromstring(FORMATS["junit"].render(report(factory.ours())))
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("12", "1", "2")
    errors = [case.get("name") for case in root.iter("testcase") if case.find("error") is not None]
    assert errors == ["The app has an init-db command.", "init-db makes the tables of its own app."]
    suites = {suite.get("name"): suite for suite in root.iter("testsuite")}
    commands = suites["application-factory/library.command-registration"]
    assert (commands.get("tests"), commands.get("errors")) == ("2", "2")


def test_junit_has_a_case_for_an_app_that_did_not_start_and_for_a_fault_of_ours() -> None:
    start = ET.fromstring(FORMATS["junit"].render(report(factory.not_started())))
    failure = start.find("testsuite/testcase/failure")
    assert failure is not None
    assert "flask_mongoengine" in (failure.text or "")
    fault = ET.fromstring(FORMATS["junit"].render(report(factory.faulty())))
    assert (fault.get("failures"), fault.get("errors")) == ("0", "1")


def test_junit_times_are_for_graders() -> None:
    assert " time=" not in FORMATS["junit"].render(report(result()))
    assert ' time="0.140"' in FORMATS["junit"].render(report(result(), "grader"))


def test_junit_writes_what_xml_cannot_in_our_own_texts_too() -> None:
    """Titles are ours, and ``inert`` sees them; headlines and notes are checked by nobody else."""
    built = report(factory.diagnosed())
    strange = replace(built, task=replace(built.task, id="a\x00b\ufffe"))
    assert ET.fromstring(FORMATS["junit"].render(strange)).get("name") == "a\ufffdb\ufffd"


# CTRF


@every_sample
@every_audience
def test_ctrf_has_what_version_1_requires(sample: str, audience: Audience) -> None:
    data = ctrf.as_data(report(SAMPLES[sample](), audience))
    assert (data["reportFormat"], data["specVersion"]) == ("CTRF", "1.0.0")
    results = data["results"]
    assert set(results) <= {"tool", "summary", "tests", "environment", "extra"}
    summary = results["summary"]
    assert {"tests", "passed", "failed", "skipped", "pending", "other", "start", "stop"} <= set(summary)
    assert all(isinstance(summary[name], int) for name in summary)
    assert summary["tests"] == len(results["tests"])
    assert summary["tests"] == sum(summary[n] for n in ("passed", "failed", "skipped", "pending", "other"))
    for test in results["tests"]:
        assert test["name"]
        assert test["status"] in {"passed", "failed", "skipped", "pending", "other"}
        assert isinstance(test["duration"], int)
    assert len({test["id"] for test in results["tests"]}) == len(results["tests"])


def test_ctrf_calls_what_is_ours_other_and_keeps_ids_between_runs() -> None:
    first = ctrf.as_data(report(factory.ours()))["results"]
    second = ctrf.as_data(report(result()))["results"]
    assert first["summary"]["other"] == 2
    assert [test["id"] for test in first["tests"]] == [test["id"] for test in second["tests"]]
    assert {test["duration"] for test in second["tests"]} == {0}


# Gradescope


def test_gradescope_hides_what_a_grader_reads_and_shows_what_a_candidate_may() -> None:
    grader = gradescope.as_data(report(factory.diagnosed(), "grader"))
    assert {test["visibility"] for test in grader["tests"]} == {"hidden"}
    assert grader["stdout_visibility"] == "hidden"
    assert "seed-9f2b7c" in json.dumps(grader["tests"])
    assert "seed-9f2b7c" not in json.dumps({**grader, "tests": []})
    assert "500" not in grader["output"], "students see the top-level output whatever the visibility"
    candidate = gradescope.as_data(report(factory.diagnosed()))
    assert {test["visibility"] for test in candidate["tests"]} == {"visible"}
    assert candidate["score"] == 63.6


def test_gradescope_reads_nothing_as_html() -> None:
    data = gradescope.as_data(report(factory.diagnosed(), "grader"))
    assert {data["output_format"], data["test_output_format"], data["test_name_format"]} == {"text"}
    assert {test["output_format"] for test in data["tests"]} == {"text"}


@pytest.mark.parametrize("sample", ["ours", "fault"])
def test_gradescope_gets_no_score_at_all_while_it_is_unknown(sample: str) -> None:
    data = gradescope.as_data(report(SAMPLES[sample]()))
    assert "score" not in data
    assert not any("score" in test for test in data["tests"])


# Exercism


@pytest.mark.parametrize(
    ("sample", "status"),
    [
        ("passed", "pass"),
        ("diagnosed", "fail"),
        ("limited", "fail"),
        ("not-started", "error"),
        ("ours", "error"),
        ("fault", "error"),
    ],
)
def test_exercism_version_3(sample: str, status: str) -> None:
    data = exercism.as_data(report(SAMPLES[sample]()))
    assert (data["version"], data["status"]) == (3, status)
    assert (data["message"] is None) == (status != "error")
    assert {test["status"] for test in data["tests"]} <= {"pass", "fail", "error"}


def test_exercism_output_is_at_most_500_characters() -> None:
    printed = {"outcome": Outcome.FAILED, "output": "x" * 2_000}
    data = exercism.as_data(report(result(verdicts=changed(one_db_object=printed)), "grader"))
    (output,) = [test["output"] for test in data["tests"] if test["output"]]
    assert len(output) == 500
    assert output.endswith("Output was truncated. Please limit to 500 chars")


# HTML


class Outline(HTMLParser):
    """The elements of a page with their attributes, its headings and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@every_sample
@every_audience
def test_html_stands_alone(sample: str, audience: Audience) -> None:
    """No script, nothing loaded, and a policy that forbids both and allows the one stylesheet."""
    page = FORMATS["html"].render(report(SAMPLES[sample](), audience, explanation="# So\n\n```python\nx = 1\n```"))
    outline = Outline(page)
    tags = {tag for tag, _ in outline.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    attributes = [(name, value) for _, attrs in outline.elements for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "style"}]
    assert all((value or "").startswith("#") for name, value in attributes if name == "href")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = next(attrs["content"] for _, attrs in outline.elements if "http-equiv" in attrs)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


@every_sample
@every_audience
def test_html_is_well_ordered_for_whoever_listens_to_it(sample: str, audience: Audience) -> None:
    page = FORMATS["html"].render(report(SAMPLES[sample](), audience, explanation="# So\n\n## And\n\ntext"))
    outline = Outline(page)
    tags = [tag for tag, _ in outline.elements]
    assert ("html", {"lang": "en"}) in outline.elements
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert {"header", "footer"} <= set(tags)
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in outline.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = [attrs["aria-labelledby"] for _, attrs in outline.elements if "aria-labelledby" in attrs]
    targets = [str(attrs["href"])[1:] for tag, attrs in outline.elements if tag == "a"]
    assert {*named, *targets} <= set(ids)


def test_html_says_in_words_what_it_says_in_colour() -> None:
    words = " ".join(" ".join(Outline(FORMATS["html"].render(report(factory.ours()))).words).split())
    for said in ("✓ passed", "✗ failed", "? not judged", "self-reported", "observed", "guard"):
        assert said in words


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast_aa(theme: int) -> None:
    """Every colour of text on every ground it stands on: at least 4.5 to 1."""
    css = files("harness.reports").joinpath("static/report.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split(":root {")[1 + theme].split("}")[0]))
    texts = ("ink", "soft", "accent", "pass", "fail", "ours")
    pairs = [(text, ground) for text in texts for ground in ("paper", "card")]
    pairs += [(name, "code") for name in colours if name.startswith("tok-")] + [("ink", "code"), ("soft", "code")]
    pairs += [(name, f"{name}-tint") for name in ("pass", "fail", "ours")]
    for text, ground in pairs:
        light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}"


def test_markdown_of_ours_makes_no_raw_html_no_image_and_no_dangerous_link() -> None:
    html = to_html("<b>x</b> ![i](data:image/png,x) [l](javascript:alert(1))\n\n```nosuch\n<i>\n```\n\n# Head")
    assert "<b>" not in html
    assert "<img" not in html
    assert "href" not in html
    assert "&lt;i&gt;" in html
    assert "<h3>Head</h3>" in html


def test_code_of_ours_is_highlighted_by_classes() -> None:
    assert '<span class="k">def</span>' in to_html("```python\ndef f(): ...\n```")


# The terminal


@every_sample
@every_audience
@pytest.mark.parametrize("width", [40, 80, 160])
def test_text_keeps_to_its_width(sample: str, audience: Audience, width: int) -> None:
    lines = terminal.render(report(SAMPLES[sample](), audience), width).splitlines()
    assert max(map(len, lines)) <= width


@every_sample
@every_audience
def test_json_is_read_back_whole(sample: str, audience: Audience) -> None:
    built = report(SAMPLES[sample](), audience)
    assert report_json.read(json.loads(FORMATS["json"].render(built))) == built


def test_text_says_in_words_what_it_says_in_colour() -> None:
    text = terminal.render(report(factory.ours()))
    for said in ("✓ passed", "✗ failed", "? not judged", "[self-reported]", "[guard]", "No score"):
        assert said in text


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ((Outcome.PASSED, Outcome.PASSED), "guards held"),
        ((Outcome.PASSED, Outcome.FAILED), "1 of 2 guards broken"),
        ((Outcome.FAILED, Outcome.FAILED), "guards broken"),
        ((Outcome.PASSED, Outcome.OURS), "guards not judged"),
    ],
)
def test_a_concept_with_guards_alone_says_what_became_of_them(outcomes, said) -> None:
    first, second = ({"guard": True, "outcome": outcome} for outcome in outcomes)
    guarded = report(factory.result(verdicts=factory.changed(init_db_exists=first, init_db_fills=second)))
    for told in (FORMATS["html"].render(guarded), terminal.render(guarded), FORMATS["junit"].render(guarded)):
        assert said in told
        assert not re.search("0 of 0|0/0", told)


@pytest.mark.parametrize("others", [False, True])
def test_a_broken_guard_costs_points_only_where_its_concept_has_some(others) -> None:
    """``init-db-exists`` and ``init-db-fills`` are all checks of their concept."""
    broken = {"guard": True, "outcome": Outcome.FAILED}
    text = terminal.render(
        report(factory.result(verdicts=factory.changed(init_db_exists=broken, init_db_fills={"guard": not others}))),
        200,
    )
    text = " ".join(text.split())
    assert "no longer does" in text
    assert ("so one concept earns no points" in text) is others
    assert ("its concept earns no points" in text) is others
    assert ("something is broken that worked" in text) is not others


def test_a_console_with_colour_shows_the_same_words() -> None:
    built = report(factory.diagnosed())
    out = StringIO()
    terminal.show(built, Console(file=out, width=80, force_terminal=True, color_system="truecolor", _environ={}))
    assert "\x1b[" in out.getvalue()
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    plain = terminal.render(built)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


# Parts of other pages


def test_two_reports_stand_on_one_page() -> None:
    """Each below a heading of the page, with ids of its own."""
    built = report(factory.diagnosed(), "grader", explanation="# So\n\n## And")
    bodies = [render_body(built, 2, about) for about in ("one-", "two-")]
    outline = Outline("<h1>Both</h1>" + "".join(bodies))
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels.count(2) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in outline.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = [attrs["aria-labelledby"] for _, attrs in outline.elements if "aria-labelledby" in attrs]
    assert {*named, *(str(attrs["href"])[1:] for tag, attrs in outline.elements if tag == "a")} <= set(ids)


def test_a_failed_check_leads_to_its_diagnosis_or_to_its_concept() -> None:
    page = FORMATS["html"].render(report(factory.diagnosed()))
    assert page.count('href="#why-1"') == 2
    assert page.count('href="#study-1"') == 1


def test_a_page_can_add_to_a_check() -> None:
    body = render_body(report(factory.diagnosed()), beside={"init-db-fills": Markup("<b>added</b>")})
    assert body.count("<b>added</b>") == 1
    assert body.index("init-db makes the tables") < body.index("<b>added</b>")
