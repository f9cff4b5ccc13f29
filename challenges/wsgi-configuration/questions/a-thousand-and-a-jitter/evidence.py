"""The limits that workers draw: pairs of (some below 1000, some above 1000, some above 1200, workers differ)."""

from gunicorn.config import Config
from gunicorn.workers.sync import SyncWorker


def limits():
    cfg = Config()
    cfg.set("max_requests", 1000)
    cfg.set("max_requests_jitter", 200)
    drawn = []
    for age in range(80):
        worker = SyncWorker(age, 1, [], None, 15, cfg, None)
        worker.tmp.close()
        drawn.append(worker.max_requests)
    return min(drawn) < 1000, max(drawn) > 1000, max(drawn) > 1200, len(set(drawn)) > 1


def both_ways():
    return limits(), (True, True, False, True)


def below():
    return limits(), (True, False, False, True)


def all_alike():
    return limits(), (False, True, False, False)


def above():
    return limits(), (False, True, False, True)


def pause():
    return limits(), (False, False, False, False)


def shared():
    return limits(), (False, False, False, False)
