"""What a submission sent to Redis, read from the bytes that a relay saw."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.grading.resp import Commands, RedisError


def encoded(*parts):
    return b"".join([b"*%d\r\n" % len(parts), *(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)])


def test_commands_are_read_in_the_order_in_which_they_were_complete():
    slow, quick = encoded(b"set", b"a", b"1"), encoded(b"GET", b"b")
    chunks = [(1, slow[:9]), (2, quick), (1, slow[9:] + quick)]
    assert Commands.parse(chunks) == [["GET", "b"], ["SET", "a", "1"], ["GET", "b"]]


@given(st.lists(st.lists(st.binary(max_size=20), min_size=1, max_size=4), max_size=4), st.integers(1, 9))
def test_pieces_of_any_size_give_the_same_commands(commands, size):
    data = b"".join(encoded(*command) for command in commands)
    pieces = [(1, data[start : start + size]) for start in range(0, len(data), size)]
    assert Commands.parse(pieces) == Commands.parse([(1, data)])
    assert len(Commands.parse(pieces)) == len(commands)


@given(st.binary(max_size=200))
def test_what_is_no_command_is_left_out(data):
    assert isinstance(Commands.parse([(1, data)]), list)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [(b"+OK\r\n", b"OK"), (b":7\r\n", 7), (b"$-1\r\n", None), (b"*2\r\n$1\r\na\r\n:2\r\n", [b"a", 2])],
)
def test_an_answer_is_given_as_python_has_it(answer, meaning):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(answer)
        assert Commands.exchange(ours, ["GET", "a"]) == meaning
        assert theirs.recv(100) == encoded(b"GET", b"a")


def test_an_error_is_raised():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"-ERR unknown command\r\n")
        with pytest.raises(RedisError, match="unknown command"):
            Commands.exchange(ours, ["NONSENSE"])
