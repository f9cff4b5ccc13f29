"""Invitations: listed, made, withdrawn, given more time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from marshmallow import Schema, fields, validate

from harness.services import assessments as deeds
from harness.services import extending, inviting, listing
from harness.services.extending import MOST_EXTRA
from harness.services.inviting import Invitee
from harness.web.api.asking import PageSchema, page_of, user
from harness.web.api.resource import Resource
from harness.web.api.schemas import InvitationSchema, InvitingSchema, LinkSchema
from harness.web.api.schemas import listing as listing_of

if TYPE_CHECKING:
    from harness.store.models import Invitation

pages = Resource("api_invitations", __name__, description="Invitations")


class MoreTimeSchema(Schema):
    """More time in percent, on the clocks of parts that have not started."""

    extra_percent = fields.Integer(required=True, validate=validate.Range(0, MOST_EXTRA))


@pages.route("/assessments/<ref>/invitations")
@pages.arguments(PageSchema, location="query")
@pages.response(200, listing_of(InvitationSchema))
def invitations(query: dict[str, Any], ref: str) -> Any:
    """Who is invited, the newest first."""
    found = deeds.own(ref, user())
    return page_of(lambda before, most: listing.invitations(found, before, most), query["limit"], query["after"])


@pages.route("/assessments/<ref>/invitations", methods=["POST"])
@pages.arguments(InvitingSchema)
@pages.response(201, LinkSchema(many=True))
def invite(wanted: dict[str, Any], ref: str) -> list[dict[str, Any]]:
    """Invites people, all or none. Each link is shown this once."""
    me = user()
    found = deeds.own(ref, me)
    made = inviting.invite(found.id, [Invitee(**one) for one in wanted["people"]], me.id)
    return [
        {"invitation": one, "link": url_for("invited.open_link", token=token, _external=True)} for one, token in made
    ]


@pages.route("/invitations/<ref>", methods=["PATCH"])
@pages.arguments(MoreTimeSchema)
@pages.response(200, InvitationSchema)
def extend(wanted: dict[str, Any], ref: str) -> Invitation:
    """More time for one person."""
    me = user()
    found = _own(ref)
    extending.set_extra_time(found.id, wanted["extra_percent"], me.id)
    return found


@pages.route("/invitations/<ref>/revoke", methods=["POST"])
@pages.response(200, InvitationSchema)
def revoke(ref: str) -> Invitation:
    """The link works no more; what the person did stays."""
    found = _own(ref)
    inviting.revoke(found.id, user().id)
    return found


def _own(ref: str) -> Invitation:
    """One that this person may change. Raises Refused."""
    me = user()
    found = listing.invitation(ref, me)
    deeds.own(found.assessment.ref, me)
    return found
