"""The library through its front: what loads, what is said of what doesn't, and that one fault hides nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from harness.content import load_library
from harness.domain.content import Domain, Level, TaskKind
from harness.domain.errors import UsageError
from tests.unit.content.factory import change, make_root, write

if TYPE_CHECKING:
    from pathlib import Path

TASK = "challenges/contexts/tasks/request-log/task.toml"
QUESTION = "challenges/contexts/questions/question-1/question.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path / "root")


def messages(root: Path) -> list[str]:
    return [str(found) for found in load_library([root]).diagnostics]


def test_a_whole_root_loads_without_a_finding(root: Path) -> None:
    library = load_library([root])
    assert library.diagnostics == ()
    assert list(library.topics) == ["contexts"]
    assert len(library.questions) == 6
    task = library.tasks["contexts/request-log"]
    assert (task.kind, task.level, task.minutes, task.revision) == (TaskKind.BUILD, Level.MID, 30, 1)
    assert task.config == {"TESTING": True, "SECRET_KEY": "{secret}"}
    assert task.brief.startswith("# A request log")
    assert library.topics["contexts"].domain is Domain.FUNDAMENTALS
    assert [option.id for option in library.questions["contexts/question-1"].right] == ["right"]


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (TASK, "minutes = 30", 'minutes = "30"', "`minutes` must be a whole number, not text"),
        (TASK, "minutes = 30", "minutes = true", "`minutes` must be a whole number, not true or false"),
        (TASK, "minutes = 30", "minutes = 0", "`minutes` must be at least 1, not 0"),
        (TASK, "minutes = 30", "minuets = 30", "`minuets` is not known here"),
        (TASK, "minutes = 30", "", "`minutes` is missing: expected a whole number"),
        (TASK, 'level = "mid"', 'level = "guru"', "`level` must be one of junior, mid, senior, not 'guru'"),
        (TASK, '["flask"]', '["flask", 3]', "`preload` must be a list of texts"),
        (TASK, '["flask"]', '["flask", "flask"]', "`preload` names 'flask' twice"),
        (TASK, "TESTING = true", "TESTING = 2020-01-01", "`config.TESTING` must be text, a number"),
        (TASK, '"log:create_app"', '"log"', '`entry` must be "module:factory"'),
        (TASK, "[config]", "[config", "is not valid TOML"),
        (QUESTION, 'kind = "single"', 'kind = "one"', "`kind` must be one of single, multi"),
        (QUESTION, 'id = "wrong-a"', 'id = "Wrong A"', "`options[2].id` is no slug"),
        (QUESTION, "correct = true", 'correct = "yes"', "`options[1].correct` must be true or false, not text"),
        (QUESTION, "'''What happens?'''", "' '", "`stem` is empty"),
        ("challenges/contexts/topic.toml", "order = 1", "order = 1.5", "`order` must be a whole number"),
        (
            "challenges/contexts/topic.toml",
            'definition = "What lookup is."',
            'definition = "What lookup is."\nweight = 2',
            "`concepts.lookup.weight` is not known here",
        ),
    ],
)
def test_a_fault_names_file_and_key(root: Path, path: str, old: str, new: str, message: str) -> None:
    change(root, path, old, new)
    assert any(found.startswith(f"{path}: error: ") and message in found for found in messages(root))


def test_one_fault_hides_neither_the_others_nor_the_other_items(root: Path) -> None:
    change(root, TASK, "minutes = 30", "minutes = -1\nfoo = 1")
    change(root, QUESTION, 'level = "mid"', "level = 2")
    library = load_library([root])
    assert [found.where for found in library.diagnostics] == [QUESTION, TASK, TASK]
    assert "contexts/request-log" not in library.tasks
    assert "contexts/question-2" in library.questions
    assert "contexts" in library.topics


def test_a_missing_brief_or_manifest_is_one_finding(root: Path) -> None:
    (root / "challenges/contexts/tasks/request-log/public/brief.md").unlink()
    (root / "challenges/contexts/questions/empty").mkdir()
    assert messages(root) == [
        "challenges/contexts/questions/empty/question.toml: error: is missing",
        "challenges/contexts/tasks/request-log/public/brief.md: error: is missing",
    ]


def test_a_folder_that_is_no_slug_is_not_loaded(root: Path) -> None:
    shutil.copytree(root / "challenges/contexts/questions/question-1", root / "challenges/contexts/questions/Q_1")
    library = load_library([root])
    assert "contexts/Q_1" not in library.questions
    assert "no slug" in library.diagnostics[0].message


def test_loading_tasks_reads_no_question(root: Path) -> None:
    """``assay tasks`` must answer at once, however large the bank is."""
    library = load_library([root])
    assert library.tasks
    write(root, QUESTION, "broken after the tasks were read")
    assert "contexts/question-1" not in library.questions


def test_an_unknown_task_is_answered_with_close_names(root: Path) -> None:
    library = load_library([root])
    with pytest.raises(UsageError, match="Did you mean contexts/request-log"):
        library.task("contexts/request-lag")
    with pytest.raises(UsageError, match="Did you mean contexts/request-log"):
        library.task("request-lag")
    with pytest.raises(UsageError, match="assay tasks"):
        library.task("zzz")


def test_a_task_goes_by_its_slug_where_that_is_enough(root: Path) -> None:
    assert load_library([root]).task("request-log").id == "contexts/request-log"


def test_a_task_with_faults_says_so_instead_of_being_unknown(root: Path) -> None:
    change(root, TASK, "minutes = 30", "minutes = -1")
    with pytest.raises(UsageError, match="`minutes` must be at least 1"):
        load_library([root]).task("contexts/request-log")


def test_two_roots_are_one_library_and_the_first_wins(root: Path, tmp_path: Path) -> None:
    second = make_root(tmp_path / "second", topic="signals")
    change(second, "challenges/signals/tasks/request-log/task.toml", "minutes = 30", "minutes = 99")
    both = load_library([root, second])
    assert set(both.tasks) == {"contexts/request-log", "signals/request-log"}
    with pytest.raises(UsageError, match=r"one of: contexts/request-log, signals/request-log"):
        both.task("request-log")
    twice = load_library([root, make_root(tmp_path / "third")])
    assert len(twice.tasks) == 1
    assert "already in another content root" in str(twice.diagnostics[-1])


def test_a_folder_without_challenges_is_no_root(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--content"):
        load_library([tmp_path])
