"""Whether both routes answer with each change: pairs of [status of /plain, status of /waiting]."""

import asyncio
import logging
import time
import warnings
from functools import wraps

from flask import Flask, make_response

BOTH = [200, 200]


def statuses(call, async_wrapper=False):
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    app = Flask(__name__)

    def timed(view):
        if async_wrapper:

            @wraps(view)
            async def wrapper(**values):
                start = time.perf_counter()
                result = await view(**values)
                app.logger.info("%.3f s", time.perf_counter() - start)
                return result

        else:

            @wraps(view)
            def wrapper(**values):
                start = time.perf_counter()
                result = call(app, view, values)
                app.logger.info("%.3f s", time.perf_counter() - start)
                return result

        return wrapper

    @app.get("/plain")
    @timed
    def plain():
        return "plain"

    @app.get("/waiting")
    @timed
    async def waiting():
        await asyncio.sleep(0.01)
        return "waiting"

    return [app.test_client().get(path).status_code for path in ("/plain", "/waiting")]


def ensure_sync():
    return statuses(lambda app, view, values: app.ensure_sync(view)(**values)), BOTH


def ensure_too_late():
    return statuses(lambda app, view, values: app.ensure_sync(view(**values))), BOTH


def async_wrapper():
    return statuses(None, async_wrapper=True), BOTH


def asyncio_run():
    return statuses(lambda app, view, values: asyncio.run(view(**values))), BOTH


def make_a_response():
    return statuses(lambda app, view, values: make_response(view(**values))), BOTH


def async_to_sync():
    return statuses(lambda app, view, values: app.async_to_sync(view)(**values)), BOTH
