"""What is said of wrong solutions that nobody who wrote the tests has seen."""

from types import SimpleNamespace

import pytest

from harness.domain.verdicts import Basis, Diagnosed, Environment, GradeResult, Outcome, Verdict
from harness.grading.proof.heldout import HeldOut, Told, good_enough, judge, table
from harness.grading.proof.repeats import Repeats

EXAM = SimpleNamespace(task=SimpleNamespace(id="topic/task"))


def result(failed="", diagnosed=(), ours=""):
    verdicts = tuple(
        Verdict(
            check,
            "c",
            check,
            Outcome.OURS if check in ours else Outcome.FAILED if check in failed else Outcome.PASSED,
            Basis.OBSERVED,
        )
        for check in "abc"
    )
    diagnosis = tuple(Diagnosed(name, ("a",)) for name in diagnosed)
    return GradeResult(
        "r", "topic/task", 1, "", "", "", "", 0.0, Environment("", "", "", ""), verdicts=verdicts, diagnosis=diagnosis
    )


def outcome(name, **said):
    return judge(HeldOut(EXAM, name, None), result(**said))


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("g-is-global", {"failed": "a", "diagnosed": ["g-is-global"]}, Told.NAMED),
        ("g-is-global.second", {"failed": "a", "diagnosed": ["g-is-global", "other"]}, Told.NAMED),
        ("g-is-global", {"failed": "a", "diagnosed": ["other", "g-is-global"]}, Told.OTHER),
        ("g-is-global", {"failed": "a"}, Told.SILENT),
        ("g-is-global", {}, Told.UNSEEN),
        ("g-is-global", {"failed": "a", "ours": "b"}, Told.OURS),
        ("unknown.odd", {"failed": "a"}, Told.NAMED),
        ("unknown.odd", {"failed": "a", "diagnosed": ["other"]}, Told.OTHER),
    ],
)
def test_each_end_has_its_name(name, said, told):
    assert outcome(name, **said).told is told


def right(count):
    return [outcome("m", failed="a", diagnosed=["m"]) for _ in range(count)]


def test_eight_of_ten_are_enough_and_seven_are_not():
    silent = outcome("m", failed="a")
    assert good_enough([*right(8), silent, silent])
    assert not good_enough([*right(7), silent, silent, silent])


def test_one_guess_at_what_is_unknown_is_too_many():
    assert not good_enough([*right(20), outcome("unknown.odd", failed="a", diagnosed=["m"])])


def test_the_table_counts_and_lists_what_was_missed():
    text = table([*right(2), outcome("m.late", failed="ab", diagnosed=["n"])])
    assert "topic/task" in text.splitlines()[1]
    assert "other: topic/task heldout/m.late is told n; it fails a, b" in text


def test_a_suite_that_says_the_same_every_time_has_no_finding():
    seen = Repeats(SimpleNamespace(where="reference/topic/task/solution"))
    for _ in range(3):
        seen.note(result(failed="a"))
    assert (seen.runs, seen.findings) == (3, [])


def test_a_check_that_differs_is_told_with_its_counts():
    seen = Repeats(SimpleNamespace(where="reference/topic/task/solution"))
    for failed in ("", "", "a"):
        seen.note(result(failed=failed))
    (found,) = seen.findings
    assert "a differs: 2 x passed, 1 x failed" in str(found)


def test_a_run_with_a_fault_of_ours_is_counted_apart():
    seen = Repeats(SimpleNamespace(where="w"))
    seen.note(result(ours="b"))
    assert (seen.runs, seen.ours, seen.findings) == (0, 1, [])
