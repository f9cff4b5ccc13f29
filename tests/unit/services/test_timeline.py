"""The timeline: every step in words, and each part from its start to its end."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from harness.services import attempts, handing_in, timeline
from harness.store.columns import now
from harness.store.models import Part


def test_every_step_stands_in_words(sitting):
    first = sitting.questions[0]
    attempts.answer(first.id, [first.shown[1]], False, 1)
    attempts.answer(first.id, [first.shown[1]], True, 2)
    attempts.answer(first.id, [], True, 3)
    start = now()
    for version in range(3):
        with time_machine.travel(start + timedelta(minutes=version)):
            handing_in.save_draft(sitting.task.id, {"app.py": "x = 1\n" * version}, version)
    with time_machine.travel(start + timedelta(minutes=5)):
        handing_in.run_public_tests(sitting.task.id, "run", {"app.py": b""})
        sitting.hand_in("another")
        sitting.end()
    said = timeline.moments(sitting.attempt, timeline.events_of(sitting.attempt))
    assert [one.times for one in said if one.times > 1] == [3], "what was the same in a row is told once"
    assert [one.text for one in said] == [
        "started the questions",
        "started the tasks",
        "answered question 1 with B",
        "flagged question 1",
        "took back the answer to question 1",
        "wrote in task 1",
        "ran the public tests of task 1",
        "handed in task 1",
        "ended the questions",
        "handed in task 1",  # the draft, which is another
        "ended the tasks",
    ]


def test_each_part_runs_from_its_start_to_its_end(sitting):
    start = now()
    with time_machine.travel(start + timedelta(minutes=15)):
        sitting.answer(True)
    with time_machine.travel(start + timedelta(minutes=30)):
        attempts.end_part(sitting.attempt.id, Part.QUESTIONS)
    with time_machine.travel(start + timedelta(minutes=70)):
        attempts.end_overdue()
        first, second = timeline.stretches(sitting.attempt, timeline.events_of(sitting.attempt))
    assert (first.part, first.over, first.allowed) == (Part.QUESTIONS, True, 45)
    assert first.used in {30, 31}
    ((mark,),) = [lane.marks for lane in first.lanes]
    assert 49 < mark < 51
    assert (second.part, second.used, second.allowed, second.lanes) == (Part.TASKS, 60, 60, ())


def test_a_part_that_runs_goes_up_to_now(sitting):
    with time_machine.travel(now() + timedelta(minutes=10)):
        first, _ = timeline.stretches(sitting.attempt, timeline.events_of(sitting.attempt))
    assert not first.over
    assert first.used in {10, 11}
