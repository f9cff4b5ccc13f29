"""The API's document against the running app, by a contract tester that makes requests up from it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy import select

from harness.services import api_tokens
from harness.services.api_tokens import Scope
from harness.store.base import db
from harness.store.models import Assessment, Attempt, Invitation, Submission, User, Webhook

EXAMPLES = 12  # of requests for each operation
FEWEST = 15  # operations
RULES = [positive_data_acceptance]  # what the services refuse, such as more questions than there are, no schema can say


@pytest.fixture
def token(world) -> str:
    def make() -> str:
        user = db.session.scalars(select(User).where(User.name == "Ines")).one()
        return api_tokens.create(user, "contract", [one.value for one in Scope], 30)

    return world.find(make)


@pytest.fixture
def refs(world) -> dict[str, str]:
    """Names of rows that are there, by the beginning of an address: made-up ones seldom meet one."""

    def ask() -> dict[str, str]:
        attempt = db.session.scalars(select(Attempt).where(Attempt.assessment_id.is_not(None))).first()
        return {
            "assessments": db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one().ref,
            "attempts": attempt.ref,
            "submissions": db.session.scalars(select(Submission)).first().ref,
            "invitations": db.session.scalars(select(Invitation)).first().ref,
            "webhooks": db.session.scalars(select(Webhook)).first().ref,
            "my-submissions": db.session.scalars(select(Submission)).first().ref,
        }

    return world.find(ask)


def test_the_app_does_what_its_document_says(world, token, refs):
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", world.site)
    operations = [one.ok() for one in document.get_all_operations()]
    assert len(operations) > FEWEST
    for operation in operations:

        @settings(
            max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=HealthCheck
        )
        @given(case=operation.as_strategy())
        def check(case):
            case.headers["Authorization"] = f"Bearer {token}"
            if len(case.path_parameters.get("ref", "")) % 2:
                case.path_parameters["ref"] = refs[case.path.split("/")[3]]
            case.call_and_validate(excluded_checks=RULES)

        check()


def test_the_document_is_valid_and_knows_every_operation(world):
    told = world.site.test_client().get("/api/v1/openapi.json").json
    validate(told)
    known = {(path, method.upper()) for path, operations in told["paths"].items() for method in operations}
    served = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in world.site.url_map.iter_rules()
        if rule.endpoint.startswith("api_")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method in known if method != "PARAMETERS"} == served
