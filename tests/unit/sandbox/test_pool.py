"""The store of started boxes."""

import pytest

from sandbox.errors import SandboxError
from sandbox.fake import FakeRunner
from sandbox.pool import Pool


@pytest.fixture
def runner():
    return FakeRunner()


def pool_of(runner, spare):
    return Pool(runner, spare)


def test_a_warm_pool_gives_a_box_that_was_started_before(runner):
    pool = pool_of(runner, 1)
    pool.warm(("flask",))
    assert len(runner.started) == 1
    box = pool.acquire(("flask",))
    assert box.alive
    pool.close()
    box.close()


def test_each_box_is_given_once(runner):
    pool = pool_of(runner, 2)
    boxes = [pool.acquire(("flask",)) for _ in range(5)]
    assert len({id(box) for box in boxes}) == 5
    pool.close()


def test_a_start_does_not_get_into_the_way_of_a_box_in_use(runner):
    pool = pool_of(runner, 2)
    pool.warm(("flask",))
    box = pool.acquire(("flask",))
    assert len(runner.started) == 2
    box.close()
    pool.warm(("flask",))
    assert len(runner.started) == 3
    pool.close()


def test_an_empty_store_is_filled_at_once(runner):
    pool = pool_of(runner, 1)
    pool.warm(("flask",))
    pool.acquire(("flask",))
    pool.warm(("flask",))
    assert len(runner.started) == 2
    pool.close()


def test_without_spares_a_box_is_started_on_demand(runner):
    pool = pool_of(runner, 0)
    pool.acquire(("flask",))
    assert len(runner.started) == 1
    pool.close()


def test_a_box_that_died_in_store_is_not_given(runner):
    pool = pool_of(runner, 1)
    pool.warm(("flask",))
    runner.started[0].close()
    stored = pool._ready[next(iter(pool._ready))][0]
    stored._reader.join()
    assert pool.acquire(("flask",)).alive
    pool.close()


def test_boxes_of_another_kind_do_not_stand_in(runner):
    pool = pool_of(runner, 1)
    pool.warm(("flask",))
    pool.acquire(("flask", "celery"))
    assert len(runner.started) >= 2
    pool.close()


def test_another_kind_makes_the_oldest_leave_the_store(runner):
    pool = pool_of(runner, 1)
    for module in ("flask", "celery", "redis", "json"):
        pool.warm((module,))
    assert [transport.closed for transport in runner.started] == [True, False, False, False]
    pool.close()


def test_kinds_that_take_turns_do_not_push_each_other_out(runner):
    pool = pool_of(runner, 1)
    for _ in range(3):
        for module in ("flask", "celery", "redis"):
            pool.acquire((module,)).close()
            pool.warm((module,))
    assert len(runner.started) == 3 * 4  # one more of each than was used
    pool.close()


def test_closing_removes_what_is_in_store(runner):
    pool = pool_of(runner, 2)
    pool.warm(("flask",))
    pool.close()
    assert all(transport.closed for transport in runner.started)


def test_an_engine_that_fails_is_heard_of_by_who_asks():
    pool = pool_of(FakeRunner(failing=9), 0)
    with pytest.raises(SandboxError):
        pool.acquire(("flask",))
    pool.close()
