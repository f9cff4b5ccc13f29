"""What the agent does before a submission arrives, so that no program has to do it again."""

import logging
import sys

from sandbox.inside import warmup


def test_what_is_known_is_used_and_what_is_not_is_left_alone():
    assert warmup.warm_up(["flask", "flask_sqlalchemy", "json"]) == []


def test_a_trouble_is_told_and_stops_nothing(monkeypatch):
    monkeypatch.setitem(warmup.USES, "flask", lambda: 1 / 0)
    assert warmup.warm_up(["flask", "flask_sqlalchemy"]) == ["flask: division by zero"]


def test_nothing_stays_that_an_app_could_see(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    warmup.warm_up(["flask", "flask_sqlalchemy"])
    handlers, loggers, path = list(logging.root.handlers), set(logging.root.manager.loggerDict), list(sys.path)
    warmup.warm_up(["flask", "flask_sqlalchemy"])
    assert (list(logging.root.handlers), set(logging.root.manager.loggerDict), list(sys.path)) == (
        handlers,
        loggers,
        path,
    )
    assert not list(tmp_path.iterdir())
