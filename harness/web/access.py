"""Who may do what: one rule per endpoint, in one place, asked before any view runs. What has no rule is refused.

A rule says who is let in by what they are; whose thing it is the services decide, which know only of rows that belong
to the person. Browsers come in by their session, to what RULES has; programs by a token, to what PROGRAMS has, and
never the other way round. The tests take the endpoints from ``app.url_map`` and fail on one that is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from flask import abort, redirect, request, session, url_for
from flask_login import current_user

from harness.services.api_tokens import Scope
from harness.store.models import Role
from harness.web.api.asking import come_in

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from harness.store.models import ApiToken

NOT_YOURS = "Your account may not do that: it is for others on this platform."
INVITED = "invitation"  # the session's key for the invitation whose link was opened


class Who(Enum):
    """A kind of person, as a request shows it."""

    ANYONE = "anyone"
    INVITED = "invited"  # came by an invitation's link, with or without an account
    ACCOUNT = "account"
    CANDIDATE = Role.CANDIDATE
    INTERVIEWER = Role.INTERVIEWER
    GRADER = Role.GRADER
    ADMINISTRATOR = Role.ADMINISTRATOR


OWNERS = frozenset({Who.INVITED, Who.ACCOUNT})
ADMINISTRATORS = frozenset({Who.ADMINISTRATOR})
MAKERS = frozenset({Who.INTERVIEWER, Who.ADMINISTRATOR})
STAFF = frozenset({Who.INTERVIEWER, Who.GRADER, Who.ADMINISTRATOR})
RULES: dict[str, frozenset[Who]] = {
    "static": frozenset({Who.ANYONE}),
    "reports.static": frozenset({Who.ANYONE}),
    "ops.healthz": frozenset({Who.ANYONE}),
    "ops.readyz": frozenset({Who.ANYONE}),
    "ops.metrics": ADMINISTRATORS,
    "auth.login": frozenset({Who.ANYONE}),
    "auth.register": frozenset({Who.ANYONE}),  # where the settings open it
    "auth.logout": frozenset({Who.ACCOUNT}),
    "auth.one_time_link": frozenset({Who.ANYONE}),
    "home.index": frozenset({Who.ACCOUNT}),
    "home.margins": frozenset({Who.ANYONE}),
    "own.show": frozenset({Who.ACCOUNT}),
    "own.rename": frozenset({Who.ACCOUNT}),
    "own.change_password": frozenset({Who.ACCOUNT}),
    "own.log_out_everywhere": frozenset({Who.ACCOUNT}),
    "own.tokens": frozenset({Who.ACCOUNT}),
    "own.make_token": frozenset({Who.ACCOUNT}),
    "own.revoke_token": frozenset({Who.ACCOUNT}),
    "own.webhooks": STAFF,
    "own.make_webhook": STAFF,
    "own.delete_webhook": STAFF,
    "own.send_again": STAFF,
    "invited.token": frozenset({Who.INVITED}),
    # its reader comes before there is a token
    "api-docs.openapi_json": frozenset({Who.ANYONE}),
    "people.index": ADMINISTRATORS,
    "people.add": ADMINISTRATORS,
    "people.change": ADMINISTRATORS,
    "people.log": ADMINISTRATORS,
    "kept.show": ADMINISTRATORS,
    "kept.export": ADMINISTRATORS,
    "kept.erase": ADMINISTRATORS,
    # invited people
    "invited.open_link": frozenset({Who.ANYONE}),
    "invited.overview": frozenset({Who.INVITED}),
    "invited.warm_up": frozenset({Who.INVITED}),
    "invited.start": frozenset({Who.INVITED}),
    "invited.ending": frozenset({Who.INVITED}),
    "invited.declare": frozenset({Who.INVITED}),
    # practice
    "practice.index": frozenset({Who.ACCOUNT}),
    "practice.learn": frozenset({Who.ACCOUNT}),
    "practice.learning": frozenset({Who.ACCOUNT}),
    "practice.lesson": frozenset({Who.ACCOUNT}),
    "practice.answer": frozenset({Who.ACCOUNT}),
    "practice.stop": frozenset({Who.ACCOUNT}),
    "practice.outcome": frozenset({Who.ACCOUNT}),
    "practice.exams": frozenset({Who.ACCOUNT}),
    "practice.start_exam": frozenset({Who.ACCOUNT}),
    "practice.tasks": frozenset({Who.ACCOUNT}),
    "practice.start_task": frozenset({Who.ACCOUNT}),
    "practice.item": frozenset({Who.ACCOUNT}),
    "practice.bookmark": frozenset({Who.ACCOUNT}),
    "practice.bookmarks": frozenset({Who.ACCOUNT}),
    "practice.going": frozenset({Who.ACCOUNT}),
    "practice.topic": frozenset({Who.ACCOUNT}),
    "practice.ask": frozenset({Who.ACCOUNT}),
    "practice.asked": frozenset({Who.ACCOUNT}),
    "practice.remove": frozenset({Who.ACCOUNT}),  # one's own, or a grader's
    "practice.remarks": frozenset({Who.GRADER, Who.ADMINISTRATOR}),
    "practice.reply": frozenset({Who.GRADER, Who.ADMINISTRATOR}),
    # whoever's attempt it is: harness.web.person looks it up
    "attempting.question": OWNERS,
    "attempting.questions": OWNERS,
    "attempting.answer": OWNERS,
    "attempting.clock": OWNERS,
    "attempting.review": OWNERS,
    "attempting.end_part": OWNERS,
    "attempting.task": OWNERS,
    "attempting.save_task": OWNERS,
    "attempting.latest_run": OWNERS,
    "attempting.submissions": OWNERS,
    "attempting.kit": OWNERS,
    "attempting.upload": OWNERS,
    "attempting.starter": OWNERS,
    "attempting.report": OWNERS,
    "attempting.report_state": OWNERS,
    "attempting.whole_file": OWNERS,
    "attempting.task_report": OWNERS,
    "attempting.report_file": OWNERS,
    "attempting.appeal": OWNERS,
    # those who run assessments: harness.services.assessments knows whose each is
    "reports_of.show": STAFF,
    "reports_of.file": STAFF,
    "reports_of.submission_report": STAFF,
    "reports_of.grade_again": STAFF,
    "reports_of.submission": STAFF,
    "reports_of.files": STAFF,
    "reports_of.comment": STAFF,
    "reports_of.change_comment": STAFF,
    "reports_of.remove_comment": STAFF,
    "reports_of.publish_comments": STAFF,
    "reports_of.decide_check": STAFF,
    "reports_of.decide_question": STAFF,
    "reports_of.withdraw": STAFF,
    "grading.index": STAFF,
    "grading.first": STAFF,
    "grading.library": STAFF,
    "grading.keep": STAFF,
    "grading.change_phrase": STAFF,
    "grading.remove_phrase": STAFF,
    "assessments.index": STAFF,
    "assessments.show": STAFF,
    "assessments.people": STAFF,
    "assessments.preview": STAFF,
    "assessments.as_candidate": STAFF,
    "assessments.content": STAFF,
    "assessments.templates": MAKERS,
    "assessments.save_template": MAKERS,
    "assessments.change_template": MAKERS,
    "assessments.create": MAKERS,
    "assessments.edit": MAKERS,
    "assessments.rules": MAKERS,
    "assessments.questions": MAKERS,
    "assessments.question": MAKERS,
    "assessments.choose_tasks": MAKERS,
    "assessments.weights": MAKERS,
    "assessments.publish": MAKERS,
    "assessments.copy": MAKERS,
    "assessments.invite": MAKERS,
    "assessments.change_invitation": MAKERS,
    "assessments.window": MAKERS,
    "assessments.invitation": MAKERS,
    "assessments.close": MAKERS,
    "assessments.renew": MAKERS,
    "assessments.throw_away": MAKERS,
    "assessments.cohort": STAFF,
    "assessments.cohort_picture": STAFF,
    "assessments.cohort_file": STAFF,
    "assessments.names": MAKERS,
    "assessments.likeness": STAFF,
    "assessments.find_likeness": STAFF,
    "assessments.likeness_picture": STAFF,
    "assessments.alike": STAFF,
    "reports_of.replay": STAFF,
    "reports_of.decide": STAFF,  # the service knows who may: whoever runs the assessment
    "gradebook.index": STAFF,
    "gradebook.rules": STAFF,
    "gradebook.file": STAFF,
    "gradebook.give": STAFF,
    "gradebook.publish": MAKERS,
    "gradebook.take_back": MAKERS,
    "gradebook.set_rules": MAKERS,
    "gradebook.add_criterion": MAKERS,
    "gradebook.change_criterion": MAKERS,
    "uploads.index": MAKERS,
    "uploads.send": MAKERS,
    "uploads.show": MAKERS,
    "uploads.progress": MAKERS,
    "uploads.assign": MAKERS,
    "uploads.store": MAKERS,
    "uploads.links": MAKERS,
    "regrades.index": STAFF,  # the service knows who may: graders, and whoever runs the assessment
    "regrades.begin": STAFF,
    "regrades.show": STAFF,
    "regrades.progress": STAFF,
    "regrades.decide": STAFF,
    "regrades.file": STAFF,
    "appeals.index": STAFF,
    "appeals.one": STAFF,
    "appeals.answer": STAFF,
}


@dataclass(frozen=True, slots=True)
class Program:
    """A program is let in by a token that has the scope, if whose it is may do so."""

    scope: Scope | None
    people: frozenset[Who]


PROGRAMS: dict[str, Program] = {
    "api_me.me": Program(None, OWNERS),
    "api_assessments.assessments": Program(Scope.READ_ASSESSMENTS, STAFF),
    "api_assessments.create": Program(Scope.WRITE_ASSESSMENTS, MAKERS),
    "api_assessments.assessment": Program(Scope.READ_ASSESSMENTS, STAFF),
    "api_assessments.publish": Program(Scope.WRITE_ASSESSMENTS, MAKERS),
    "api_assessments.close": Program(Scope.WRITE_ASSESSMENTS, MAKERS),
    "api_invitations.invitations": Program(Scope.READ_ASSESSMENTS, MAKERS),
    "api_invitations.invite": Program(Scope.INVITE, MAKERS),
    "api_invitations.extend": Program(Scope.INVITE, MAKERS),
    "api_invitations.revoke": Program(Scope.INVITE, MAKERS),
    "api_reports.attempts": Program(Scope.READ_REPORTS, STAFF),
    "api_reports.report": Program(Scope.READ_REPORTS, STAFF),
    "api_reports.submissions": Program(Scope.READ_REPORTS, STAFF),
    "api_reports.submission": Program(Scope.READ_REPORTS, STAFF),
    "api_reports.files": Program(Scope.READ_REPORTS, STAFF),
    "api_webhooks.webhooks": Program(Scope.WEBHOOKS, STAFF),
    "api_webhooks.create": Program(Scope.WEBHOOKS, STAFF),
    "api_webhooks.delete": Program(Scope.WEBHOOKS, STAFF),
    "api_submissions.tasks": Program(Scope.SUBMIT, OWNERS),
    "api_submissions.hand_in": Program(Scope.SUBMIT, OWNERS),
    "api_submissions.mine": Program(Scope.SUBMIT, OWNERS),
}
SCOPES = {endpoint: rule.scope for endpoint, rule in PROGRAMS.items()}


def people() -> set[Who]:
    """All that the sender of this request is."""
    found = {Who.ANYONE}
    if INVITED in session:
        found.add(Who.INVITED)
    if current_user.is_authenticated:
        found |= {Who.ACCOUNT, Who(current_user.role)}
    return found


def owner(token: ApiToken) -> set[Who]:
    """All that whose token it is."""
    return {Who.ACCOUNT, Who(token.user.role)} if token.user else {Who.INVITED}


def let_in(program: Program) -> None:
    """Ends the request with 401 without a token that works, with 403 where it, or its owner, may not do that."""
    token = come_in()
    if program.scope is not None and program.scope.value not in token.scopes:
        abort(403, f"This token may not do that: it lacks the scope {program.scope.value}.")
    if not program.people & owner(token):
        abort(403, "This token is for handing in at one assessment." if token.user is None else NOT_YOURS)


def init_app(app: Flask) -> None:
    @app.before_request
    def guard() -> Response | None:
        if request.endpoint is None:
            return None  # no such page: the 404 that follows tells nothing else
        if program := PROGRAMS.get(request.endpoint):
            let_in(program)
            return None
        rule = RULES.get(request.endpoint, frozenset())
        if rule & people():
            return None
        if current_user.is_authenticated or request.method != "GET":
            abort(403)
        return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))
