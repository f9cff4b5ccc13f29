"""Which options are true: each line is run, then the page is asked for. The network is an exception here."""

import importlib
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

RATES = """
def fetch():
    raise ConnectionError("no network in a test")
"""

WALLET = """
from flask import Flask
from rates import fetch

app = Flask(__name__)
app.testing = True


@app.get("/rate")
def rate():
    return {"rate": fetch()}
"""

CLAIMED = {"rate": 2}


def page(patch):
    """What the page says after the patch, or the type of what is raised."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        Path(folder, "rates.py").write_text(RATES)
        Path(folder, "wallet.py").write_text(WALLET)
        monkeypatch.syspath_prepend(folder)
        rates, wallet = importlib.import_module("rates"), importlib.import_module("wallet")
        try:
            patch(monkeypatch, rates, wallet)
            return wallet.app.test_client().get("/rate").json
        except (ConnectionError, AttributeError) as error:
            return type(error)


def defined():
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setattr(rates, "fetch", lambda: 2)), CLAIMED


def module_swapped():
    fake = SimpleNamespace(fetch=lambda: 2)
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setitem(sys.modules, "rates", fake)), CLAIMED


def on_the_app():
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setattr(wallet.app, "fetch", lambda: 2)), CLAIMED


def view_function():
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setattr(wallet, "rate", lambda: {"rate": 2})), CLAIMED


def used():
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setattr(wallet, "fetch", lambda: 2)), CLAIMED


def config():
    return page(lambda monkeypatch, rates, wallet: monkeypatch.setitem(wallet.app.config, "fetch", lambda: 2)), CLAIMED
