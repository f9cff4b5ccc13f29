"""Each check finds its fault, says where, and finds nothing in faultless content."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from harness.content import Severity, load_library
from harness.content.checks import check_library
from tests.unit.content.factory import (
    change,
    evidence_text,
    hidden_text,
    make_root,
    question_text,
    task_text,
    topic_text,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOPIC = "challenges/contexts/topic.toml"
QUESTION = "challenges/contexts/questions/question-1/question.toml"
EVIDENCE = "challenges/contexts/questions/question-1/evidence.py"
TASK = "challenges/contexts/tasks/request-log"
HIDDEN = f"{TASK}/hidden/tests/test_log.py"
REFERENCE = "reference/contexts/request-log"
EXPECTED = f"{REFERENCE}/expected.toml"
REFERENCES = 'references = ["Flask documentation: The Application Context"]'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path / "root")


def findings(root: Path) -> list[str]:
    return [str(found) for found in check_library(load_library([root]))]


def test_faultless_content_has_no_findings(root: Path) -> None:
    assert findings(root) == []


# What is changed where, and the one finding that comes of it: file and message.
CHANGES = [
    (TOPIC, 'concept = "lifetime"', 'concept = "nowhere"', TOPIC, "names the concept 'nowhere', which is not here"),
    (QUESTION, 'id = "wrong-a"', 'id = "wrong-b"', QUESTION, "the option id 'wrong-b' is used 2 times"),
    (QUESTION, "What wrong-a says", "What wrong-b  says", QUESTION, "2 options have the same text"),
    (QUESTION, "What wrong-a says", "None of the above", QUESTION, "'wrong-a' speaks of the others"),
    (QUESTION, "correct = true", "correct = false", QUESTION, "has 0 right options; a single has exactly one"),
    (QUESTION, 'misconception = "belief-a"', "correct = true", QUESTION, "has 2 right options"),
    (QUESTION, "correct = true", 'correct = true\nmisconception = "belief-a"', QUESTION, "is right and tempts"),
    (QUESTION, '"belief-a"', '"belief-z"', QUESTION, "names the misconception 'belief-z', which contexts has not"),
    (QUESTION, '["lifetime"', '["lifetime", "lives"', QUESTION, "names the concept 'lives'"),
    (QUESTION, '["lifetime", "binding", "testing"]', "[]", QUESTION, "`concepts` is empty"),
    (EVIDENCE, "def right():", "def rihgt():", f"{EVIDENCE}:1", "rihgt is named after no option and is used by none"),
    (EVIDENCE, "def right():", "def right(x):", f"{EVIDENCE}:1", "right must be callable without arguments"),
    (EVIDENCE, "def right():", "async def right():", f"{EVIDENCE}:1", "right is async"),
    (EVIDENCE, "return 1, 1", "return 1", f"{EVIDENCE}:2", "right must return (observed, claimed)"),
    (EVIDENCE, "return 1, 1", "return 1, 1, 1", f"{EVIDENCE}:2", "right must return (observed, claimed)"),
    (EVIDENCE, "return 1, 1", "pass", f"{EVIDENCE}:1", "right returns nothing"),
    (EVIDENCE, "return 1, 1", "def view(): return 1, 1", f"{EVIDENCE}:1", "right returns nothing"),
    (EVIDENCE, "def right():", "def right(:", f"{EVIDENCE}:1", "can't be parsed"),
    (f"{TASK}/task.toml", '"log:create_app"', '"logs:create_app"', f"{TASK}/public/starter", "has no module"),
    (f"{TASK}/public/tests/test_public.py", "def test_it", "def it", f"{TASK}/public/tests", "holds no test"),
    (f"{TASK}/public/tests/test_public.py", "def test", "import log\n\ndef test", f"{TASK}/public", "imports 'log'"),
    (
        f"{TASK}/public/tests/test_public.py",
        "def test",
        'import pytest\n\n@pytest.mark.check("a", concept="b")\ndef test',
        f"{TASK}/public/tests/test_public.py",
        "check marker",
    ),
    (HIDDEN, "import pytest", "import pytest\nfrom log import create_app", f"{HIDDEN}:2", "imports 'log'"),
    (HIDDEN, '"check-1"', '"check-2"', HIDDEN, "the check id 'check-2' is used twice"),
    (HIDDEN, '"check-1"', '"Check 1"', HIDDEN, "the check id 'Check 1' is no slug"),
    (HIDDEN, '"check-1"', "NAME", HIDDEN, "`id` in the check marker of test_1 must be a literal str"),
    (HIDDEN, '"check-1", concept=', '"check-1", konzept=', HIDDEN, "an argument too many: 'konzept'"),
    (HIDDEN, '"check-1", concept="isolation"', '"check-1"', HIDDEN, "of test_1 lacks the concept"),
    (HIDDEN, '"check-1", ', '"check-1", points=0, ', HIDDEN, "`points` in the check marker of test_1"),
    (HIDDEN, '@pytest.mark.check("check-1"', '@pytest.mark.chekc("check-1"', HIDDEN, "test_1 has no check marker"),
    (HIDDEN, '"""Number 1 is kept."""', "", HIDDEN, "test_1 has no docstring"),
    (HIDDEN, 'concept="isolation"', 'concept="loneliness"', HIDDEN, "names the concept 'loneliness'"),
    (EXPECTED, "score = 100", "score = 99", EXPECTED, "`solution.score` must be 100"),
    (EXPECTED, "score = 0", "score = 1", EXPECTED, "`starter.score` must be 0"),
    (EXPECTED, '["check-12"]', '["check-99"]', EXPECTED, "guards name the check 'check-99', which is not there"),
    (EXPECTED, '["check-1"]', '["check-99"]', EXPECTED, "names the check 'check-99', which is not there"),
    (EXPECTED, '["check-1"]', '["check-1/early"]', EXPECTED, "the symptom 'early', which no test tells"),
    (EXPECTED, '["check-1"]', "[]", EXPECTED, "names no check"),
    (EXPECTED, '["check-1"]', '["check-1"]\nmay_fail = ["check-1"]', EXPECTED, "in must_fail and in may_fail"),
    (EXPECTED, '["check-1"]', '["check-2"]', EXPECTED, 'nothing tells ["wrong/belief-a"] from ["wrong/belief-b"]'),
    (
        EXPECTED,
        '["check-1"]',
        '["check-1"]\nmay_fail = ["check-2"]\nfoo = 1',
        EXPECTED,
        "`wrong/belief-a.foo` is not known here",
    ),
    (
        EXPECTED,
        '["check-1"]',
        "[" + ", ".join(f'"check-{n}"' for n in (1, *range(6, 12))) + "]",
        EXPECTED,
        "fails 7 of 12 checks; half are to pass",
    ),
    (EXPECTED, '["wrong/belief-a"]', '["wrong/belief-x"]', EXPECTED, '["wrong/belief-x"] has no folder'),
    (EXPECTED, '["wrong/belief-a"]', '["wrnog/belief-a"]', EXPECTED, "`wrnog/belief-a` is not known here"),
]


@pytest.mark.parametrize(
    ("path", "old", "new", "where", "message"),
    CHANGES,
    ids=[f"{number}-{change_[4]}" for number, change_ in enumerate(CHANGES)],
)
def test_a_changed_line_is_found(root: Path, path: str, old: str, new: str, where: str, message: str) -> None:
    change(root, path, old, new)
    assert any(found.startswith(where) and message in found for found in findings(root)), findings(root)


def test_a_function_within_one_returns_what_it_likes(root: Path) -> None:
    change(
        root, EVIDENCE, "return 1, 1", "view = lambda: True\n\n    def hook():\n        return True\n\n    return 1, 1"
    )
    assert findings(root) == []


def remove(path: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        target = root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return act


def add(path: str, text: str = "x = 1\n") -> Callable[[Path], None]:
    return lambda root: write(root, path, text) and None


def copy(source: str, target: str) -> Callable[[Path], None]:
    return lambda root: shutil.copytree(root / source, root / target) and None


def link(path: str, target: str) -> Callable[[Path], None]:
    return lambda root: (root / path).symlink_to(root / target)


def bare_question(root: Path) -> None:
    change(root, QUESTION, REFERENCES, "")
    change(root, EVIDENCE, "def wrong_e():\n    return 1, 6\n", "")


def five_options(root: Path) -> None:
    text = (root / QUESTION).read_text()
    write(root, QUESTION, text[: text.rindex("[[options]]")])


def foreign_misconception(root: Path) -> None:
    (root / f"{REFERENCE}/wrong/belief-a").rename(root / f"{REFERENCE}/wrong/belief-x")
    change(root, EXPECTED, '["wrong/belief-a"]', '["wrong/belief-x"]')


def empty_evidence(root: Path) -> None:
    write(root, EVIDENCE, '"""Nothing is decided."""\n')


DEEDS = [
    (remove(f"{TASK}/public/starter/log.py"), f"{TASK}/public/starter", "has no module for the entry"),
    (remove(f"{TASK}/public/tests/test_public.py"), f"{TASK}/public/tests", "holds no test_*.py"),
    (remove(f"{TASK}/hidden"), f"{TASK}/hidden/tests", "holds no test_*.py"),
    (remove(f"{REFERENCE}/explanation.md"), f"{REFERENCE}/explanation.md", "is missing"),
    (remove(EXPECTED), EXPECTED, "is missing"),
    (remove(REFERENCE), f"{REFERENCE}/solution", "has no module"),
    (remove(f"{REFERENCE}/solution"), f"{REFERENCE}/solution", "has no module"),
    (remove(f"{REFERENCE}/equivalents/with-class"), f"{REFERENCE}/equivalents", "holds 1 solutions; 2 are needed"),
    (remove(f"{REFERENCE}/wrong/belief-a"), f"{REFERENCE}/wrong", "holds 4 solutions; 5 are needed"),
    (remove("challenges/contexts/questions/question-6"), TOPIC, "has 5 published questions; 6 are needed"),
    (remove("challenges/contexts/questions/question-6"), TOPIC, "the concept 'stack' has no practice question"),
    (add(f"{REFERENCE}/wrong/belief-a.lazily/log.py"), EXPECTED, 'has no table ["wrong/belief-a.lazily"]'),
    (add(f"{REFERENCE}/heldout/belief-z/log.py"), f"{REFERENCE}/heldout/belief-z", "is named after no misconception"),
    (add(f"{REFERENCE}/heldout/unknown.x/other.py"), f"{REFERENCE}/heldout/unknown.x", "has no module for the entry"),
    (add(f"{REFERENCE}/sulution/log.py"), f"{REFERENCE}/sulution", "is not read by anything"),
    (add("reference/contexts/other/expected.toml"), "reference/contexts/other", "belongs to no task"),
    (add("challenges/contexts/task/x/task.toml"), "challenges/contexts/task", "is not read by anything"),
    (add(f"{TASK}/public/notes.md"), f"{TASK}/public/notes.md", "goes into no kit"),
    (add(f"{TASK}/public/starter/solution/a.py"), f"{TASK}/public/starter/solution/a.py", "for hidden things"),
    (add(f"{TASK}/public/starter/assay.toml"), f"{TASK}/public", "the kit makes assay.toml itself"),
    (add(f"{TASK}/public/starter/a.py", hidden_text()), f"{TASK}/public/starter/a.py", "is the same file"),
    (add(f"{TASK}/public/starter/b.py", "@pytest.mark.check()\n"), f"{TASK}/public/starter/b.py", "check marker"),
    (link(f"{TASK}/public/starter/c.py", HIDDEN), f"{TASK}/public", "is a link or a special file"),
    (link(f"{TASK}/hidden/tests/d.py", HIDDEN), f"{TASK}/hidden", "is a link or a special file"),
    (link(f"{REFERENCE}/solution/e.py", HIDDEN), REFERENCE, "is a link or a special file"),
    (five_options, QUESTION, "has 5 options; it needs 6"),
    (foreign_misconception, EXPECTED, "'belief-x' is no misconception of contexts"),
    (bare_question, QUESTION, "has no reference, and evidence.py has no function for: wrong-e"),
    (empty_evidence, EVIDENCE, "decides no option"),
    (add(HIDDEN, hidden_text(11)), f"{TASK}/hidden", "has 11 checks; 12 are needed"),
]


@pytest.mark.parametrize(
    ("deed", "where", "message"), DEEDS, ids=[f"{number}-{deed[2]}" for number, deed in enumerate(DEEDS)]
)
def test_a_file_too_few_or_too_many_is_found(
    root: Path, deed: Callable[[Path], None], where: str, message: str
) -> None:
    deed(root)
    assert any(found.startswith(where) and message in found for found in findings(root)), findings(root)


def test_each_half_of_a_pair_is_missed(root: Path) -> None:
    """What shows in both needs both; what says "question" needs no test, and the other way round."""
    extra = '[concepts.extra]\ndefinition = "D"\ninterview = "I?"\nshown_in = "{}"\n'
    extra += '[misconceptions.belief-x]\nbelief = "b"\nconcept = "extra"\nshown_in = "{}"\n'
    asked = ["the concept 'extra' has no practice question", "'belief-x' is no option of a practice question"]
    coded = ["the concept 'extra' has no hidden test", "'belief-x' has no wrong solution"]
    for shown_in, expected in (("question", asked), ("code", coded), ("both", asked + coded)):
        write(root, TOPIC, topic_text() + extra.format(shown_in, shown_in))
        found = findings(root)
        assert len(found) == len(expected)
        assert all(any(message in line for line in found) for message in expected)


def test_an_exam_question_is_no_practice(root: Path) -> None:
    change(root, QUESTION, 'pool = "practice"', 'pool = "exam"')
    assert any("the concept 'testing' has no practice question" in found for found in findings(root))


def test_lengths_that_give_an_option_away_are_warnings(root: Path) -> None:
    change(root, QUESTION, "What right says", "What right says, " + "with every detail that one could think of, " * 3)
    found = check_library(load_library([root]))
    assert [finding.severity for finding in found] == [Severity.WARNING] * 2
    assert "the option 'right' has" in found[1].message or "the option 'right' has" in found[0].message
    assert any("longest by far" in finding.message for finding in found)


def test_helpers_and_constants_in_evidence_are_fine(root: Path) -> None:
    text = "def page(lazy=1):\n    return lazy\n\n\n" + evidence_text().replace("return 1, 1", "return page(), 1")
    write(root, EVIDENCE, text)
    assert findings(root) == []


def test_a_function_may_return_what_a_helper_made(root: Path) -> None:
    write(
        root, EVIDENCE, "def pair():\n    return 1, 1\n\n\n" + evidence_text().replace("return 1, 1", "return pair()")
    )
    assert findings(root) == []


def test_evidence_is_never_run(root: Path) -> None:
    write(root, EVIDENCE, evidence_text() + f"\nopen({str(root / 'ran')!r}, 'w')\n")
    write(root, HIDDEN, hidden_text() + f"\nopen({str(root / 'ran')!r}, 'w')\n")
    assert findings(root) == []
    assert not (root / "ran").exists()


def test_drafts_need_no_numbers(root: Path) -> None:
    write(root, TOPIC, topic_text(status="draft"))
    write(root, f"{TASK}/task.toml", task_text(status="draft"))
    write(root, HIDDEN, hidden_text(5))
    change(root, EXPECTED, '"check-12"', '"check-5"')
    shutil.rmtree(root / "challenges/contexts/questions/question-6")
    shutil.rmtree(root / REFERENCE / "equivalents")
    found = findings(root)
    assert all("passes" in line or "half are to pass" in line for line in found), found


def test_a_multi_question_has_some_right_and_some_wrong(root: Path) -> None:
    text = question_text(("lifetime", "binding", "testing")).replace('kind = "single"', 'kind = "multi"')
    write(root, QUESTION, text.replace('misconception = "belief-b"', "correct = true"))
    assert findings(root) == []
    write(root, QUESTION, text.replace("correct = true", ""))
    assert any("has 0 right options of 6" in found for found in findings(root))


def test_variants_of_one_misconception_may_look_alike(root: Path) -> None:
    copy(f"{REFERENCE}/wrong/belief-a", f"{REFERENCE}/wrong/belief-a.lazily")(root)
    write(root, EXPECTED, (root / EXPECTED).read_text() + '\n["wrong/belief-a.lazily"]\nmust_fail = ["check-1"]\n')
    assert findings(root) == []


def test_symptoms_tell_misconceptions_apart(root: Path) -> None:
    change(root, HIDDEN, 'assert client.get("/1")', 'assert client.get("/1"), symptom("a")\n    assert 1, symptom("b")')
    change(root, EXPECTED, '["check-1"]', '["check-1/a"]')
    change(root, EXPECTED, '["check-2"]', '["check-1/b"]')
    assert findings(root) == []


def test_a_pattern_inside_another_s_allowance_is_refused(root: Path) -> None:
    """A submission that fails check-1 and check-2 would fit both, and its report would name neither."""
    change(root, EXPECTED, '["check-1"]', '["check-1"]\nmay_fail = ["check-2"]')
    change(root, EXPECTED, 'must_fail = ["check-2"]', 'must_fail = ["check-1", "check-2"]')
    assert any("nothing tells" in found for found in findings(root))


def test_only_the_named_topics_are_reported(root: Path) -> None:
    make_root(root, topic="signals")
    change(root, "challenges/signals/topic.toml", 'concept = "lifetime"', 'concept = "nowhere"')
    change(root, TOPIC, 'concept = "lifetime"', 'concept = "nowhere"')
    found = check_library(load_library([root]), only=["signals"])
    assert {finding.where for finding in found} == {"challenges/signals/topic.toml"}


def test_a_missing_item_is_not_counted_against_what_it_would_have_shown(root: Path) -> None:
    """One fault, one finding: not also that a concept lost its question."""
    change(root, "challenges/contexts/questions/question-6/question.toml", 'level = "mid"', 'level = "high"')
    assert len(findings(root)) == 1
