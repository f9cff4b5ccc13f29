"""A lane works through a part of the checks: one examiner and one container at a time.

Checks know nothing of each other, so a submission can be judged in several lanes at once; the verdicts are the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.grading.session import Boxes, Session, Told

if TYPE_CHECKING:
    from harness.content.markers import Check
    from harness.domain.verdicts import Verdict
    from harness.grading.forkserver import Examination
    from harness.grading.surroundings import Surroundings
    from sandbox.limits import Limits

EXAMINER_START = 30.0  # seconds


def parts(checks: Sequence[Check], lanes: int) -> list[list[str]]:
    """The checks' ids dealt out to ``lanes`` lanes; neighbours, which cost alike, come to different lanes."""
    names = [check.id for check in checks]
    return [part for part in (names[lane::lanes] for lane in range(max(lanes, 1))) if part]


def one_at_a_time(told: Told) -> Told:
    """``told``, never called by two lanes at once."""
    lock = threading.Lock()

    def tell(verdict: Verdict) -> None:
        with lock:
            told(verdict)

    return tell


@dataclass(frozen=True, slots=True)
class Place:
    """Where a submission is judged: a box that holds it, replaced when it is used up, and what it meets there."""

    boxes: Boxes
    surroundings: Surroundings

    def close(self) -> None:
        self.surroundings.close()
        self.boxes.close()


class Lane:
    """Judges ``checks`` until each has a verdict, or time is up.

    The examiner collects its tests from the moment the lane is made, but serves nothing before ``run``.
    """

    def __init__(
        self,
        examine: Callable[[list[str]], Examination],
        place: Place,
        checks: list[str],
        session: tuple[Limits, tuple[Check, ...], float, Told],
    ) -> None:
        self._examine = examine
        self.place = place
        self.left = checks
        self._deadline = session[2]
        self._session = Session(place.boxes, place.surroundings, *session)
        self._examination = examine(checks)

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        return self._session.verdicts

    @property
    def fault(self) -> str:
        """Why there is nothing to judge by, and it is ours."""
        return self._session.fault

    def run(self, files: Mapping[str, bytes]) -> None:
        """Examines until nothing is left. An examiner that is lost is replaced, as long as that gets further.

        Raises GradingFault, SandboxError (ours).
        """
        while True:
            self._examination.greet(EXAMINER_START)
            done = self._session.serve(self._examination, files)
            before = len(self.left)
            self.left = [check for check in self.left if check not in self.verdicts]
            stuck = len(self.left) == before
            if done or self.fault or not self.left or stuck or time.monotonic() > self._deadline:
                return
            self._examination.close()
            self._examination = self._examine(self.left)

    def close(self) -> None:
        """Ends the examiner; the place is its maker's to close."""
        self._examination.close()


def side_by_side(work: Sequence[Callable[[], Any]]) -> None:
    """Does all of ``work`` at once; raises the first error when everything has ended."""
    errors: list[Exception] = []

    def attempt(one: Callable[[], Any]) -> None:
        try:
            one()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=attempt, args=(one,), name="lane") for one in work[1:]]
    for thread in threads:
        thread.start()
    attempt(work[0])
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
