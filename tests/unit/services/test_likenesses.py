"""Submissions are compared once that is asked for: what is told to the comparer, what is kept, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from harness.domain.packs import unpack
from harness.services import attempts, handing_in, inviting, likenesses, privacy
from harness.services.errors import Refused, Why
from harness.services.inviting import Invitee
from harness.store.base import db, writing
from harness.store.columns import now
from harness.store.models import AlikePair, Attempt, AuditEntry, Comparison, ComparisonState, Invitation, Part


@pytest.fixture
def task(sitting):
    return sitting.task.digest


@pytest.fixture
def hand_in(sitting, owner):
    """Somebody is invited and hands in this text; gives the submission."""

    def by(name: str, *texts: str):
        invitation, _ = inviting.invite(sitting.assessment.id, [Invitee(name)], owner.id)[0]
        attempt = attempts.begin(invitation.id)
        attempts.start_part(attempt.id, Part.TASKS)
        made = [
            handing_in.hand_in(attempt.items[-1].id, f"click {number}", {"app.py": text.encode()})
            for number, text in enumerate(texts)
        ]
        return made[-1]

    return by


def outcome(*pairs: tuple[int, int]) -> dict[str, object]:
    side = {"path": "app.py", "first": 1, "last": 2}
    passages = [{"one": side, "other": side, "wording": 90, "others": 1}]
    shares = {"one_share": 81.5, "other_share": 70.0, "one_lines": 9, "other_lines": 12}
    made = [{"one": one, "other": other, **shares, "passages": passages} for one, other in pairs]
    return {"people": 3, "too_little": 1, "bars": [2, 0, 0, 0, 0, 0, 0, 0, 1, 0], "pairs": made, "left_out": 1}


def test_what_is_compared(sitting, task, hand_in, owner):
    sitting.set(most_submissions=3)
    sitting.hand_in("x = 1\n")
    first = hand_in("Ada", "a = 1\r\n", "a = 2\n", "a = 1\r\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    found = likenesses.material(likenesses.claim())
    assert [one["files"] for one in found.told["submitted"]] == [
        {"app.py": "x = 1\n"},
        {"app.py": "a = 1\n"},
        {"app.py": "a = 2\n"},
    ]
    assert len({one["person"] for one in found.told["submitted"]}) == 2
    assert found.last == first.id
    assert {"tests/conftest.py"} <= set(found.told["handed_out"])
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "likeness.compare"


def test_a_warm_up_and_runs_of_the_public_tests_are_not(sitting, task, hand_in, owner):
    hand_in("Ada", "a = 1\n")
    handing_in.run_public_tests(sitting.task.id, "run", {"app.py": b"b = 1\n"})
    with pytest.raises(Refused) as caught:
        likenesses.ask(sitting.assessment.id, task, owner.id)
    assert caught.value.why is Why.NOT_NOW
    with pytest.raises(Refused) as caught:
        likenesses.ask(sitting.assessment.id, sitting.questions[0].digest, owner.id)
    assert caught.value.why is Why.UNKNOWN


def test_what_came_of_it_takes_the_place_of_what_was_there(sitting, task, hand_in, owner):
    one, other, third = sitting.hand_in(), hand_in("Ada", "a = 1\n"), hand_in("Bo", "b = 1\n")
    for pairs in ([(one.id, other.id), (one.id, third.id)], [(other.id, third.id)]):
        likenesses.ask(sitting.assessment.id, task, owner.id)
        assert likenesses.shown(sitting.assessment, task).going_on
        held = likenesses.claim()
        assert likenesses.keep(held, outcome(*pairs), left_out=2, last=third.id)
        shown = likenesses.shown(sitting.assessment, task)
        assert [(pair.one_id, pair.other_id) for pair in shown.pairs] == pairs
        assert (shown.comparison.people, shown.comparison.left_out, shown.newer) == (3, 3, 0)
        assert not likenesses.keep(held, outcome(), left_out=0, last=0)
    hand_in("Cy", "c = 1\n")
    assert likenesses.shown(sitting.assessment, task).newer == 1


def test_who_asks_twice_is_told(sitting, task, hand_in, owner):
    sitting.hand_in()
    hand_in("Ada", "a = 1\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    with pytest.raises(Refused):
        likenesses.ask(sitting.assessment.id, task, owner.id)


def test_a_comparison_whose_worker_died_is_made_again_and_given_up_in_the_end(sitting, task, hand_in, owner):
    sitting.hand_in()
    hand_in("Ada", "a = 1\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    first = likenesses.claim()
    assert likenesses.claim() is None
    for _ in range(likenesses.MOST_TRIES - 1):
        with writing() as session:
            session.execute(update(Comparison).values(leased_until=now() - timedelta(seconds=1)))
        assert likenesses.claim() is not None
    assert not likenesses.keep(first, outcome(), left_out=0, last=0)
    with writing() as session:
        session.execute(update(Comparison).values(leased_until=now() - timedelta(seconds=1)))
    assert likenesses.claim() is None
    shown = likenesses.shown(sitting.assessment, task)
    assert (shown.comparison.state, shown.comparison.trouble) == (ComparisonState.FAILED, likenesses.GIVEN_UP)
    likenesses.ask(sitting.assessment.id, task, owner.id)
    assert likenesses.claim() is not None


def test_trouble_is_told_after_the_last_try(sitting, task, hand_in, owner):
    sitting.hand_in()
    hand_in("Ada", "a = 1\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    for left in (2, 1, 0):
        likenesses.give_back(likenesses.claim(), "it took too long")
        assert likenesses.shown(sitting.assessment, task).going_on is bool(left)


def test_an_erased_person_is_in_no_pair(sitting, task, hand_in, owner):
    one, other, third = sitting.hand_in(), hand_in("Ada", "a = 1\n"), hand_in("Bo", "b = 1\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    likenesses.keep(likenesses.claim(), outcome((one.id, other.id), (one.id, third.id)), left_out=0, last=third.id)
    likenesses.ask(sitting.assessment.id, task, owner.id)
    held, numbers = likenesses.claim(), (one.id, other.id, third.id)
    privacy.erase(db.session.scalars(select(Invitation).where(Invitation.name == "Ada")).one())
    assert db.session.scalars(select(AlikePair.other_id)).all() == [numbers[2]]
    likenesses.keep(held, outcome(numbers[:2], numbers[1:], (numbers[0], numbers[2])), left_out=0, last=numbers[2])
    assert db.session.scalars(select(AlikePair.other_id)).all() == [numbers[2]]


def test_a_person_is_told_of_likeness_and_not_to_whom(sitting, task, hand_in, owner):
    one, other = sitting.hand_in(), hand_in("Ada", "a = 1\n")
    likenesses.ask(sitting.assessment.id, task, owner.id)
    likenesses.keep(likenesses.claim(), outcome((one.id, other.id)), left_out=0, last=other.id)
    told = unpack(privacy.export(sitting.attempt.invitation))["person.json"].decode()
    assert '"share": 81.5' in told
    assert "Ada" not in told
    assert other.ref not in told


def test_files_that_are_no_code_are_left_out():
    files = {
        "app.py": b"x = 1\n",
        "a.db": b"\x00",
        "lib.min.js": b"x" * 10,
        "bad.py": b"\xff",
        "long.py": b"x" * (likenesses.MOST_CHARACTERS + 1),
        "README.md": b"# Read",
    }
    assert likenesses.texts(files) == ({"app.py": "x = 1\n"}, 2)


def test_the_number_of_queries_does_not_grow(sitting, task, hand_in, owner):
    def queries() -> int:
        seen: list[str] = []
        db.session.expire_all()
        event.listen(db.engine, "before_cursor_execute", note := lambda *rest: seen.append(rest[2]))
        shown = likenesses.shown(sitting.assessment, task)
        assert all(one.one.item.attempt.invitation.name for one in shown.pairs)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    made = [sitting.hand_in(), hand_in("Ada", "a = 1\n")]
    counts = []
    for name in ("Bo", "Cy"):
        likenesses.ask(sitting.assessment.id, task, owner.id)
        pairs = [(one.id, made[-1].id) for one in made[:-1]]
        likenesses.keep(likenesses.claim(), outcome(*pairs), left_out=0, last=made[-1].id)
        counts.append(queries())
        made.append(hand_in(name, f"x = '{name}'\n"))
    assert counts[0] == counts[1]
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 4
