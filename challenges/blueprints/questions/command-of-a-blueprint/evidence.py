"""Whether the command line runs the command: pairs (observed, claimed)."""

import os
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from flask.cli import cli

ACCOUNTS = """
import click
from flask import Blueprint

accounts = Blueprint("people", __name__, url_prefix="/users")

@accounts.cli.command("create-admin")
@click.argument("name")
def create_admin(name):
    print(f"{name} is an admin now")
"""
APP = """
from flask import Flask

from shop.accounts import accounts

app = Flask(__name__)
app.register_blueprint(accounts)
"""
DONE = "ada is an admin now"  # every option claims that this is printed


def printed(line):
    """What the command line of the option prints, run as the `flask` command runs it."""
    root = Path(tempfile.mkdtemp())
    (root / "shop").mkdir()
    (root / "shop" / "__init__.py").write_text(APP)
    (root / "shop" / "accounts.py").write_text(ACCOUNTS)
    os.chdir(root)
    sys.path.insert(0, str(root))
    result = CliRunner().invoke(cli, line.split()[1:])
    return result.stdout.strip() if result.exit_code == 0 else result.exit_code


def group_by_name():
    return printed("flask --app shop people create-admin ada"), DONE


def top_level():
    return printed("flask --app shop create-admin ada"), DONE


def group_by_prefix():
    return printed("flask --app shop users create-admin ada"), DONE


def group_by_variable():
    return printed("flask --app shop accounts create-admin ada"), DONE


def dotted():
    return printed("flask --app shop people.create-admin ada"), DONE


def module():
    return printed("flask --app shop.accounts create-admin ada"), DONE
