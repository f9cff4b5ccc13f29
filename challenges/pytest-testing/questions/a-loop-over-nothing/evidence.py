"""Which options are true: the file of the stem is run by pytest, as a whole and the second test alone."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

STEM = """
import pytest
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def create_app(address):
    db = SQLAlchemy()

    class Wallet(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner: Mapped[str]
        balance: Mapped[int] = mapped_column(default=-100)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = address
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.post("/wallets")
    def opened():
        db.session.add(Wallet(owner=request.json["owner"]))
        db.session.commit()
        return {}, 201

    @app.get("/wallets")
    def listed():
        found = db.session.scalars(select(Wallet))
        return jsonify(wallets=[{"owner": wallet.owner, "balance": wallet.balance} for wallet in found])

    return app


@pytest.fixture
def client(tmp_path):
    return create_app(f"sqlite:///{tmp_path}/wallets.db").test_client()


def test_a_wallet_is_opened(client):
    response = client.post("/wallets", json={"owner": "Ada"})
    assert response.status_code == 201


def test_no_wallet_is_in_debt(client):
    for wallet in client.get("/wallets").json["wallets"]:
        assert wallet["balance"] >= 0
"""


class Notes:
    def __init__(self):
        self.outcomes = {}

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            outcome = "error" if report.when != "call" and report.failed else report.outcome
            self.outcomes[report.nodeid.rpartition("::")[2]] = outcome


def second_test(alone=False):
    """How the second test is reported."""
    notes = Notes()
    name = "test_no_wallet_is_in_debt"
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        file = Path(folder, "test_stem.py")
        file.write_text(STEM)
        chosen = f"{file}::{name}" if alone else str(file)
        options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--import-mode=importlib"]
        pytest.main([*options, f"--basetemp={folder}/made", chosen], plugins=[notes])
    return notes.outcomes[name]


def fails():
    return second_test(), "failed"


def depends():
    return (second_test(alone=True), second_test()), ("passed", "failed")


def passes():
    return second_test(), "passed"


def no_assertion():
    return second_test(), "failed"


def skipped():
    return second_test(), "skipped"


def in_use():
    return second_test(), "error"
