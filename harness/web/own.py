"""One's own account: the name, the password, and every device that is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from harness.services import accounts, api_tokens, hooks
from harness.services.api_tokens import Scope
from harness.services.errors import Refused
from harness.services.hooks import HookEvent
from harness.web.auth import enter
from harness.web.people import ROLES
from harness.web.person import account
from harness.web.security import by_account, limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from harness.store.models import Webhook

own = Blueprint("own", __name__, url_prefix="/account")

SCOPES = {
    Scope.READ_ASSESSMENTS: "read assessments and who is invited",
    Scope.WRITE_ASSESSMENTS: "make, publish and close assessments",
    Scope.INVITE: "invite people, withdraw links, give more time",
    Scope.READ_REPORTS: "read reports and submissions",
    Scope.WEBHOOKS: "list, make and delete webhooks",
    Scope.SUBMIT: "hand in to tasks of practice",
}
EVENTS = {
    HookEvent.STARTED: "somebody starts",
    HookEvent.ENDED: "somebody has ended every part",
    HookEvent.GRADED: "a submission is graded",
    HookEvent.REGRADED: "a regrade has changed what counts",
    HookEvent.DECIDED: "something is decided about a person",
}


class NameForm(FlaskForm):
    name = StringField("Name", validators=[InputRequired("Give a name."), Length(max=accounts.LONGEST_NAME)])


class OwnPasswordForm(FlaskForm):
    old = PasswordField("Password until now", validators=[InputRequired(), Length(max=accounts.LONGEST)])
    new = PasswordField("New password", validators=[InputRequired(), Length(max=accounts.LONGEST)])


@own.get("/")
def show() -> str:
    return page(account().name)


def page(name: str, name_form: NameForm | None = None, password_form: OwnPasswordForm | None = None) -> str:
    user = account()
    return render_template(
        "own.html",
        user=user,
        role=ROLES[user.role],
        name_form=name_form or NameForm(formdata=None, name=name),
        password_form=password_form or OwnPasswordForm(formdata=None),
    )


@own.post("/name")
def rename() -> Response | tuple[str, int]:
    user, form = account(), NameForm()
    if not form.validate_on_submit():
        return page(user.name, name_form=form), 422
    try:
        accounts.rename(user.id, form.name.data or "")
    except Refused as refusal:
        form.name.errors = [str(refusal)]
        return page(user.name, name_form=form), 422
    flash("Your name is changed.", "done")
    return redirect(url_for("own.show"))


@own.post("/password")
@limiter.limit("10 per minute", key_func=by_account)
def change_password() -> Response | tuple[str, int]:
    user, form = account(), OwnPasswordForm()
    if not form.validate_on_submit():
        return page(user.name, password_form=form), 422
    try:
        changed = accounts.change_password(user.id, form.old.data or "", form.new.data or "")
    except Refused as refusal:
        (form.old if refusal.why is refusal.why.FORBIDDEN else form.new).errors = [str(refusal)]
        return page(user.name, password_form=form), 422
    enter(changed)
    flash("Your password is changed. Every other device is logged out.", "done")
    return redirect(url_for("own.show"))


@own.post("/log-out")
def log_out_everywhere() -> Response:
    """Ends every session of the account, this one with them."""
    accounts.end_sessions(account().id)
    flash("You are logged out everywhere.", "done")
    return redirect(url_for("auth.login"))


@own.get("/tokens")
def tokens() -> str:
    return tokens_page()


def tokens_page(made: str = "", wrong: str = "") -> str:
    user = account()
    return render_template(
        "tokens.html",
        made=made,
        wrong=wrong,
        tokens=api_tokens.of_user(user.id),
        scopes=[(one, SCOPES[one]) for one in api_tokens.scopes_for(user)],
        kept=request.form,
    )


@own.post("/tokens")
@limiter.limit("10 per minute", key_func=by_account)
def make_token() -> str | tuple[str, int]:
    """Shows the token in this one answer: nobody can look it up later."""
    form = request.form
    try:
        days = form.get("days", default=0, type=int)
        made = api_tokens.create(account(), form.get("name", ""), form.getlist("scope"), days)
    except Refused as refusal:
        return tokens_page(wrong=str(refusal)), 422
    return tokens_page(made)


@own.post("/tokens/<ref>/revoke")
def revoke_token(ref: str) -> Response:
    api_tokens.revoke(account().id, ref)
    flash("The token works no more.", "done")
    return redirect(url_for("own.tokens"))


@own.get("/webhooks")
def webhooks() -> str:
    return webhooks_page()


def webhooks_page(made: Webhook | None = None, wrong: str = "") -> str:
    user = account()
    return render_template(
        "webhooks.html",
        made=made,
        wrong=wrong,
        hooks=hooks.of_user(user.id),
        deliveries=hooks.deliveries(user.id),
        events=[(one, EVENTS[one]) for one in HookEvent],
        kept=request.form,
    )


@own.post("/webhooks")
@limiter.limit("10 per minute", key_func=by_account)
def make_webhook() -> str | tuple[str, int]:
    """Shows the secret in this one answer."""
    try:
        made = hooks.create(account(), request.form.get("url", ""), request.form.getlist("event"))
    except Refused as refusal:
        return webhooks_page(wrong=str(refusal)), 422
    return webhooks_page(made)


@own.post("/webhooks/<ref>/delete")
def delete_webhook(ref: str) -> Response:
    hooks.delete(account().id, ref)
    flash("It is told nothing any more.", "done")
    return redirect(url_for("own.webhooks"))


@own.post("/webhooks/messages/<ref>/again")
def send_again(ref: str) -> Response:
    hooks.send_again(account().id, ref)
    flash("It is sent again within a few seconds.", "done")
    return redirect(url_for("own.webhooks"))
