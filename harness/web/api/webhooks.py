"""Webhooks: listed, made, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields, validate

from harness.services import hooks
from harness.services.hooks import LONGEST_URL, HookEvent
from harness.web.api.asking import user
from harness.web.api.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.store.models import Webhook

pages = Resource("api_webhooks", __name__, description="Webhooks")
EVENT = validate.OneOf([one.value for one in HookEvent])


class NewWebhookSchema(Schema):
    url = fields.String(required=True, validate=validate.Length(1, LONGEST_URL))
    events = fields.List(fields.String(validate=EVENT), required=True, validate=validate.Length(1, 20))


class WebhookSchema(Schema):
    ref = fields.String(required=True)
    url = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)


class MadeWebhookSchema(WebhookSchema):
    """With the secret that signs its messages, which is shown this once."""

    secret = fields.String(required=True)


@pages.route("/webhooks")
@pages.response(200, WebhookSchema(many=True))
def webhooks() -> Sequence[Webhook]:
    """Yours, the oldest first."""
    return hooks.of_user(user().id)


@pages.route("/webhooks", methods=["POST"])
@pages.arguments(NewWebhookSchema)
@pages.response(201, MadeWebhookSchema)
def create(wanted: dict[str, Any]) -> Webhook:
    """A new one."""
    return hooks.create(user(), wanted["url"], wanted["events"])


@pages.route("/webhooks/<ref>", methods=["DELETE"])
@pages.response(204)
def delete(ref: str) -> None:
    """It is told nothing any more."""
    hooks.delete(user().id, ref)
