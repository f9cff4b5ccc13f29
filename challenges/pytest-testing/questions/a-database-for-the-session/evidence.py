"""Which options are true: the two tests of the stem are run by pytest in both orders, with each change."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

STEM = """
import pytest
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Wallet(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]


def create_app(config):
    app = Flask(__name__)
    app.config.update(config)
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.get("/wallets")
    def listed():
        return [wallet.owner for wallet in db.session.scalars(select(Wallet))]

    @app.post("/wallets")
    def opened():
        db.session.add(Wallet(owner=request.json["owner"]))
        db.session.commit()
        return {}, 201

    return app


def owners(client):
    return client.get("/wallets").json


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "wallets.db"
    return create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})


@pytest.fixture
def client(app):
    return app.test_client()


def test_ada(client):
    client.post("/wallets", json={"owner": "Ada"})
    assert owners(client) == ["Ada"]


def test_bob(client):
    client.post("/wallets", json={"owner": "Bob"})
    assert owners(client) == ["Bob"]
"""

CLAIMED = {"ada, bob": ["passed", "passed"], "bob, ada": ["passed", "passed"]}


class Notes:
    def __init__(self):
        self.outcomes = []

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.outcomes.append(report.outcome)


def both_orders(old="", new=""):
    """How the two tests come out in both orders, with one change of the stem."""
    assert old in STEM
    found = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        for order in CLAIMED:
            notes = Notes()
            file = Path(folder, f"test_{order.replace(', ', '_')}.py")
            file.write_text(STEM.replace(old, new, 1) if old else STEM)
            tests = [f"{file}::test_{name}" for name in order.split(", ")]
            base = f"--basetemp={folder}/{file.stem}"
            pytest.main(["-q", "-p", "no:cacheprovider", "-c", os.devnull, base, *tests], plugins=[notes])
            found[order] = notes.outcomes
    return found


def module():
    return both_orders('scope="session"', 'scope="module"'), CLAIMED


def rollback():
    return both_orders(
        "    return app.test_client()",
        "    yield app.test_client()\n    with app.app_context():\n        db.session.rollback()",
    ), CLAIMED


def memory():
    return both_orders('f"sqlite:///{path}"', '"sqlite:///:memory:"'), CLAIMED


def fresh_client():
    return both_orders("app.test_client()", "app.test_client(use_cookies=False)"), CLAIMED


def autouse():
    return both_orders("@pytest.fixture\ndef client", "@pytest.fixture(autouse=True)\ndef client"), CLAIMED


def function():
    return both_orders('(scope="session")', ""), CLAIMED
