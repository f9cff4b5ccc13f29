"""How often something may be asked for."""

import math
import time
from collections import defaultdict, deque
from threading import Lock

from werkzeug.exceptions import TooManyRequests

HOUR = 3600


class HourlyLimit:
    """Lets each account do something so many times within any hour; it counts in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._times: defaultdict[int, deque[float]] = defaultdict(deque)

    def use(self, account_id: int) -> None:
        """Counts one use, or refuses it with 429."""
        with self._lock:
            now = time.time()
            times = self._times[account_id]
            while times and times[0] + HOUR <= now:
                times.popleft()
            if len(times) >= self._most:
                wait = times[0] + HOUR - now if times else HOUR
                raise TooManyRequests(retry_after=min(max(math.ceil(wait), 1), HOUR))
            times.append(now)
