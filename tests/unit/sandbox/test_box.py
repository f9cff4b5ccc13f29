"""A box over a scripted agent: whatever a program does comes out as a status."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.errors import SandboxError
from sandbox.fake import Ended, FakeRunner, Frame, Printed, Raw
from sandbox.result import Answer, Source, Status
from sandbox.wire import FRAME_PREFIX, MAX_BODY, encode_frame

LONG = 5.0


def box_with(*replies, **more):
    runner = FakeRunner({"app": lambda order, files: lambda frame: replies}, **more)
    return runner.start()


def ask(box, seconds=LONG):
    return box.spawn("app").call({"op": "hello"}, seconds=seconds)


def test_an_answer_is_given_back_whole():
    answer = ask(box_with(Frame({"id": 1, "ok": True}, b"body")))
    assert (answer.status, answer.header, answer.body) == (Status.FINISHED, {"id": 1, "ok": True}, b"body")


@pytest.mark.parametrize(
    ("reply", "status", "source"),
    [
        (Ended(1), Status.CRASHED, Source.AGENT),
        (Ended(-11), Status.CRASHED, Source.AGENT),
        (Ended(-9, hits=("memory",)), Status.MEMORY, Source.AGENT),
        (Ended(-9, hits=("processes",)), Status.PROCESSES, Source.AGENT),
        (Ended(-9, why="output"), Status.OUTPUT, Source.AGENT),
        (Ended(-9, why="time"), Status.TIME, Source.AGENT),
        (Ended(-9, why="engine"), Status.CRASHED, Source.AGENT),
        (Ended(-9, why="finished"), Status.CRASHED, Source.AGENT),
        (Ended(-9, hits=("engine",)), Status.CRASHED, Source.AGENT),
        (Ended(-24), Status.TIME, Source.AGENT),
        (Ended(1, hits=("memory",)), Status.CRASHED, Source.AGENT),
        (Raw(b"\xff" * 64), Status.PROTOCOL, Source.HARNESS),
        (Raw(FRAME_PREFIX.pack(0, MAX_BODY + 1)), Status.PROTOCOL, Source.HARNESS),
        (Raw(encode_frame({"id": 7, "ok": True})), Status.PROTOCOL, Source.HARNESS),
        (Raw(encode_frame({"ok": True})), Status.PROTOCOL, Source.HARNESS),
    ],
    ids=str,
)
def test_every_way_to_end_has_its_status(reply, status, source):
    answer = ask(box_with(reply))
    assert (answer.status, answer.source) == (status, source)


def test_no_answer_in_time_is_the_status_time_and_stays_so():
    box = box_with()
    channel = box.spawn("app")
    assert channel.call({"op": "hello"}, seconds=0.01).status is Status.TIME
    assert channel.call({"op": "hello"}, seconds=LONG).status is Status.TIME


def test_more_frames_than_asked_for_end_the_process():
    many = b"".join(encode_frame({"id": number}) for number in range(2, 200))
    box = box_with(Raw(many))
    channel = box.spawn("app")
    assert channel.call({"op": "hello"}, seconds=LONG).status is Status.PROTOCOL


def test_an_early_second_answer_is_not_taken_for_the_next_one():
    twice = encode_frame({"id": 1, "ok": True}) + encode_frame({"id": 1, "ok": True})
    channel = box_with(Raw(twice)).spawn("app")
    assert channel.call({"op": "a"}, seconds=LONG).finished
    assert channel.call({"op": "b"}, seconds=LONG).status is Status.PROTOCOL


def test_a_container_that_is_gone_is_judged_by_the_engine():
    death = Answer(Status.MEMORY, source=Source.ENGINE)
    runner = FakeRunner({"app": lambda order, files: lambda frame: ()}, death=death)
    box = runner.start()
    channel = box.spawn("app")
    runner.started[0].close()
    assert channel.receive(LONG).status is Status.MEMORY
    assert not box.finish().clean
    assert not box.alive


def test_prints_are_kept_up_to_the_limit_and_the_rest_is_counted():
    box = box_with(Printed(b"x" * 100_000), Frame({"id": 1, "ok": True}))
    assert ask(box).finished
    aftermath = box.finish()
    assert len(aftermath.output) == box.limits.output_kept
    assert aftermath.output_dropped == 100_000 - box.limits.output_kept
    assert box.finish().output == b""


def test_what_the_agent_found_afterwards_is_passed_on():
    box = box_with(aftermath={"hits": ["disk", "nonsense"], "clean": False, "trouble": "busy"})
    aftermath = box.finish()
    assert (aftermath.hits, aftermath.status, aftermath.clean) == ((Status.DISK,), Status.DISK, False)


def test_a_start_that_fails_is_a_sandbox_error():
    with pytest.raises(SandboxError):
        FakeRunner(failing=1).start()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=6))
def test_fuzzed_replies_never_raise(pieces):
    answer = ask(box_with(*map(Raw, pieces), Ended(1)))
    assert answer.status in {Status.PROTOCOL, Status.CRASHED, Status.FINISHED}
