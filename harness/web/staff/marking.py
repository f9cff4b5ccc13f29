"""What graders write on a submission's page: comments, and decisions about verdicts and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for

from harness.domain.verdicts import Outcome
from harness.services import comments, overruling, phrases
from harness.services.errors import Refused, Why
from harness.store.models import Part
from harness.web.grading_pages.wanted import in_queue, page_of
from harness.web.person import account
from harness.web.staff import reports_of
from harness.web.staff.forms import Form
from harness.web.staff.reading import found, report_page
from harness.web.staff.submission import place_in, submission_page, try_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.services.reporting import Try
    from harness.store.models import Attempt


def back(one: Try, anchor: str) -> Response:
    """To the page again, at the place where something was written, and in the same queue."""
    return redirect(page_of(one.submission, {**in_queue(), "_anchor": anchor}))


@reports_of.post("/submissions/<submission_ref>/comments")
def comment(ref: str, attempt_ref: str, submission_ref: str) -> Response | str | tuple[str, int]:
    """A new comment; with ``use`` only a text from the library, put into the form."""
    assessment, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    place = place_in(one.submission, request.form)
    text = request.form.get("text", "")
    if "use" in request.form:
        return submission_page(assessment, attempt, submission_ref, Form(place, text=with_phrase(text)))
    try:
        made = comments.write(one.submission.id, account(), place, text, publish="publish" in request.form)
        if "keep" in request.form:
            phrases.keep(account(), text, shared=False)
    except Refused as refusal:
        return submission_page(assessment, attempt, submission_ref, Form(place, text=text, wrong=str(refusal))), 422
    return back(one, f"comment-{made.ref}")


def with_phrase(text: str) -> str:
    """What was written, and the comment to use again that was chosen below it."""
    chosen = phrases.find(request.form["use"], account())
    return f"{text.rstrip()}\n{chosen.text}" if text.strip() else chosen.text


@reports_of.post("/submissions/<submission_ref>/comments/<comment_ref>")
def change_comment(
    ref: str, attempt_ref: str, submission_ref: str, comment_ref: str
) -> Response | str | tuple[str, int]:
    assessment, attempt = found(ref, attempt_ref)
    one, text = try_of(attempt, submission_ref), request.form.get("text", "")
    if "use" in request.form:
        return submission_page(assessment, attempt, submission_ref, Form(ref=comment_ref, text=with_phrase(text)))
    try:
        comments.change(comment_ref, account(), text, publish="publish" in request.form)
    except Refused as refusal:
        if refusal.why is not Why.INVALID:
            raise
        return submission_page(
            assessment, attempt, submission_ref, Form(ref=comment_ref, text=text, wrong=str(refusal))
        ), 422
    return back(one, f"comment-{comment_ref}")


@reports_of.post("/submissions/<submission_ref>/comments/<comment_ref>/remove")
def remove_comment(ref: str, attempt_ref: str, submission_ref: str, comment_ref: str) -> Response:
    _, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    comments.remove(comment_ref, account())
    flash("The comment is removed.", "done")
    return back(one, "files")


@reports_of.post("/submissions/<submission_ref>/comments/publish")
def publish_comments(ref: str, attempt_ref: str, submission_ref: str) -> Response:
    _, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    count = comments.publish([one.submission.id], account())
    flash(f"{count} {'comment is' if count == 1 else 'comments are'} published.", "done")
    return back(one, "files")


@reports_of.post("/submissions/<submission_ref>/checks/decide")
def decide_check(ref: str, attempt_ref: str, submission_ref: str) -> Response | tuple[str, int]:
    """How a check counts from now on."""
    assessment, attempt = found(ref, attempt_ref)
    one = try_of(attempt, submission_ref)
    check, reason = request.form.get("check", ""), request.form.get("reason", "")
    outcome = outcome_of(request.form.get("outcome", ""))
    try:
        overruling.about_check(one.submission.id, check, outcome, reason, account(), request.form.get("seen", ""))
    except Refused as refusal:
        form = Form(check=check, text=reason, wrong=str(refusal), outcome=outcome.value)
        return submission_page(assessment, attempt, submission_ref, form), 422
    flash(f"Decided: the check counts as {overruling.WORDS[outcome]}. The candidate reads your reason.", "done")
    return back(one, f"check-{check}")


def outcome_of(said: str) -> Outcome:
    """The outcome of this name; 422 where there is none."""
    return Outcome(said) if said in list(Outcome) else abort(422)


@reports_of.post("/decisions/<decision_ref>/withdraw")
def withdraw(ref: str, attempt_ref: str, decision_ref: str) -> Response:
    """Takes a decision back, and shows what counts now."""
    _, attempt = found(ref, attempt_ref)
    submissions = {one.id: one for item in attempt.items for one in item.submissions}
    made = overruling.history(list(submissions), [item.id for item in attempt.items])
    about = next((one for one in made if one.ref == decision_ref), None) or abort(404)
    check, submission = about.check, submissions.get(about.submission_id or 0)
    try:
        overruling.withdraw(decision_ref, account())
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Withdrawn: what stood before counts again. The log keeps both.", "done")
    if submission is None:
        return redirect(url_for("reports_of.show", ref=ref, attempt_ref=attempt_ref, _anchor="questions"))
    return redirect(page_of(submission, {**in_queue(), "_anchor": f"check-{check}"}))


@reports_of.post("/questions/<int:number>/decide")
def decide_question(ref: str, attempt_ref: str, number: int) -> Response | tuple[str, int]:
    """How an answer counts from now on."""
    assessment, attempt = found(ref, attempt_ref)
    item = question(attempt, number)
    outcome = outcome_of(request.form.get("outcome", ""))
    reason, seen = request.form.get("reason", ""), request.form.get("seen", "")
    try:
        overruling.about_question(item, outcome, reason, account(), seen)
    except Refused as refusal:
        form = Form(number=number, text=reason, wrong=str(refusal), outcome=outcome.value)
        return report_page(assessment, attempt, form), 422
    flash("Decided. The candidate reads your reason.", "done")
    return redirect(url_for("reports_of.show", ref=ref, attempt_ref=attempt_ref, _anchor=f"question-{number}"))


def question(attempt: Attempt, number: int) -> int:
    """The id of the attempt's question of this number; 404 where there is none."""
    questions = [one.id for one in attempt.items if one.part is Part.QUESTIONS]
    return questions[number - 1] if 0 < number <= len(questions) else abort(404)
