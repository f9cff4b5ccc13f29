"""What an interviewer fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from harness.domain.content import Domain, Level, Pool
from harness.services.assessments import MOST_MINUTES, Invitee, Rules
from harness.services.errors import Refused, Why
from harness.store.models import AiRule, Counts, ReportPolicy

if TYPE_CHECKING:
    from harness.store.models import Assessment

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


class TitleForm(FlaskForm):
    title = StringField("Title", validators=[InputRequired(), Length(max=200)])


class RulesForm(FlaskForm):
    """A draft's rules. Moments are in UTC."""

    title = StringField("Title", validators=[InputRequired(), Length(max=200)])
    welcome = TextAreaField("Welcome (Markdown)", validators=[Length(max=20_000)])
    question_minutes = IntegerField(
        "Minutes for the questions", validators=[InputRequired(), NumberRange(1, MOST_MINUTES)]
    )
    task_minutes = IntegerField("Minutes for the tasks", validators=[InputRequired(), NumberRange(1, MOST_MINUTES)])
    opens_at = DateTimeLocalField("Opens (UTC)", validators=[Optional()])
    closes_at = DateTimeLocalField("Closes: nobody can start after it (UTC)", validators=[Optional()])
    ai_rule = SelectField("AI tools are", choices=[SelectChoice(one.value, text) for one, text in AI_RULES.items()])
    report_policy = SelectField(
        "Candidates get to read", choices=[SelectChoice(one.value, text) for one, text in POLICIES.items()]
    )
    most_submissions = IntegerField("Submissions per task", validators=[InputRequired(), NumberRange(1, 100)])
    counts = SelectField(
        "Of a task's submissions counts", choices=[SelectChoice(one.value, text) for one, text in COUNTS.items()]
    )
    pass_mark = IntegerField("Pass mark, of 100, for each part", validators=[Optional(), NumberRange(0, 100)])

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
        )


class WindowForm(FlaskForm):
    closes_at = DateTimeLocalField("Closes (UTC); empty for never", validators=[Optional()])


def in_utc(value: datetime | None) -> datetime | None:
    return value and value.replace(tzinfo=UTC)


def cells_of(sent: Mapping[str, str]) -> str:
    """The blueprint that a table of numbers makes: fields are named domain:level. Raises Refused."""
    cells = []
    for domain in Domain:
        for level in Level:
            text = sent.get(f"{domain}:{level}", "").strip() or "0"
            if not text.isdecimal() or int(text) > 100:
                raise Refused(Why.INVALID, f"{domain}, {level}: give a number from 0 to 100.")
            if int(text):
                cells.append(f"{domain}:{level}={int(text)}")
    return ",".join(cells)


def numbers_of(assessment: Assessment) -> dict[str, str]:
    """The same, the other way round: what the table shows."""
    cells = str(assessment.blueprint.get("cells", "")).split(",")
    return dict(cell.split("=") for cell in cells if "=" in cell)


def pool_of(text: str | None) -> Pool:
    return Pool(text) if text in list(Pool) else Pool.PRACTICE


def people_of(text: str) -> list[Invitee]:
    """One person a line: name, e-mail, more time in percent; the last two may lack. Raises Refused."""
    people = []
    for number, row in enumerate(csv.reader(io.StringIO(text.strip())), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() == "name"):
            continue
        name, email, extra = [*cells, "", "", ""][:3]
        extra = extra.rstrip("% ") or "0"
        if len(cells) > 3 or not extra.isdecimal():
            raise Refused(Why.INVALID, f"Line {number}: write name, e-mail, and more time in percent, such as 25.")
        people.append(Invitee(name, email, int(extra)))
    return people
