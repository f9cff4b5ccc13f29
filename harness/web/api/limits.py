"""How often a program may ask: by its token, and by its address as long as no token of it works."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from harness.web.security import limiter

if TYPE_CHECKING:
    from limits import RateLimitItem

ASKING = RateLimitItemPerMinute(300)  # requests of one token
HANDING_IN = RateLimitItemPerMinute(30)  # submissions of one token
GUESSING = RateLimitItemPerMinute(20)  # tokens of one address that do not work


def spend(limit: RateLimitItem, *key: str) -> None:
    """Counts one more. Ends the request with 429 where that is one too many."""
    if limiter.enabled and not limiter.limiter.hit(limit, *key):
        refuse(limit, *key)


def need_few_guesses() -> None:
    """Ends the request with 429 for an address that has guessed too often, whatever it sends now."""
    key = ("api-guess", get_remote_address())
    if limiter.enabled and not limiter.limiter.test(GUESSING, *key):
        refuse(GUESSING, *key)


def guessed() -> None:
    """Counts a token that does not work."""
    if limiter.enabled:
        limiter.limiter.hit(GUESSING, "api-guess", get_remote_address())


def refuse(limit: RateLimitItem, *key: str) -> None:
    seconds = max(1, math.ceil(limiter.limiter.get_window_stats(limit, *key).reset_time - time.time()))
    raise TooManyRequests(
        f"That was too often: at most {limit.amount} within a minute. Go on in {seconds} seconds.", retry_after=seconds
    )
