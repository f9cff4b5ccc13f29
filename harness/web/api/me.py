"""Who the token belongs to."""

from __future__ import annotations

from typing import Any

from harness.web.api.asking import token
from harness.web.api.resource import Resource
from harness.web.api.schemas import MeSchema

pages = Resource("api_me", __name__, description="The token itself")


@pages.route("/me")
@pages.response(200, MeSchema)
def me() -> dict[str, Any]:
    """Whose token this is, and what it may do."""
    mine = token()
    if mine.user is not None:
        return {"name": mine.user.name, "role": mine.user.role.value, "scopes": mine.scopes}
    assert mine.invitation is not None
    return {"name": mine.invitation.name, "role": "invited", "scopes": mine.scopes}
