"""Content goes into the store under its digest, hidden halves apart, and comes back byte for byte."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from harness.content.library import default_root, load_library
from harness.domain import canonical
from harness.domain.errors import ContentError
from harness.domain.packs import pack, unpack
from harness.grading.exam import Exam
from harness.store.base import db, writing
from harness.store.models import ContentRoot, FrozenItem, FrozenSecret, ItemKind, StoredTopic
from harness.worker.catalogue import root_names, take_in
from harness.worker.exams import Exams
from tests.unit.content.factory import change, make_root

TASK = "contexts/request-log"


@pytest.fixture
def items(app):
    return {(item.kind, item.item): item for item in db.session.scalars(select(FrozenItem).where(FrozenItem.current))}


def test_everything_that_is_published_is_offered(items):
    library = load_library()
    assert {item for kind, item in items if kind is ItemKind.QUESTION} == set(library.questions)
    assert {item for kind, item in items if kind is ItemKind.TASK} == set(library.tasks)


def test_a_question_is_shown_without_its_key(items):
    question = next(iter(load_library().questions.values()))
    item = items[ItemKind.QUESTION, question.id]
    shown = json.loads(item.content)
    assert {option["id"] for option in shown["options"]} == {option.id for option in question.options}
    assert not {"correct", "why", "misconception", "explanation"} & {*shown, *shown["options"][0]}
    kept = canonical.read_question(db.session.get_one(FrozenSecret, item.digest).content.decode())
    assert canonical.write(kept) == canonical.write(question)


def test_a_task_is_shown_without_its_hidden_half(items):
    for (kind, name), item in items.items():
        if kind is ItemKind.TASK:
            assert not [path for path in unpack(item.content) if "/hidden/" in path or path.startswith("reference/")], (
                name
            )


def test_a_task_comes_back_as_it_was(items):
    task = next(iter(load_library().tasks.values()))
    exam = Exam.of(task)
    with Exams() as exams:
        again = exams.get(items[ItemKind.TASK, task.id].digest)
        assert (again.digest, again.hidden.checks) == (exam.digest, exam.hidden.checks)
        assert again.reference.expectations == exam.reference.expectations


def test_a_topic_comes_back_as_it_was(app):
    topic = next(iter(load_library().topics.values()))
    stored = db.session.get_one(StoredTopic, topic.slug)
    assert canonical.write(canonical.read_topic(stored.content)) == canonical.write(topic)


def test_taking_in_the_same_changes_nothing(app):
    taken = take_in(load_library())
    assert (taken.added, taken.retired) == (0, 0)


def test_a_changed_item_is_another_and_the_old_one_stays(app, tmp_path):
    root = make_root(tmp_path)
    take_in(load_library([root]))
    old = db.session.scalars(select(FrozenItem).where(FrozenItem.item == TASK)).one()
    change(root, "challenges/contexts/tasks/request-log/task.toml", "minutes = 30", "minutes = 31")
    taken = take_in(load_library([root]))
    assert (taken.added, taken.retired) == (1, 1)
    versions = db.session.scalars(select(FrozenItem).where(FrozenItem.item == TASK)).all()
    assert {(item.digest == old.digest, item.current) for item in versions} == {(True, False), (False, True)}


def test_bytes_that_are_not_what_their_digest_says_are_refused(items):
    digest = next(item.digest for (kind, _), item in items.items() if kind is ItemKind.TASK)
    with writing() as session:
        secret = session.get_one(FrozenSecret, digest)
        secret.content = pack(unpack(secret.content) | {"challenges/planted.py": b""})
        hidden = next(path for path in unpack(secret.content) if path.endswith(".py") and "/hidden/tests/" in path)
        secret.content = pack(unpack(secret.content) | {hidden: unpack(secret.content)[hidden] + b"\n# planted"})
    with Exams() as exams, pytest.raises(ContentError, match="not what its digest says"):
        exams.get(digest)


def test_each_item_knows_the_content_that_it_stands_in(app, tmp_path):
    root = make_root(tmp_path / "acme", topic="private")
    take_in(load_library([default_root(), root]))
    known = {one.name: one for one in db.session.scalars(select(ContentRoot))}
    assert {(one.name, one.public, one.place) for one in known.values()} == {
        ("assay", True, str(default_root())),
        (root.name, False, str(root)),
    }
    mine = db.session.scalars(select(FrozenItem).where(FrozenItem.root == root.name)).all()
    assert "private/request-log" in {one.item for one in mine}
    assert not any(one.public for one in mine)
    take_in(load_library())
    assert [one.name for one in db.session.scalars(select(ContentRoot))] == ["assay"]


def test_roots_of_one_name_are_told_apart(tmp_path):
    roots = [make_root(tmp_path / part / "acme") for part in ("a", "b")]
    named = root_names(load_library([default_root(), *roots]))
    assert len(set(named.values())) == 3
    assert named[default_root()] == "assay"
