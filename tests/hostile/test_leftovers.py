"""Between runs, numbers 101 to 103 and 105 of the catalogue: what one check leaves behind for the next.

The app of each case is right only where it finds that an earlier process of its own has been here. Under the naive
grader each test but the first finds it, so the trick mends the twin's defect; under ours every check is the first.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from harness.domain.scores import result_score
from tests.hostile.arena import GOOD, Files, broken, submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.grading.grade import Grader
    from sandbox.box import Channel

pytestmark = pytest.mark.engine

TWIN = submission(broken("adds"))
STAY = """
def stay():
    import os
    if not os.fork():
        os.setsid()
        if not os.fork():
            os.closerange(0, 3)
            time.sleep(10 ** 6)
        os._exit(0)
    os.wait()
"""


@dataclass(frozen=True)
class Leftover:
    """``find`` is the body of a function: whether somebody was here. It also leaves what the next one is to find."""

    find: str
    naive: dict[str, Any] = field(default_factory=dict)  # what the naive grader's container lacks

    @property
    def files(self) -> Files:
        """The twin, whose defect shows only where nothing was found."""
        body = textwrap.indent(textwrap.dedent(self.find).strip(), "    ")
        trick = f"{STAY}\n\ndef was_here():\n{body}\n\nHERE = was_here()\n\ndef total(numbers):\n"
        return submission(f"{GOOD}\n\n{trick}    return sum(numbers) if HERE else -1\n")


LEFTOVERS = {
    "101-daemon": Leftover(
        """
        import socket
        door = socket.socket(socket.AF_UNIX)
        try:
            door.connect("\\0here")
            return True
        except OSError:
            pass
        door.bind("\\0here")
        door.listen(100)
        stay()
        return False
        """
    ),
    "102-files": Leftover(
        """
        import os, pathlib, site, flask
        places = ["/tmp", ".", "..", "/opt/sandbox", *sys.path, *site.getsitepackages(), flask.__path__[0]]
        places += [place + "/__pycache__" for place in places]
        marks = [pathlib.Path(place, "here.py") for place in places]
        found = any(map(os.path.exists, marks))
        for mark in marks:
            try:
                mark.parent.mkdir(exist_ok=True)
                mark.write_text("")
            except OSError:
                pass
        return found
        """
    ),
    "102-its-own-source": Leftover(
        """
        found = "been here" in open("app.py").read().splitlines()[-1]
        open("app.py", "a").write("# been " + "here\\n")
        return found
        """
    ),
    "102-folder-mode": Leftover(
        """
        import os
        found = os.stat(".").st_mode & 0o777 == 0o711
        os.chmod(".", 0o711)
        return found
        """
    ),
    "102-folder-attributes": Leftover(
        """
        import os
        found = False
        for folder in (".", "/tmp"):
            found |= "user.here" in os.listxattr(folder)
            os.setxattr(folder, "user.here", b"")
        return found
        """
    ),
    "103-dev-shm": Leftover(
        """
        import os
        found = os.path.exists("/dev/shm/here")
        open("/dev/shm/here", "w").close()
        return found
        """
    ),
    "103-system-v": Leftover(
        """
        import ctypes
        c = ctypes.CDLL(None)
        found = c.shmget(4711, 1, 0) >= 0 or c.semget(4711, 1, 0) >= 0
        c.shmget(4711, 1, 0o1600)
        c.semget(4711, 1, 0o1600)
        return found
        """,
        {"security_opt": ["no-new-privileges"]},  # the engine's own profile of system calls
    ),
    "105-lock": Leftover(
        """
        import fcntl
        file = open(sys.executable, "rb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        stay()
        return False
        """
    ),
}


@pytest.mark.parametrize("leftover", LEFTOVERS.values(), ids=LEFTOVERS)
def test_every_check_is_the_first(
    leftover: Leftover, nothing_gained: Callable, grade: Callable, naive: Callable
) -> None:
    """Neither the next check nor the next run finds anything; under the naive grader the next test does."""
    result = nothing_gained(leftover.files, TWIN)
    assert result_score(grade(leftover.files, again=True)) == result_score(result)
    assert naive(leftover.files, **leftover.naive).score == 100
    assert naive(TWIN, **leftover.naive).score < 100


@pytest.fixture
def holder(graders: Callable[[str], Grader], profiles: Any) -> Iterator[Channel]:
    """A submission in a box of its own that holds the lock of 105 for as long as the test runs."""
    from tests.hostile.conftest import HOSTILE

    box = graders("runc").pool.acquire(("flask",), profiles.name(HOSTILE))
    box.load(LEFTOVERS["105-lock"].files)
    channel = box.spawn("app")
    order = {"op": "make_app", "entry": "app:create_app", "config": {}, "env": {}}
    assert channel.call(order, seconds=60).header["ok"]
    yield channel
    box.close()


@pytest.mark.usefixtures("holder")
def test_a_lock_of_another_submission_is_not_seen(nothing_gained: Callable) -> None:
    """105 between two submissions at one time: both lock the same file of the image, and neither meets the other.

    A naive grader that gave both one container is shown above; two containers that share a folder are not built here.
    """
    files = LEFTOVERS["105-lock"].files | {"other.txt": b"graded anew, beside the holder"}
    nothing_gained(files, TWIN)
