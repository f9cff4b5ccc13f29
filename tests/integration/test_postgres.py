"""The platform on a real PostgreSQL: migrations, the catalogue, somebody's way, the queue, a backup and back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from cli import main
from harness.content.library import load_library
from harness.domain.content import Pool
from harness.services import accounts, assessments, attempts, drafting, handing_in, inviting, privacy, results
from harness.services.inviting import Invitee
from harness.store import migrate
from harness.store.base import app_for, db
from harness.store.models import Answer, FrozenItem, Invitation, ItemKind, Part, Role
from harness.worker import queue
from harness.worker.catalogue import take_in
from tests.e2e.conftest import free_port
from tests.unit.worker.test_queue import RESULT

PLACES = Path("/usr/lib/postgresql")


def program(name: str) -> str:
    """Where a program of PostgreSQL's server is. Without one the test fails."""
    found = sorted(PLACES.glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    assert path, "PostgreSQL is needed: `make test` installs it where it may"
    return path


def as_somebody(*command: str) -> None:
    """Runs as a user that is not root, which PostgreSQL refuses to be."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("postgres"), free_port()
    if os.geteuid() == 0:
        for above in (folder, *folder.parents[:3]):
            above.chmod(0o755) if above != folder else shutil.chown(folder, "postgres")
    data = str(folder / "data")
    as_somebody(program("initdb"), "--auth=trust", "--username=assay", "--encoding=UTF8", "--locale=C", data)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    as_somebody(program("pg_ctl"), "--pgdata", data, "--wait", "--log", str(folder / "log"), "-o", options, "start")
    yield f"postgresql+psycopg://assay@127.0.0.1:{port}/postgres"
    as_somebody(program("pg_ctl"), "--pgdata", data, "--wait", "--mode=immediate", "stop")


@pytest.fixture
def store(url: str) -> Iterator[None]:
    with app_for(url).app_context():
        migrate.upgrade()
        yield
        db.session.remove()
        db.engine.dispose()


def test_the_platform_runs_on_it(url: str, store: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert migrate.differences() == []
    assert take_in(load_library()).added > 700
    owner = accounts.add_user("ines@example.org", "Ines", Role.INTERVIEWER)
    made = assessments.create(owner, "Backend")
    drafting.draw_questions(made.id, "fundamentals:mid=3", Pool.PRACTICE)
    task = db.session.scalars(select(FrozenItem).where(FrozenItem.kind == ItemKind.TASK)).first()
    assert task is not None
    drafting.set_tasks(made.id, [task.digest])
    assessments.publish(made.id, owner.id)
    ((invitation, token),) = inviting.invite(made.id, [Invitee("Nora")], owner.id)
    attempt = attempts.begin(attempts.find_invitation(token).id)
    for part in Part:
        attempts.start_part(attempt.id, part)
    for item in attempt.items:
        if item.part is Part.QUESTIONS:
            attempts.answer(item.id, [one.id for one in results.key_of(item).right], False, 1)
        else:
            handing_in.hand_in(item.id, "click", {"app.py": b"x = 1\n"})
    held = queue.claim("worker")
    assert held is not None
    assert queue.claim("another") is None
    assert queue.finish(held, replace(RESULT, run_id="run"))
    for part in Part:
        attempts.end_part(attempt.id, part)
    assert results.standing(attempt).know == 100.0

    monkeypatch.setenv("ASSAY_DATABASE_URL", url)
    told = CliRunner().invoke(main, ["backup", str(tmp_path / "copy"), "--data", str(tmp_path / "place")])
    assert told.exit_code == 0, told.output
    privacy.erase(privacy.find(invitation.ref))
    assert db.session.scalars(select(Answer)).all() == []
    db.session.remove()
    db.engine.dispose()
    told = CliRunner().invoke(main, ["restore", str(tmp_path / "copy"), "--yes", "--data", str(tmp_path / "place")])
    assert told.exit_code == 0, told.output
    assert len(db.session.scalars(select(Answer)).all()) == 3
    assert db.session.scalars(select(Invitation.name)).all() == ["Nora"]
