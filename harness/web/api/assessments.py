"""Assessments: listed, read, made from a blueprint, published, closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from harness.services import assessments as deeds
from harness.services import drafting, listing
from harness.services.drafting import Rules
from harness.services.errors import Refused, Why
from harness.store.base import db
from harness.store.models import Assessment, FrozenItem, ItemKind
from harness.web.api.asking import PageSchema, page_of, user
from harness.web.api.resource import Resource
from harness.web.api.schemas import AssessmentSchema, NewAssessmentSchema, WholeAssessmentSchema
from harness.web.api.schemas import listing as listing_of

pages = Resource("api_assessments", __name__, description="Assessments")


@pages.route("/assessments")
@pages.arguments(PageSchema, location="query")
@pages.response(200, listing_of(AssessmentSchema))
def assessments(query: dict[str, Any]) -> Any:
    """Those that you may read, the newest first."""
    me = user()
    return page_of(lambda before, most: listing.assessments(me, before, most), query["limit"], query["after"])


@pages.route("/assessments", methods=["POST"])
@pages.arguments(NewAssessmentSchema)
@pages.response(201, WholeAssessmentSchema)
def create(wanted: dict[str, Any]) -> Assessment:
    """A new draft. Where something does not fit, nothing is made."""
    me = user()
    tasks = _digests(wanted["tasks"])
    made = deeds.create(me, wanted["title"])
    try:
        names = set(Rules.__slots__) & set(wanted)
        drafting.set_rules(made.id, Rules(**{name: wanted[name] for name in names}))
        drafting.draw_questions(made.id, wanted["questions"], wanted["pool"])
        drafting.set_tasks(made.id, tasks)
    except Refused:
        deeds.throw_away(made.id, me.id)
        raise
    return deeds.readable(made.ref, me)


def _digests(names: list[str]) -> list[str]:
    """Of tasks by topic/slug. Raises Refused, which names those that the catalogue does not offer."""
    chosen = select(FrozenItem.item, FrozenItem.digest).where(
        FrozenItem.current, FrozenItem.kind == ItemKind.TASK, FrozenItem.item.in_(names)
    )
    known = {row.item: row.digest for row in db.session.execute(chosen)}
    if unknown := [name for name in names if name not in known]:
        raise Refused(Why.INVALID, f"The catalogue has no task {unknown[0][:200]!r}.")
    return [known[name] for name in dict.fromkeys(names)]


@pages.route("/assessments/<ref>")
@pages.response(200, WholeAssessmentSchema)
def assessment(ref: str) -> Assessment:
    """One of them, with its items."""
    return deeds.readable(ref, user())


@pages.route("/assessments/<ref>/publish", methods=["POST"])
@pages.response(200, WholeAssessmentSchema)
def publish(ref: str) -> Assessment:
    """Freezes it; from now on people can be invited."""
    me = user()
    deeds.publish(deeds.own(ref, me).id, me.id)
    return deeds.readable(ref, me)


@pages.route("/assessments/<ref>/close", methods=["POST"])
@pages.response(200, WholeAssessmentSchema)
def close(ref: str) -> Assessment:
    """Nobody can start any more; who works now can go on."""
    me = user()
    deeds.close(deeds.own(ref, me).id, me.id)
    return deeds.readable(ref, me)
