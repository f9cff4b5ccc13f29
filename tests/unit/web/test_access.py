"""Every endpoint as everyone: who is let in is declared here, and everyone else is refused and changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from harness.store.base import db
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
    Remark,
    Submission,
    Upload,
    User,
    Webhook,
)
from tests.unit.world_fixtures import PEOPLE, STAFF

ALL = set(PEOPLE)
ACCOUNTS = set(STAFF)
INVITED = {"invited", "other invited", "finished"}
READERS = {"owner", "grader", "administrator"}
MAKERS = {"owner", "other interviewer", "administrator"}
OWNERS = {"owner", "administrator"}
LOOKING_AFTER = {"administrator"}
NORA, FAY = {"invited"}, {"finished"}
CARL = {"practising"}

PROGRAMS = {
    "api_me.me",
    "api_assessments.assessments",
    "api_assessments.create",
    "api_assessments.assessment",
    "api_assessments.publish",
    "api_assessments.close",
    "api_invitations.invitations",
    "api_invitations.invite",
    "api_invitations.extend",
    "api_invitations.revoke",
    "api_reports.attempts",
    "api_reports.report",
    "api_reports.submissions",
    "api_reports.submission",
    "api_reports.files",
    "api_webhooks.webhooks",
    "api_webhooks.create",
    "api_webhooks.delete",
    "api_submissions.tasks",
    "api_submissions.hand_in",
    "api_submissions.mine",
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
    # programs come in by a token alone: tests/unit/web/test_api.py
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
    "appeals.index": MAKERS | {"grader"},
    "appeals.one": READERS,
    "appeals.answer": READERS,
}
WORDS = "It is not as it says, since it is wrong."
SENT = {"text": WORDS, "number": "1", "reason": WORDS, "check": "second", "outcome": "passed"}
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
            "grading": db.session.scalars(select(Phrase)).one().ref,
            "gradebook": assessment.ref,
            "uploads": assessment.ref,
            "own": own_ref(endpoint),
            "api_webhooks": "none",
            "api_assessments": assessment.ref,
            "api_invitations": assessment.ref,
            "api_reports": assessment.ref,
            "api_submissions": attempt.ref,
            "appeals": db.session.scalars(select(Appeal)).first().ref,
            "kept": attempt.invitation.ref,
            "people": db.session.scalars(select(User).where(User.name == "Cora")).one().ref,
        }.get(endpoint.split(".")[0], "")
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


@pytest.mark.parametrize("endpoint", sorted(set(EXPECTED) - OPEN_TO_ALL))
def test_who_is_not_let_in_is_refused_and_changes_nothing(world, endpoint):
    written: list[str] = []

    def note(connection, cursor, statement, *rest):
        if statement.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    form = sent(world)
    rule = next(one for one in world.site.url_map.iter_rules() if one.endpoint == endpoint)
    arguments = {name: value for name, value in values(world, endpoint).items() if name in rule.arguments}
    with world.site.test_request_context():
        address = rule.build(arguments)[1]
    for person in PEOPLE:
        client = world.client(person)
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            with world.site.app_context():
                event.listen(db.engine, "before_cursor_execute", note)
            reply = client.open(address, method=method, data=form)
            to_login = reply.headers.get("Location", "").startswith("/login?next=")
            refused = reply.status_code in {401, 403, 404} or to_login
            assert refused == (person not in EXPECTED[endpoint]), (person, method, reply.status_code)
            assert reply.status_code < 500
            if refused:
                assert written == [], (person, method)
            elif written:
                world.restore()
                client = world.client(person)
            written.clear()
