"""Write a migration from what the models say: `python scripts/revision.py "answers have a weight"`.

`--first` writes the first revision anew, which is allowed only while none was released. Read what it wrote: Alembic
sees new tables and columns, but not what is to become of the data in them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from flask import Flask

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from harness.store import migrate  # noqa: E402
from harness.store.base import open_database  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", nargs="?", default="first tables")
    parser.add_argument("--first", action="store_true")
    options = parser.parse_args()
    versions = ROOT / "harness" / "store" / "migrations" / "versions"
    known = sorted(versions.glob("[0-9]*.py"))
    if options.first:
        if len(known) > 1:
            raise SystemExit("There is more than the first revision.")
        for one in known:
            one.unlink()
        known = []
    with tempfile.TemporaryDirectory() as folder:
        app = Flask("revision")
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/empty.db"
        open_database(app)
        with app.app_context():
            migrate.upgrade()
            made = command.revision(migrate.config(), options.message, autogenerate=True, rev_id=f"{len(known) + 1:04}")
    if made is None:
        print("The models say nothing new.")
        return
    for arguments in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, made.path], cwd=ROOT, check=True)
    print(f"wrote {made.path}")


if __name__ == "__main__":
    main()
