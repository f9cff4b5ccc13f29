"""Accounts, as administrators look after them, and the log of who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from harness.services import accounts, audit
from harness.services.errors import Refused
from harness.store.models import Purpose, Role, User
from harness.web.outside import outside
from harness.web.person import account

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

people = Blueprint("people", __name__, url_prefix="/people")
ROLES = {
    Role.CANDIDATE: "candidate: practises",
    Role.INTERVIEWER: "interviewer: makes assessments, invites, reads reports",
    Role.GRADER: "grader: reads all reports, answers appeals and remarks",
    Role.ADMINISTRATOR: "administrator: everything, and accounts",
}
PAGE = 50
FURTHEST = 1_000_000


class NewAccountForm(FlaskForm):
    email = EmailField("E-mail", validators=[InputRequired("Give an address."), Length(max=254)])
    name = StringField("Name", validators=[InputRequired("Give a name."), Length(max=accounts.LONGEST_NAME)])
    role = SelectField("Role", choices=[SelectChoice(role.value, text) for role, text in ROLES.items()])


@people.get("/")
def index() -> str:
    return index_page(NewAccountForm())


def index_page(form: NewAccountForm) -> str:
    text = request.args.get("q", "").strip()
    after = max(0, min(request.args.get("after", default=0, type=int), FURTHEST))
    found = accounts.find_accounts(text, after, PAGE + 1)
    return render_template(
        "people/index.html",
        accounts=found[:PAGE],
        more=len(found) > PAGE,
        after=after,
        page=PAGE,
        text=text,
        form=form,
        roles=list(Role),
        me=account(),
    )


@people.post("/")
def add() -> Response | str | tuple[str, int]:
    form, me = NewAccountForm(), account()
    if not form.validate_on_submit():
        return index_page(form), 422
    try:
        user = accounts.add_user(form.email.data or "", form.name.data or "", Role(form.role.data), me.id)
    except Refused as refusal:
        form.email.errors = [str(refusal)]
        return index_page(form), 422
    return link_page(user, me)


@people.post("/<ref>")
def change(ref: str) -> Response | str:
    me, user = account(), accounts.find(ref)
    name = user.name
    try:
        match request.form.get("do"):
            case "link":
                return link_page(user, me)
            case "disable":
                accounts.disable(user.id, me.id)
                flash(f"{name} can't log in any more, and is logged out everywhere.", "done")
            case "enable":
                accounts.enable(user.id, me.id)
                flash(f"{name} can log in again.", "done")
            case "role" if (role := request.form.get("role", "")) in list(Role):
                accounts.change_role(user.id, Role(role), me.id)
                flash(f"{name} is {ROLES[Role(role)].partition(':')[0]} now.", "done")
    except Refused as refusal:
        flash(str(refusal), "problem")
    return redirect(url_for("people.index", _anchor=ref))


def link_page(user: User, me: User) -> str:
    """Shows a new link for setting a password, this once."""
    token = accounts.new_link(Purpose.SET_PASSWORD, user, me.id)
    link = outside("auth.one_time_link", token=token)
    return render_template("people/link.html", user=user, link=link, days=accounts.LINK_LIFE.days)


@people.get("/log")
def log() -> str:
    entries = audit.newest(request.args.get("before", type=int), PAGE + 1)
    return render_template(
        "people/log.html",
        entries=entries[:PAGE],
        more=len(entries) > PAGE,
        begun="before" not in request.args,
    )
