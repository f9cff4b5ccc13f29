"""What a report says to whom; and what a candidate's does not even contain."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from harness.domain.content import Level, Pool, Status, TaskKind
from harness.domain.verdicts import Basis, Diagnosed, Limit, LimitHit, LimitSource, Outcome
from harness.reports.build import build_report
from harness.reports.formats import FORMATS
from harness.reports.model import Audience, CheckView, Report
from tests.unit.reports import factory
from tests.unit.reports.factory import QUESTIONS, SAMPLES, TASK, TOPIC, changed, report, result

CANARY = "CANARY7Q"


def checks(found: Report) -> dict[str, CheckView]:
    return {check.id: check for concept in found.concepts for check in concept.checks}


def planted() -> Any:
    """A result with the canary in everything that only a grader may read."""
    secret: dict[str, Any] = {
        "message": CANARY,
        "traceback": CANARY,
        "output": CANARY,
        "symptoms": (CANARY,),
        "outcome": Outcome.FAILED,
    }
    verdicts = tuple(replace(verdict, **secret) for verdict in factory.passing())
    found = result(verdicts=verdicts, seed=CANARY, output=CANARY, run_id=CANARY, task_digest=CANARY)
    environment = replace(found.environment, image=CANARY, tag=CANARY, libraries={"Flask": CANARY})
    diagnosis = (Diagnosed("extension-inside-factory", ("two-apps-two-lists",)),)
    return replace(found, environment=environment, submission_digest=CANARY, diagnosis=diagnosis)


@pytest.mark.parametrize("fault", ["", CANARY])
@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_hidden_occurs_in_no_format_of_a_candidate(format_: str, fault: str) -> None:
    """The grader's report of the same result shows that the canary would be found."""
    found = replace(planted(), fault=fault)
    assert CANARY not in FORMATS[format_].render(report(found, "candidate"))
    assert CANARY in FORMATS[format_].render(report(found, "grader"))


def test_what_is_hidden_is_not_in_the_candidates_data_at_all() -> None:
    found = report(planted(), "candidate")
    assert CANARY not in json.dumps(asdict(found))
    assert found.record is None
    assert {check.detail for check in checks(found).values()} == {None}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("audience", Audience)
def test_an_exam_question_is_in_no_report(sample: str, audience: Audience) -> None:
    text = json.dumps(asdict(report(SAMPLES[sample](), audience)))
    assert "EXAM-ONLY-STEM" not in text
    assert "a-exam-item" not in text


def test_a_draft_or_another_topics_question_is_not_shown() -> None:
    others = [
        replace(factory.BINDING_QUESTION, status=Status.DRAFT),
        replace(factory.COMMAND_QUESTION, topic="elsewhere"),
        replace(factory.BINDING_QUESTION, pool=Pool.EXAM),
    ]
    found = build_report(factory.diagnosed(), TASK, TOPIC, others, Audience.CANDIDATE)
    assert [diagnosis.question for diagnosis in found.diagnoses] == [None]
    assert [study.question for study in found.studies] == [None]


def test_a_grader_reads_it_all() -> None:
    found = report(factory.diagnosed(), "grader")
    detail = checks(found)["second-app-has-tables"].detail
    assert detail is not None
    assert detail.message == "assert 500 == 200"
    assert "WrapperTestResponse" in detail.traceback
    assert detail.symptoms == ("not-registered",)
    assert detail.seconds == 0.14
    assert found.record is not None
    assert (found.record.seed, found.record.run_id) == ("seed-9f2b7c", "01K9RUN7Q2")
    assert found.record.libraries["Flask"] == "3.1.2"
    assert found.record.seconds == 3.42


def test_a_candidate_learns_times_in_whole_seconds_only() -> None:
    assert report(result(seconds=3.42)).seconds == 4
    assert report(result(seconds=0.02)).seconds == 1


def test_all_passed() -> None:
    found = report(result())
    assert (found.score, found.status, found.headline) == (100.0, "passed", "All 12 checks passed.")
    assert (found.diagnoses, found.studies, found.limits, found.remarks) == ((), (), (), ())


def test_checks_are_grouped_by_concept_with_their_points() -> None:
    found = report(factory.diagnosed())
    binding = next(concept for concept in found.concepts if concept.id == "extension-binding")
    assert binding.name == "extension binding"
    assert binding.definition.startswith("An extension object is made once")
    assert (binding.passed, binding.failed, binding.earned, binding.possible) == (2, 2, 2, 5)
    assert found.score == 63.6
    assert (found.earned, found.possible) == (7, 11)


def test_a_diagnosis_says_what_the_code_says_and_what_is_right() -> None:
    (diagnosis,) = report(factory.diagnosed()).diagnoses
    assert diagnosis.lead == "Your code behaves as if"
    assert diagnosis.belief == "each call of the factory could make extension objects of its own"
    assert diagnosis.checks == (
        "Two apps each list only their own books.",
        "A second app can make and use its tables.",
    )
    question = diagnosis.question
    assert question is not None
    assert not question.complete
    same = [option for option in question.options if option.same]
    right = [option for option in question.options if option.correct]
    assert [option.text for option in same] == ["Its own empty tables, since each call made a `db` of its own"]
    assert same[0].why.startswith("It would be so if")
    assert len(right) == 1
    assert len(question.options) == 2
    assert question.references == factory.BINDING_QUESTION.references


def test_a_diagnosis_without_a_twin_option_still_leads_to_its_concept() -> None:
    untempting = replace(
        factory.BINDING_QUESTION,
        options=tuple(replace(option, misconception=None) for option in factory.BINDING_QUESTION.options),
    )
    (diagnosis,) = build_report(factory.diagnosed(), TASK, TOPIC, [untempting], Audience.CANDIDATE).diagnoses
    assert diagnosis.question is not None
    assert diagnosis.question.complete


def test_a_failure_without_a_diagnosis_leads_to_a_definition_and_a_whole_question() -> None:
    (study,) = report(factory.diagnosed()).studies
    assert study.concept == "command-registration"
    assert study.definition.startswith("A command added to")
    assert study.checks == ("init-db makes the tables of its own app.",)
    assert study.question is not None
    assert study.question.complete
    assert [option.letter for option in study.question.options] == list("ABCDEF")
    assert all(option.why for option in study.question.options)


def test_a_question_is_not_shown_twice_while_there_are_others() -> None:
    second = replace(factory.BINDING_QUESTION, slug="z-another", level=Level.SENIOR)
    verdicts = changed(two_apps_two_lists=factory.FAILED, one_db_object=factory.FAILED)
    found = result(verdicts=verdicts, diagnosis=(Diagnosed("extension-inside-factory", ("two-apps-two-lists",)),))
    built = build_report(found, TASK, TOPIC, [*QUESTIONS, second], Audience.CANDIDATE)
    shown = [built.diagnoses[0].question, built.studies[0].question]
    assert [question.id for question in shown if question] == [
        "application-factory/where-db-lives",
        "application-factory/z-another",
    ]


def test_the_order_of_options_does_not_show_which_is_right() -> None:
    """The files put the right one first; its place in a report follows from ids alone."""
    (study,) = report(factory.diagnosed()).studies
    again = replace(factory.COMMAND_QUESTION, options=tuple(reversed(factory.COMMAND_QUESTION.options)))
    (other,) = build_report(
        factory.diagnosed(), TASK, TOPIC, [factory.BINDING_QUESTION, again], Audience.CANDIDATE
    ).studies
    assert study.question == other.question


def test_a_diagnosis_that_the_topic_does_not_know_is_not_guessed_at() -> None:
    found = result(
        verdicts=changed(two_apps_two_lists=factory.FAILED),
        diagnosis=(Diagnosed("no-such-belief", ("two-apps-two-lists",)),),
    )
    built = report(found)
    assert built.diagnoses == ()
    assert [study.concept for study in built.studies] == ["extension-binding"]


def test_a_task_of_tests_speaks_of_tests() -> None:
    task = replace(TASK, kind=TaskKind.TEST)
    found = build_report(factory.diagnosed(), task, TOPIC, QUESTIONS, Audience.CANDIDATE)
    assert found.diagnoses[0].lead == "Your tests are written as if"
    assert found.diagnoses[0].says == "What your tests say"


def test_an_app_that_did_not_start_is_a_clear_zero_with_its_own_traceback() -> None:
    found = report(factory.not_started())
    assert (found.score, found.status) == (0.0, "not-started")
    assert found.headline == "Your app did not start: it imports a package that is not there."
    assert found.start is not None
    assert "flask_mongoengine" in found.start.traceback
    assert "reading settings" in found.start.output
    assert found.diagnoses == found.studies == ()


def test_an_app_that_did_not_start_is_diagnosed_nothing_even_with_verdicts() -> None:
    failed = replace(factory.diagnosed(), start_failure=factory.not_started().start_failure, seconds=1.0)
    found = report(failed)
    assert found.status == "not-started"
    assert found.diagnoses == found.studies == ()


def test_a_fault_of_ours_is_no_score_and_says_what_to_do() -> None:
    found = report(factory.faulty())
    assert (found.score, found.status) == (None, "ours")
    assert "not in your code" in found.headline
    assert "does not count against you" in found.remarks[0]
    assert "have it graded again as it is" in found.remarks[0]
    grader = report(factory.faulty(), "grader")
    assert grader.record is not None
    assert "docker.sock" in grader.record.fault


def test_one_verdict_of_ours_leaves_the_score_open() -> None:
    found = report(factory.ours())
    assert (found.score, found.status) == (None, "ours")
    assert found.headline == "There is no score yet: 2 of 12 checks could not be judged."
    assert "could not be judged" in checks(found)["init-db-fills"].notes[0]


def test_a_limit_is_named_with_its_value_and_who_saw_it() -> None:
    found = report(factory.limited())
    assert found.limits == (
        "A limit was hit in 1 check. It did not finish within the time limit of 5 s "
        "(seen by assay, from outside the container).",
        "A limit was hit in 1 check. It used more memory than the limit of 256 MiB allows "
        "(seen by the container engine).",
    )
    limit = checks(found)["books-are-listed"].limit
    assert limit is not None
    assert (limit.limit, limit.value, limit.source) == ("time", "5 s", "harness")
    assert checks(found)["environment-read-late"].notes == ("Your program ended during this check.",)


@pytest.mark.parametrize("limit", Limit)
@pytest.mark.parametrize("source", LimitSource)
def test_every_limit_has_a_sentence(limit: Limit, source: LimitSource) -> None:
    hit = {"outcome": Outcome.FAILED, "limit": LimitHit(limit, source, "")}
    (sentence,) = report(result(verdicts=changed(one_db_object=hit))).limits
    assert "{" not in sentence
    assert " of  " not in sentence


def test_a_broken_guard_forfeits_its_concept_and_the_report_says_so() -> None:
    found = report(factory.limited())
    late = next(concept for concept in found.concepts if concept.id == "late-configuration")
    assert (late.forfeited, late.earned, late.possible) == (True, 0, 2)
    assert "earns no points" in checks(found)["default-page-size"].notes[0]
    assert any("no longer does" in remark for remark in found.remarks)
    assert found.guard_summary.startswith("2 checks are guards: they pass on the starter")


def test_observed_and_self_reported_are_told_apart() -> None:
    found = report(result())
    assert checks(found)["init-db-exists"].basis == "self-reported"
    assert checks(found)["configuration-wins"].basis == "observed"
    assert found.basis_summary == (
        "Of the 12 checks, 9 were observed from outside and 3 are self-reported, by what your own program says of "
        "itself."
    )
    assert (found.counts.observed, found.counts.self_reported) == (9, 3)


def test_what_was_not_judged_was_not_observed_either() -> None:
    found = report(factory.ours())
    assert (found.counts.observed, found.counts.self_reported) == (9, 1)
    assert found.basis_summary.startswith("Of the 10 checks that were judged, 9 were observed")


@pytest.mark.parametrize(
    ("basis", "count", "said"),
    [
        (Basis.OBSERVED, 12, "All 12 checks were observed from outside"),
        (Basis.SELF_REPORTED, 12, "All 12 checks are self-reported"),
        (Basis.OBSERVED, 1, "The 1 check was observed from outside"),
        (Basis.OBSERVED, 0, ""),
    ],
)
def test_all_of_one_basis_is_said_shortly(basis: Basis, count: int, said: str) -> None:
    verdicts = tuple(replace(verdict, basis=basis) for verdict in factory.passing()[:count])
    assert report(result(verdicts=verdicts)).basis_summary.startswith(said)


def test_a_suite_that_ran_inside_yields_claims_only() -> None:
    found = report(factory.claimed())
    assert {check.basis for check in checks(found).values()} == {"claim"}
    assert "container's own claim" in found.remarks[0]
    assert found.basis_summary == "All 12 checks are the container's claim."
    assert (found.counts.claims, found.counts.observed) == (12, 0)


def test_the_references_explanation_is_there_only_when_given() -> None:
    assert report(result()).explanation is None
    assert report(result(), explanation="Because.").explanation == "Because."


@pytest.mark.parametrize("audience", Audience)
def test_a_decision_stands_with_its_check(audience: Audience) -> None:
    built = report(result(), audience, decisions={"init-db-fills": "The brief\nleaves it open.\x1b[2J"})
    notes = {check.id: check.notes for concept in built.concepts for check in concept.checks}
    assert notes.pop("init-db-fills") == (
        "Somebody looked at this verdict and changed it: The brief leaves it open.\\x1b[2J",
    )
    assert not any(notes.values())
