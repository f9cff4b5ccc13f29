"""A task by its pages, with a worker and an engine: draft, public tests as they run, right and wrong, graded."""

from __future__ import annotations

import html
import io
import os
import re
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from harness.content.library import load_library
from harness.content.trees import read_tree
from harness.grading.station import station
from harness.services import results
from harness.store.base import db, writing
from harness.store.models import Assessment, AssessmentItem, Attempt, FrozenItem, Result
from harness.web import create_app
from harness.worker import queue, run
from harness.worker.exams import Exams
from harness.worker.run import Worker
from tests.unit.intake.archives import zip_bytes
from tests.unit.platform_fixtures import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

pytestmark = pytest.mark.engine

TASK = "application-factory/library-factory"
REFERENCE = load_library().roots[0] / "reference" / TASK


@pytest.fixture
def site(database) -> Iterator[Flask]:
    """The platform, with an assessment of one task."""
    app = create_app(
        {
            "SECRET_KEY": "k" * 40,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}",
            "SESSION_COOKIE_SECURE": False,
            "RATELIMIT_ENABLED": False,
            "WTF_CSRF_ENABLED": False,
            "TESTING": True,
        }
    )
    with app.app_context(), writing() as session:
        assessment = session.scalars(select(Assessment)).one()
        frozen = session.scalars(select(FrozenItem).where(FrozenItem.kind == "task", FrozenItem.item == TASK)).one()
        assessment.items.clear()
        session.flush()
        assessment.items.append(AssessmentItem(position=0, frozen=frozen))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def worker(site) -> Iterator[Worker]:
    with station(spare=os.cpu_count() or 1) as grader, Exams() as exams:
        yield Worker(site, grader, exams)


@pytest.fixture
def client(site) -> FlaskClient:
    """Nora, who has just begun."""
    client = site.test_client()
    client.get(f"/assessment/open/{TOKEN}")
    client.task = client.post("/assessment/tasks/start").location
    return client


def write(client: FlaskClient, folder: str, do: str, version: int) -> int:
    """Has the editor send a solution; gives the draft's new version."""
    files = {path: data.decode() for path, data in read_tree(REFERENCE / folder).items()}
    form = {
        "path": list(files),
        "content": list(files.values()),
        "do": do,
        "version": version,
        "key": f"{do}{version}{folder}",
    }
    reply = client.post(client.task, data=form, headers={"X-Assay-Save": "1"})
    assert reply.status_code == 200, reply.json
    return int(reply.json["version"])


def shown(client: FlaskClient, part: str) -> str:
    return html.unescape(client.get(f"{client.task}/{part}").text)


def test_from_a_draft_to_a_grade(site, worker, client, monkeypatch):
    pages: list[str] = []
    keep, trial, looked = queue.keep, run.try_public_tests, threading.Event()

    def keep_and_look(held: queue.Claim, lines: list[str]) -> bool:
        kept = keep(held, lines)
        pages.append(shown(client, "run"))
        looked.set()
        return kept

    def try_and_wait(pool, files, told):
        def tell(test):
            looked.clear()
            told(test)
            assert looked.wait(30), "nobody looked at what was told"

        return trial(pool, files, tell)

    monkeypatch.setattr(run, "SHOW_SECONDS", 0.01)
    monkeypatch.setattr(run, "try_public_tests", try_and_wait)
    monkeypatch.setattr(queue, "keep", keep_and_look)
    version = write(client, "wrong/cached-app", "run", 0)
    assert "Waiting" in shown(client, "run")
    assert worker.work_once()
    monkeypatch.setattr(queue, "keep", keep)
    counts = [int(re.search(r"Running: (\d+) test", page)[1]) for page in pages]
    assert counts
    assert counts == sorted(set(counts)), "each look had more than the one before"
    done = shown(client, "run")
    total = int(re.search(r"\d+ of (\d+) passed", done)[1])
    assert 0 < counts[0] <= total
    assert "hx-get" not in done

    version = write(client, "wrong/cached-app", "hand-in", version)
    version = write(client, "solution", "hand-in", version)
    assert shown(client, "submissions").count("waiting") == 2
    assert worker.work_once()
    assert worker.work_once()
    assert shown(client, "submissions").count(">graded<") == 2
    with site.app_context():
        scores = db.session.scalars(select(Result.score).order_by(Result.id)).all()
        assert 0 < scores[0] < scores[1] == 100.0
        assert results.standing(db.session.scalars(select(Attempt)).one()).do == 100.0
    assert "100" not in re.sub(r"<code>.*?</code>|<time.*?</time>", "", shown(client, "submissions")), "no score yet"


def test_an_uploaded_project_is_graded_as_one_that_was_typed(site, worker, client):
    packed = zip_bytes({f"project/{path}": data for path, data in read_tree(REFERENCE / "wrong/cached-app").items()})
    client.post(f"{client.task}/upload", data={"archive": (io.BytesIO(packed), "p.zip"), "do": "hand-in", "key": "u"})
    write(client, "wrong/cached-app", "hand-in", 0)
    assert worker.work_once()
    assert not worker.work_once(), "the very same files are one submission"
    with site.app_context():
        result = db.session.scalars(select(Result)).one()
        assert '"misconception": "cached-app"' in result.content
