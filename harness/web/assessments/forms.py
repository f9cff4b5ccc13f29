"""What an interviewer fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from harness.bank.blueprint import NAMED
from harness.domain.content import Domain, Level, Pool
from harness.services import dealing, drawing
from harness.services.drafting import (
    LONGEST_TITLE,
    LONGEST_WELCOME,
    MOST_MINUTES,
    MOST_SUBMISSIONS,
    MOST_WEIGHT,
    Rules,
)
from harness.store.models import AiRule, Counts, ReportPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict

    from harness.bank.blueprint import Cell
    from harness.services.plans import Plan
    from harness.store.models import Assessment, Template

AI_RULES = {
    AiRule.FORBIDDEN: "forbidden",
    AiRule.ALLOWED: "allowed",
    AiRule.DECLARED: "allowed, and to be declared",
}
POLICIES = {
    ReportPolicy.FULL: "the full report with explanations",
    ReportPolicy.SCORES: "scores only",
    ReportPolicy.NONE: "nothing",
}
COUNTS = {Counts.BEST: "the best", Counts.LAST: "the last"}
MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]  # as browsers want it, and as they may send it


def choices(labels: Mapping[AiRule, str] | Mapping[ReportPolicy, str] | Mapping[Counts, str]) -> list[SelectChoice]:
    return [SelectChoice(one.value, text) for one, text in labels.items()]


class TitleForm(FlaskForm):
    """A new draft; without a template it is empty."""

    title = StringField("Title", validators=[InputRequired("Give it a title."), Length(max=LONGEST_TITLE)])
    template = SelectField("Begin with", validate_choice=False)

    def offer(self, shipped: Mapping[str, Plan], saved: Iterable[Template]) -> None:
        """These templates can be chosen."""
        own = [SelectChoice(one.ref, one.title) for one in saved]
        known = [SelectChoice(name, plan.title) for name, plan in shipped.items()]
        self.template.choices = [SelectChoice("", "an empty draft"), *own, *known]


class RulesForm(FlaskForm):
    """A draft's rules. Moments are in UTC."""

    title = StringField("Title", validators=[InputRequired("Give it a title."), Length(max=LONGEST_TITLE)])
    welcome = TextAreaField("Welcome", validators=[Length(max=LONGEST_WELCOME)])
    question_minutes = IntegerField(
        "Minutes for the questions", validators=[InputRequired("Give a number."), NumberRange(1, MOST_MINUTES)]
    )
    task_minutes = IntegerField(
        "Minutes for the tasks", validators=[InputRequired("Give a number."), NumberRange(1, MOST_MINUTES)]
    )
    opens_at = DateTimeLocalField("Opens (UTC)", format=MOMENT, validators=[Optional()])
    closes_at = DateTimeLocalField("Closes (UTC)", format=MOMENT, validators=[Optional()])
    ai_rule = SelectField("AI tools are", choices=choices(AI_RULES))
    report_policy = SelectField("Candidates get to read", choices=choices(POLICIES))
    most_submissions = IntegerField(
        "Submissions per task", validators=[InputRequired("Give a number."), NumberRange(1, MOST_SUBMISSIONS)]
    )
    counts = SelectField("Of a task's submissions counts", choices=choices(COUNTS))
    pass_mark = IntegerField("Pass mark", validators=[Optional(), NumberRange(0, 100)])
    know_share = IntegerField("A joint score, of which knowing is", validators=[Optional(), NumberRange(1, 99)])

    def validate_closes_at(self, closes: DateTimeLocalField) -> None:
        if self.opens_at.data and closes.data and self.opens_at.data >= closes.data:
            raise ValidationError("It closes before it opens.")

    def rules(self) -> Rules:
        return Rules(
            title=self.title.data or "",
            welcome=self.welcome.data or "",
            question_minutes=self.question_minutes.data,
            task_minutes=self.task_minutes.data,
            opens_at=in_utc(self.opens_at.data),
            closes_at=in_utc(self.closes_at.data),
            ai_rule=AiRule(self.ai_rule.data),
            report_policy=ReportPolicy(self.report_policy.data),
            most_submissions=self.most_submissions.data,
            counts=Counts(self.counts.data),
            pass_mark=self.pass_mark.data,
            know_share=self.know_share.data,
        )


class WindowForm(FlaskForm):
    closes_at = DateTimeLocalField("Closes (UTC)", format=MOMENT, validators=[Optional()])


class OwnEndForm(FlaskForm):
    closes_at = DateTimeLocalField("May start until (UTC)", format=MOMENT, validators=[Optional()])


def in_utc(value: datetime | None) -> datetime | None:
    return value and value.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What questions are wanted, as it was filled in; a table's fields are named domain:level.

    No topics or roots are all of them. ``wrong`` says what does not fit, by field.
    """

    texts: Mapping[str, str]
    pool: Pool
    topics: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    own_draw: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> str:
        """The blueprint that it makes, as ``harness.bank.blueprint`` reads it."""
        return ",".join(f"{name}={int(text)}" for name, text in self.texts.items() if int(text))


def all_cells() -> Iterable[Cell]:
    return ((domain, level) for domain in Domain for level in Level)


def numbers_of(draft: Assessment) -> Numbers:
    """What was drawn last."""
    blueprint = draft.blueprint
    return Numbers(
        {cell: str(count) for cell, count in dealing.question_numbers(draft).items()},
        pool_of(blueprint.get("pool")),
        tuple(blueprint.get("topics", [])),
        tuple(blueprint.get("roots", [])),
        draft.own_draw,
    )


def numbers_sent(sent: MultiDict[str, str]) -> Numbers:
    """What a person filled in, with what does not fit."""
    pool, topics, roots = pool_of(sent.get("pool")), tuple(sent.getlist("topic")), tuple(sent.getlist("root"))
    available = drawing.available([pool], topics, roots)
    if (name := sent.get("mixture")) in NAMED:
        cells = NAMED[name].cells
        texts = {f"{domain}:{level}": str(cells.get((domain, level), 0)) for domain, level in all_cells()}
    else:
        texts = {f"{domain}:{level}": sent.get(f"{domain}:{level}", "").strip() or "0" for domain, level in all_cells()}
    wrong = {}
    for domain, level in all_cells():
        key, there = f"{domain}:{level}", available[domain, level]
        if not (texts[key].isascii() and texts[key].isdecimal()):
            wrong[key] = "no number"
        elif len(texts[key]) > 4 or int(texts[key]) > there:
            wrong[key] = f"only {there}"
    return Numbers(texts, pool, topics, roots, sent.get("draw") == "own", wrong)


def pool_of(text: str | None) -> Pool:
    return Pool(text) if text in list(Pool) else Pool.PRACTICE


def weights_sent(sent: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Weights by digest, and those that are none, as they were written."""
    texts = {name.removeprefix("weight-"): text.strip() for name, text in sent.items() if name.startswith("weight-")}
    fitting = {
        digest: int(text)
        for digest, text in texts.items()
        if text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MOST_WEIGHT
    }
    return fitting, {digest: text for digest, text in texts.items() if digest not in fitting}
