"""What goes in and out, as the document describes it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from harness.domain.content import Pool
from harness.services.drafting import LONGEST_TITLE, LONGEST_WELCOME, MOST_MINUTES, MOST_SUBMISSIONS
from harness.services.extending import MOST_EXTRA
from harness.services.inviting import MOST_INVITED
from harness.services.pseudonyms import shown_email, shown_name
from harness.store.models import AiRule, AssessmentState, Counts, ReportPolicy, Role, SubmissionKind


class MeSchema(Schema):
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf([*(one.value for one in Role), "invited"]))
    scopes = fields.List(fields.String(), required=True)


class ItemSchema(Schema):
    item = fields.String(attribute="frozen.item", required=True)
    kind = fields.String(attribute="frozen.kind.value", required=True)
    digest = fields.String(required=True)
    weight = fields.Integer(required=True)


class AssessmentSchema(Schema):
    ref = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(attribute="state.value", required=True, validate=validate.OneOf([*AssessmentState]))
    created_at = fields.AwareDateTime(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    opens_at = fields.AwareDateTime(required=True, allow_none=True)
    closes_at = fields.AwareDateTime(required=True, allow_none=True)
    question_minutes = fields.Integer(required=True)
    task_minutes = fields.Integer(required=True)
    most_submissions = fields.Integer(required=True)
    pass_mark = fields.Integer(required=True, allow_none=True)


class WholeAssessmentSchema(AssessmentSchema):
    items = fields.List(fields.Nested(ItemSchema), required=True)


class NewAssessmentSchema(Schema):
    """A draft: its questions by a blueprint such as ``fundamentals:junior=4,orm:mid=2``, its tasks by name."""

    title = fields.String(required=True, validate=validate.Length(1, LONGEST_TITLE))
    welcome = fields.String(load_default="", validate=validate.Length(max=LONGEST_WELCOME))
    questions = fields.String(load_default="", validate=validate.Length(max=2000))
    pool = fields.Enum(Pool, by_value=True, load_default=Pool.PRACTICE)
    tasks = fields.List(fields.String(), load_default=list, validate=validate.Length(max=50))
    question_minutes = fields.Integer(load_default=45, validate=validate.Range(1, MOST_MINUTES))
    task_minutes = fields.Integer(load_default=60, validate=validate.Range(1, MOST_MINUTES))
    opens_at = fields.AwareDateTime(load_default=None, allow_none=True)
    closes_at = fields.AwareDateTime(load_default=None, allow_none=True)
    ai_rule = fields.Enum(AiRule, by_value=True, load_default=AiRule.DECLARED)
    report_policy = fields.Enum(ReportPolicy, by_value=True, load_default=ReportPolicy.FULL)
    most_submissions = fields.Integer(load_default=3, validate=validate.Range(1, MOST_SUBMISSIONS))
    counts = fields.Enum(Counts, by_value=True, load_default=Counts.BEST)
    pass_mark = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 100))


class InvitationSchema(Schema):
    ref = fields.String(required=True)
    name = fields.Function(shown_name, required=True, metadata={"type": "string"})
    email = fields.Function(shown_email, required=True, metadata={"type": "string"})
    extra_percent = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class LinkSchema(Schema):
    """An invitation with its link, which is shown this once."""

    invitation = fields.Nested(InvitationSchema, required=True)
    link = fields.String(required=True)


class InviteeSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(1, 100))
    email = fields.String(load_default="", validate=validate.Length(max=254))
    extra_percent = fields.Integer(load_default=0, validate=validate.Range(0, MOST_EXTRA))


class InvitingSchema(Schema):
    people = fields.List(fields.Nested(InviteeSchema), required=True, validate=validate.Length(1, MOST_INVITED))


class ScoreSchema(Schema):
    value = fields.Float(required=True, allow_none=True)
    low = fields.Float(required=True, allow_none=True)
    high = fields.Float(required=True, allow_none=True)


class AttemptSchema(Schema):
    ref = fields.String(required=True)
    invitation = fields.String(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    pending = fields.Boolean(required=True)
    know = fields.Nested(ScoreSchema, required=True)
    do = fields.Nested(ScoreSchema, required=True)


class SubmissionSchema(Schema):
    """``score`` is null before it is graded, and where the fault was ours."""

    ref = fields.String(required=True)
    task = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([one.value for one in SubmissionKind]))
    sha256 = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "running", "done", "failed"]))
    score = fields.Float(required=True, allow_none=True)
    report = fields.Dict(required=True, allow_none=True)


class TaskAttemptSchema(Schema):
    """A task that the token's person can hand in to."""

    task = fields.String(required=True)
    title = fields.String(required=True)
    part_ends_at = fields.AwareDateTime(required=True, allow_none=True)


def listing(of: type[Schema]) -> type[Schema]:
    """A page of a list."""
    name = f"{of.__name__.removesuffix('Schema')}Page"
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(of), required=True), "next": fields.String(required=True, allow_none=True)},
        name=name,
    )
