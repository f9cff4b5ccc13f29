"""Every endpoint as everyone: who is let in is declared here, and everyone else is refused and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from harness.services.api_tokens import Scope
from harness.services.tokens import token_digest
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import (
    AlikePair,
    ApiToken,
    Appeal,
    Assessment,
    Attempt,
    Comment,
    Criterion,
    Delivery,
    FrozenItem,
    Invitation,
    ItemKind,
    Override,
    Phrase,
    Regrade,
    Remark,
    Submission,
    Template,
    Upload,
    User,
    Webhook,
)
from tests.unit.world_fixtures import INVITEES, PEOPLE, STAFF

ALL = set(PEOPLE)
ACCOUNTS = set(STAFF)
INVITED = {"invited", "other invited", "finished"}
READERS = {"owner", "grader", "administrator"}
MAKERS = {"owner", "other interviewer", "administrator"}
OWNERS = {"owner", "administrator"}
LOOKING_AFTER = {"administrator"}
NORA, FAY = {"invited"}, {"finished"}
CARL = {"practising"}

# The same for programs: which scope their token needs, and who may come in by one. What is named here is as above.
STAFF_MEMBERS = MAKERS | {"grader"}
PROGRAMS = {
    "api_me.me": (None, INVITED | ACCOUNTS),
    "api_assessments.assessments": ("assessments:read", STAFF_MEMBERS),
    "api_assessments.create": ("assessments:write", MAKERS),
    "api_assessments.assessment": ("assessments:read", READERS),
    "api_assessments.publish": ("assessments:write", OWNERS),
    "api_assessments.close": ("assessments:write", OWNERS),
    "api_invitations.invitations": ("assessments:read", OWNERS),
    "api_invitations.invite": ("invitations:write", OWNERS),
    "api_invitations.extend": ("invitations:write", OWNERS),
    "api_invitations.revoke": ("invitations:write", OWNERS),
    "api_reports.attempts": ("reports:read", READERS),
    "api_reports.report": ("reports:read", READERS),
    "api_reports.submissions": ("reports:read", READERS),
    "api_reports.submission": ("reports:read", READERS),
    "api_reports.files": ("reports:read", READERS),
    "api_webhooks.webhooks": ("webhooks:write", STAFF_MEMBERS),
    "api_webhooks.create": ("webhooks:write", STAFF_MEMBERS),
    "api_webhooks.delete": ("webhooks:write", {"owner"}),
    "api_submissions.tasks": ("submit", INVITED | ACCOUNTS),
    "api_submissions.hand_in": ("submit", INVITED | ACCOUNTS),
    "api_submissions.mine": ("submit", NORA),
}

# Who is let in, endpoint by endpoint. Where it names something, that is Nora's, whose attempt runs; Fay's has ended;
# Carl practises.
EXPECTED = {
    "static": ALL,
    "reports.static": ALL,
    "ops.healthz": ALL,
    "ops.readyz": ALL,
    "ops.metrics": LOOKING_AFTER,
    "auth.login": ALL,
    "auth.register": ALL,
    "auth.logout": ACCOUNTS,
    "auth.one_time_link": ALL,
    "home.index": ACCOUNTS,
    "home.margins": ALL,
    "own.show": ACCOUNTS,
    "own.rename": ACCOUNTS,
    "own.change_password": ACCOUNTS,
    "own.log_out_everywhere": ACCOUNTS,
    "own.tokens": ACCOUNTS,
    "own.make_token": ACCOUNTS,
    "own.revoke_token": CARL,
    "own.webhooks": MAKERS | {"grader"},
    "own.make_webhook": MAKERS | {"grader"},
    "own.delete_webhook": {"owner"},
    "own.send_again": {"owner"},
    "invited.token": INVITED,
    "api-docs.openapi_json": ALL,
    # by a browser nobody comes in there: see PROGRAMS
    **{name: set() for name in PROGRAMS},
    "people.index": LOOKING_AFTER,
    "people.add": LOOKING_AFTER,
    "people.change": LOOKING_AFTER,
    "people.log": LOOKING_AFTER,
    "kept.show": LOOKING_AFTER,
    "kept.export": LOOKING_AFTER,
    "kept.erase": LOOKING_AFTER,
    "invited.open_link": ALL,
    "invited.overview": INVITED,
    "invited.warm_up": INVITED,
    "invited.start": INVITED,
    "invited.ending": INVITED,
    "invited.declare": INVITED,
    "attempting.question": NORA,
    "attempting.questions": NORA,
    "attempting.answer": NORA,
    "attempting.clock": NORA,
    "attempting.review": NORA,
    "attempting.end_part": NORA,
    "attempting.task": NORA,
    "attempting.save_task": NORA,
    "attempting.latest_run": NORA,
    "attempting.submissions": NORA,
    "attempting.kit": NORA,
    "attempting.upload": NORA,
    "attempting.starter": NORA,
    "attempting.report": FAY,
    "attempting.report_state": FAY,
    "attempting.whole_file": FAY,
    "attempting.task_report": FAY,
    "attempting.report_file": FAY,
    "attempting.appeal": FAY,
    "practice.index": ACCOUNTS,
    "practice.learn": ACCOUNTS,
    "practice.exams": ACCOUNTS,
    "practice.start_exam": ACCOUNTS,
    "practice.tasks": ACCOUNTS,
    "practice.start_task": ACCOUNTS,
    "practice.item": ACCOUNTS,
    "practice.bookmark": ACCOUNTS,
    "practice.bookmarks": ACCOUNTS,
    "practice.going": ACCOUNTS,
    "practice.topic": ACCOUNTS,
    "practice.ask": ACCOUNTS,
    "practice.asked": ACCOUNTS,
    "practice.learning": CARL,
    "practice.lesson": CARL,
    "practice.answer": CARL,
    "practice.stop": CARL,
    "practice.outcome": CARL,
    "practice.remarks": {"grader", "administrator"},
    "practice.reply": {"grader", "administrator"},
    "practice.remove": CARL | {"grader", "administrator"},
    "assessments.index": MAKERS | {"grader"},
    "assessments.show": READERS,
    "assessments.people": READERS,
    "assessments.preview": READERS,
    "assessments.as_candidate": READERS,
    "assessments.content": MAKERS | {"grader"},
    "assessments.templates": MAKERS,
    "assessments.save_template": OWNERS,
    "assessments.change_template": {"owner"},
    "assessments.create": MAKERS,
    "assessments.edit": OWNERS,
    "assessments.rules": OWNERS,
    "assessments.questions": OWNERS,
    "assessments.question": OWNERS,
    "assessments.choose_tasks": OWNERS,
    "assessments.weights": OWNERS,
    "assessments.publish": OWNERS,
    "assessments.copy": OWNERS,
    "assessments.invite": OWNERS,
    "assessments.change_invitation": OWNERS,
    "assessments.window": OWNERS,
    "assessments.invitation": OWNERS,
    "assessments.close": OWNERS,
    "assessments.renew": OWNERS,
    "assessments.throw_away": OWNERS,
    "assessments.cohort": READERS,
    "assessments.cohort_picture": READERS,
    "assessments.cohort_file": READERS,
    "assessments.names": OWNERS,
    "assessments.likeness": READERS,
    "assessments.find_likeness": READERS,
    "assessments.likeness_picture": READERS,
    "assessments.alike": READERS,
    "reports_of.replay": READERS,
    "reports_of.decide": OWNERS,
    "reports_of.show": READERS,
    "reports_of.file": READERS,
    "reports_of.submission_report": READERS,
    "reports_of.grade_again": READERS,
    "reports_of.submission": READERS,
    "reports_of.files": READERS,
    "reports_of.comment": READERS,
    "reports_of.change_comment": {"grader"},  # who wrote it
    "reports_of.remove_comment": {"grader"},
    "reports_of.publish_comments": READERS,
    "reports_of.decide_check": READERS,
    "reports_of.decide_question": READERS,
    "reports_of.withdraw": READERS,
    "grading.index": MAKERS | {"grader"},
    "grading.first": MAKERS | {"grader"},
    "grading.library": MAKERS | {"grader"},
    "grading.keep": MAKERS | {"grader"},
    "grading.change_phrase": {"grader", "administrator"},  # whose it is, and who looks after what is shared
    "grading.remove_phrase": {"grader", "administrator"},
    "gradebook.index": READERS,
    "gradebook.rules": READERS,
    "gradebook.file": READERS,
    "gradebook.give": READERS,
    "gradebook.publish": OWNERS,
    "gradebook.take_back": OWNERS,
    "gradebook.set_rules": OWNERS,
    "gradebook.add_criterion": OWNERS,
    "gradebook.change_criterion": OWNERS,
    "uploads.index": OWNERS,
    "uploads.send": OWNERS,
    "uploads.show": OWNERS,
    "uploads.progress": OWNERS,
    "uploads.assign": OWNERS,
    "uploads.store": OWNERS,
    "uploads.links": OWNERS,
    "regrades.index": READERS,
    "regrades.begin": READERS,
    "regrades.show": READERS,
    "regrades.progress": READERS,
    "regrades.decide": READERS,
    "regrades.file": READERS,
    "appeals.index": MAKERS | {"grader"},
    "appeals.one": READERS,
    "appeals.answer": READERS,
}
WORDS = "It is not as it says, since it is wrong."
SENT = {"text": WORDS, "number": "1", "reason": WORDS, "check": "second", "outcome": "passed"}
BODIES = {  # what a program sends
    "api_assessments.create": {"title": "By a program"},
    "api_invitations.invite": {"people": [{"name": "Pat"}]},
    "api_invitations.extend": {"extra_percent": 0},
    "api_webhooks.create": {"url": "https://hr.example.org/", "events": ["attempt.ended"]},
}
OPEN_TO_ALL = {name for name, people in EXPECTED.items() if people == ALL}


def own_ref(endpoint):
    """Of what an account keeps for programs: Carl's token, Ines' webhook, a message to it."""
    kind = {"own.delete_webhook": Webhook, "own.send_again": Delivery}.get(endpoint, ApiToken)
    return db.session.scalars(select(kind)).first().ref


def values(world, endpoint):
    """The arguments of the endpoint's address: real rows' names."""
    ended = EXPECTED[endpoint] == FAY
    name = "Fay" if ended else "Nora"

    def ask():
        attempt = db.session.scalars(select(Attempt).join(Invitation).where(Invitation.name == name)).one()
        assessment = db.session.scalars(select(Assessment).where(Assessment.title == "Backend")).one()
        learning = db.session.scalars(select(Attempt).where(Attempt.user_id.is_not(None))).one()
        topic, slug = learning.items[0].frozen.item.split("/")
        if "topic" in endpoint:
            slug = topic
        found = {
            "topic": topic,
            "slug": slug,
            "number": 1,
            "part": "questions",
            "picture": "plane",
            "kind": "json",
            "token": "guess",
            "filename": "report.css" if endpoint == "reports.static" else "assay.css",
            "digest": assessment.items[0].digest,
            "attempt_ref": attempt.ref,
            "template_ref": db.session.scalars(select(Template.ref)).first(),
            "regrade_ref": db.session.scalars(select(Regrade)).one().ref,
            "invitation_ref": attempt.invitation.ref,
            "upload_ref": db.session.scalars(select(Upload.ref)).one(),
            "criterion_ref": db.session.scalars(select(Criterion.ref)).one(),
            "pair_ref": db.session.scalars(select(AlikePair)).one().ref,
            "submission_ref": db.session.scalars(
                select(Submission).where(Submission.item_id.in_([one.id for one in attempt.items]))
            )
            .first()
            .ref,
        }
        found["comment_ref"] = db.session.scalars(select(Comment)).one().ref
        found["decision_ref"] = db.session.scalars(select(Override)).one().ref
        asked = db.session.scalars(select(Remark)).one()
        found["ref"] = {
            "practice": asked.ref if endpoint in {"practice.reply", "practice.remove"} else learning.ref,
            "attempting": attempt.ref,
            "assessments": assessment.ref,
            "reports_of": assessment.ref,
            "regrades": assessment.ref,
            "grading": db.session.scalars(select(Phrase)).one().ref,
            "gradebook": assessment.ref,
            "uploads": assessment.ref,
            "own": own_ref(endpoint),
            "api_webhooks": db.session.scalars(select(Webhook)).one().ref,
            "api_assessments": assessment.ref,
            "api_invitations": assessment.ref,
            "api_reports": assessment.ref,
            "api_submissions": found["submission_ref"],
            "appeals": db.session.scalars(select(Appeal)).first().ref,
            "kept": attempt.invitation.ref,
            "people": db.session.scalars(select(User).where(User.name == "Cora")).one().ref,
        }.get(endpoint.split(".")[0], "")
        if endpoint in {"api_invitations.extend", "api_invitations.revoke"}:
            found["ref"] = attempt.invitation.ref
        if endpoint in {"api_reports.report", "api_reports.submission", "api_reports.files"}:
            found["ref"] = attempt.ref if endpoint == "api_reports.report" else found["submission_ref"]
        return found

    return world.find(ask)


def sent(world):
    """What is sent along: it fits every form that names something."""

    def ask():
        return db.session.scalars(select(FrozenItem).where(FrozenItem.kind == ItemKind.TASK)).first()

    task = world.find(ask)
    return SENT | {"digest": task.digest, "item": task.item}


def test_every_endpoint_declares_whom_it_lets_in(world):
    assert {rule.endpoint for rule in world.site.url_map.iter_rules()} == set(EXPECTED)


@pytest.fixture
def written(world):
    """What is written to the store from now on."""
    found: list[str] = []

    def note(connection, cursor, statement, *rest):
        if statement.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            found.append(statement)

    with world.site.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    return found


def address_of(world, endpoint):
    """The endpoint's address, for real rows, and the methods that it takes."""
    rule = next(one for one in world.site.url_map.iter_rules() if one.endpoint == endpoint)
    arguments = {name: value for name, value in values(world, endpoint).items() if name in rule.arguments}
    with world.site.test_request_context():
        return rule.build(arguments)[1], sorted(rule.methods - {"OPTIONS", "HEAD"})


def is_refused(reply):
    to_login = reply.headers.get("Location", "").startswith("/login?next=")
    assert reply.status_code < 500
    return reply.status_code in {401, 403, 404} or to_login


@pytest.mark.parametrize("endpoint", sorted(set(EXPECTED) - OPEN_TO_ALL))
def test_who_is_not_let_in_is_refused_and_changes_nothing(world, written, endpoint):
    form = sent(world)
    address, methods = address_of(world, endpoint)
    for person in PEOPLE:
        client = world.client(person)
        for method in methods:
            refused = is_refused(client.open(address, method=method, data=form))
            assert refused == (person not in EXPECTED[endpoint]), (person, method)
            if refused:
                assert written == [], (person, method)
            elif written:
                world.restore()
                client = world.client(person)
            written.clear()


def tokens_of_all(scopes):
    """A token of everyone's who can have one, with these scopes, as if they had been given before a role changed."""
    found = {}
    for person in [*INVITEES, *STAFF]:
        token = found[person] = f"{person} {scopes}"
        user = db.session.scalar(select(User).where(User.email == STAFF[person][0])) if person in STAFF else None
        invitation = db.session.scalar(select(Invitation).where(Invitation.name == INVITEES.get(person)))
        whose = {"user": user, "invitation": None if user else invitation}
        times = {"expires_at": now() + timedelta(days=1), "used_at": now()}
        db.session.add(ApiToken(name="all", token_digest=token_digest(token), scopes=scopes, **whose, **times))
    db.session.commit()
    return found


@pytest.mark.parametrize("endpoint", sorted(PROGRAMS))
def test_a_program_is_let_in_by_a_token_with_the_scope_and_only_where_its_owner_may(world, written, endpoint):
    scope, people = PROGRAMS[endpoint]
    address, (method,) = address_of(world, endpoint)
    more = {"json": BODIES[endpoint]} if endpoint in BODIES else {"query_string": {"task": sent(world)["item"]}}
    lacking = [one.value for one in Scope if one.value != scope]
    for scopes, let_in in (([scope] if scope else [], people), (lacking, set() if scope else people)):
        tokens = world.find(lambda scopes=scopes: tokens_of_all(scopes))
        for person in tokens:
            written.clear()
            headers = {"Authorization": f"Bearer {tokens[person]}"}
            reply = world.site.test_client().open(address, method=method, headers=headers, **more)
            assert is_refused(reply) == (person not in let_in), (person, scopes, reply.status_code)
            if is_refused(reply):
                assert written == [], person
            elif written:
                world.restore()
                tokens = world.find(lambda scopes=scopes: tokens_of_all(scopes))
        world.restore()
