"""A platform in a file of its own: the shipped catalogue, an interviewer, a published assessment, an invitation."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import select

from harness.content.library import load_library
from harness.services.tokens import token_digest
from harness.store.base import db, open_database, writing
from harness.store.models import (
    Assessment,
    AssessmentItem,
    AssessmentState,
    FrozenItem,
    Invitation,
    Role,
    User,
)
from harness.worker.catalogue import take_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = "the-token-of-nora"
QUESTIONS = 4


def make_app(path: Path) -> Flask:
    app = Flask("platform")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
    open_database(app)
    return app


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped catalogue and one invitation, to be copied."""
    path = tmp_path_factory.mktemp("store") / "filled.db"
    fill_database(path)
    return path


def fill_database(path: Path) -> None:
    with make_app(path).app_context():
        db.create_all()
        take_in(load_library())
        with writing() as session:
            owner = User(email="ines@example.org", name="Ines", role=Role.INTERVIEWER)
            assessment = Assessment(owner=owner, title="Backend", state=AssessmentState.PUBLISHED, most_submissions=2)
            chosen = [
                *session.scalars(select(FrozenItem).where(FrozenItem.kind == "question").limit(QUESTIONS)),
                session.scalars(select(FrozenItem).where(FrozenItem.kind == "task")).first(),
            ]
            for position, item in enumerate(chosen):
                assessment.items.append(AssessmentItem(position=position, frozen=item))
            assessment.invitations.append(Invitation(name="Nora", token_digest=token_digest(TOKEN)))
            session.add(assessment)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def database(filled_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "assay.db"
    shutil.copy(filled_database, path)
    return path


@pytest.fixture
def app(database: Path) -> Iterator[Flask]:
    """The platform's app, in whose context the test runs."""
    app = make_app(database)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
