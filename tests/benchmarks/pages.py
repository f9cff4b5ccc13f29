"""How long each page of the platform takes with a large cohort, and how many queries: 500 people, 20 attempts each.

    .venv/bin/python tests/benchmarks/pages.py [--people N] [--attempts N] [--all]

Every page that can be asked for is looked at with the eyes of an assessment's owner, a grader, an administrator, and of
somebody who practises; twice, then three times with the clock. Exits with 1 where one takes longer than a second.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from harness.store.base import db
from harness.web import create_app
from tests.unit.cohort_fixtures import grow
from tests.unit.platform_fixtures import fill_database
from tests.unit.web.test_access import EXPECTED
from tests.unit.web.test_query_counts import EYES, MORE, addresses, user_of
from tests.unit.world_fixtures import SETTINGS, World, fill

ROUNDS = 3
LONGEST = 1.0  # seconds
SHOWN = 15  # of the slowest pages, unless all are asked for


def measure(world: World, known: dict[str, str]) -> list[tuple[float, int, int, str, str]]:
    """Seconds, queries, bytes, endpoint, person: of each page, the slowest first."""
    asked: list[str] = []
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    found = []
    for endpoint, address in known.items():
        for person in (one for one in EYES if one in EXPECTED[endpoint]):
            client = world.client(person)
            client.get(address).close()
            seconds, size = [], 0
            for _ in range(ROUNDS):
                asked.clear()
                begun = time.perf_counter()
                with client.get(address) as reply:
                    size = len(reply.data)
                seconds.append(time.perf_counter() - begun)
            found.append((statistics.median(seconds), len(asked), size, endpoint, person))
    return sorted(found, reverse=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--attempts", type=int, default=20, help="of each of them")
    parser.add_argument("--all", action="store_true", help="show every page, not only the slowest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-pages-") as folder:
        path = Path(folder) / "cohort.db"
        fill_database(path)
        fill(path)
        world = World(create_app({**SETTINGS, **MORE, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"}), path, path)
        known = dict(addresses(world))
        begun = time.perf_counter()
        made = world.find(lambda: grow(options.people, options.attempts, [user_of("practising")]))
        print(f"{made:,} attempts made in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        found = measure(world, known)
    print(f"\n{'ms':>6}{'queries':>9}{'kB':>7}  page, as seen by")
    for seconds, queries, size, endpoint, person in found if options.all else found[:SHOWN]:
        print(f"{seconds * 1000:6.0f}{queries:9}{size / 1000:7.0f}  {endpoint}, {person}")
    slow = [one for one in found if one[0] > LONGEST]
    print(f"{len(found)} looked at; {len(slow)} took longer than {LONGEST:g} s.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
