"""Accounts: an administrator's pages, and everyone's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from harness.services import accounts, audit
from harness.services.errors import Refused
from harness.store.models import Purpose, Role, User
from harness.web.auth import enter
from harness.web.person import account
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

people = Blueprint("people", __name__, url_prefix="/people")
ROLES = {
    Role.CANDIDATE: "candidate: practises",
    Role.INTERVIEWER: "interviewer: makes assessments, invites, reads reports",
    Role.GRADER: "grader: reads all reports, answers appeals and remarks",
    Role.ADMINISTRATOR: "administrator: everything, and accounts",
}


class NewAccountForm(FlaskForm):
    email = EmailField("E-mail", validators=[InputRequired(), Length(max=254)])
    name = StringField("Name", validators=[InputRequired(), Length(max=100)])
    role = SelectField("Role", choices=[SelectChoice(role.value, text) for role, text in ROLES.items()])


class OwnPasswordForm(FlaskForm):
    old = PasswordField("Password until now", validators=[InputRequired(), Length(max=accounts.LONGEST)])
    new = PasswordField("New password", validators=[InputRequired(), Length(max=accounts.LONGEST)])


@people.get("/")
def index() -> str:
    return render_template("people/index.html", all=accounts.all_accounts(), form=NewAccountForm(), roles=list(Role))


@people.post("/")
def add() -> Response | str | tuple[str, int]:
    form = NewAccountForm()
    if not form.validate_on_submit():
        return render_template("people/index.html", all=accounts.all_accounts(), form=form, roles=list(Role)), 422
    try:
        user = accounts.add_user(form.email.data or "", form.name.data or "", Role(form.role.data), account().id)
    except Refused as refusal:
        flash(str(refusal), "problem")
        return redirect(url_for("people.index"))
    return link_page(user)


@people.post("/<ref>")
def change(ref: str) -> Response | str:
    me, user = account(), accounts.find(ref)
    try:
        match request.form.get("do"):
            case "link":
                return link_page(user)
            case "disable":
                accounts.disable(user.id, me.id)
            case "enable":
                accounts.enable(user.id, me.id)
            case "role":
                role = request.form.get("role", "")
                accounts.change_role(user.id, Role(role) if role in list(Role) else user.role, me.id)
        flash(f"{user.name}: done.", "done")
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("people.index"))


def link_page(user: User) -> str:
    """Shows a new link for setting a password, this once."""
    token = accounts.new_link(Purpose.SET_PASSWORD, user)
    link = url_for("auth.one_time_link", token=token, _external=True)
    return render_template("people/link.html", user=user, link=link, days=accounts.LINK_LIFE.days)


@people.get("/log")
def log() -> str:
    return render_template("people/log.html", entries=audit.newest(request.args.get("before", type=int)))


@people.get("/me")
def me() -> str:
    return render_template("people/me.html", user=account(), form=OwnPasswordForm(), roles=ROLES)


@people.post("/me")
@limiter.limit("10 per minute")
def change_own() -> Response | tuple[str, int]:
    user, form = account(), OwnPasswordForm()
    if request.form.get("do") == "everywhere":
        accounts.end_sessions(user.id)
        return redirect(url_for("auth.login"))
    if not form.validate_on_submit():
        return render_template("people/me.html", user=user, form=form, roles=ROLES), 422
    try:
        enter(accounts.change_password(user.id, form.old.data or "", form.new.data or ""))
    except Refused as refusal:
        flash(str(refusal), "problem")
    else:
        flash("Your password is changed. Every other device is logged out.", "done")
    return redirect(url_for("people.me"))
