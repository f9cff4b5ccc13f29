"""No page asks the store more often because more people are there: each is counted with a small cohort and a large."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import event, select

from harness.store.base import db
from harness.store.models import User
from harness.web import create_app
from tests.unit.cohort_fixtures import grow
from tests.unit.web.test_access import EXPECTED, values
from tests.unit.world_fixtures import SETTINGS, STAFF, World

SIZES = {"small": (12, 12), "large": (60, 24)}  # people, and attempts of each: both are past one page of a list
GUESSED = {"auth.one_time_link", "invited.open_link"}  # here the tests name a link that does not exist
MORE = {"OPEN_REGISTRATION": True}
EYES = ("owner", "grader", "administrator", "practising")


@pytest.fixture(scope="module")
def counts(
    world_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Mapping[tuple[str, str], int]]:
    """How many queries each page takes each time that it is looked at, by size, page and person."""
    return {size: _counted(world_database, tmp_path_factory.mktemp(size), *SIZES[size]) for size in SIZES}


def _counted(original: Path, folder: Path, people: int, attempts: int) -> Mapping[tuple[str, str], int]:
    path = folder / "cohort.db"
    shutil.copy(original, path)
    world = World(create_app({**SETTINGS, **MORE, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"}), path, path)
    known = addresses(world)
    world.find(lambda: grow(people, attempts, [user_of("practising")]))
    found = queries(world, known)
    with world.site.app_context():
        db.engine.dispose()
    return found


def user_of(person: str) -> int:
    return db.session.scalars(select(User.id).where(User.email == STAFF[person][0])).one()


def addresses(world: World) -> Mapping[str, str]:
    """Where each page is that can be asked for, while the names that the world gives are the only ones."""
    found = {}
    for rule in world.site.url_map.iter_rules():
        if "GET" in rule.methods and any(person in EXPECTED[rule.endpoint] for person in EYES):
            known = values(world, rule.endpoint)
            arguments = {name: value for name, value in known.items() if name in rule.arguments}
            with world.site.test_request_context():
                found[rule.endpoint] = rule.build(arguments)[1]
    return found


def queries(world: World, known: Mapping[str, str]) -> Mapping[tuple[str, str], int]:
    """How many queries each of these pages takes, for each of the eyes that may see it."""
    asked: list[str] = []
    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *rest: asked.append(rest[2]))
    found = {}
    for endpoint, address in known.items():
        for person in EYES:
            if person in EXPECTED[endpoint]:
                client = world.client(person)
                client.get(address).close()  # what is kept in memory from then on is no query of a page's
                asked.clear()
                with client.get(address) as reply:
                    assert reply.status_code < 400 or endpoint in GUESSED, address
                found[endpoint, person] = sum(one.lstrip().upper().startswith("SELECT") for one in asked)
    return found


def test_the_number_of_queries_does_not_grow_with_the_cohort(counts):
    small, large = counts["small"], counts["large"]
    grown = [
        f"{page} {person}: {small[page, person]}, then {large[page, person]}"
        for page, person in small
        if large[page, person] > small[page, person]
    ]
    assert len(small) > 60
    assert not grown, "\n".join(grown)
