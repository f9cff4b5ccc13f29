"""Logging in and out, and the one-time links by which an account gets its password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import EmailField, Field, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from harness.services import accounts
from harness.services.errors import Refused
from harness.store.base import db
from harness.store.models import Purpose, Role, User
from harness.web.security import limiter

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

auth = Blueprint("auth", __name__)
login_manager = LoginManager()


class Login(UserMixin):
    """The person of a session. Its id ends with every session of the account when a password changes."""

    def __init__(self, user: User) -> None:
        self.user_id = user.id
        self.name = user.name
        self.role: Role = user.role
        self.token = f"{user.id}:{user.sessions}"

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader
def load(token: str) -> Login | None:
    number, _, sessions = token.partition(":")
    if not number.isdecimal():
        return None
    user = db.session.scalar(
        select(User).where(User.id == int(number), User.sessions == sessions, User.disabled_at.is_(None))
    )
    return Login(user) if user else None


class LoginForm(FlaskForm):
    email = EmailField("E-mail", validators=[InputRequired(), Length(max=254)])
    password = PasswordField("Password", validators=[InputRequired(), Length(max=accounts.LONGEST)])


def fits(check: Callable[[str], object]) -> Callable[[FlaskForm, Field], None]:
    """A validator out of what a service asks of a text: why it is refused stands at the field."""

    def validate(form: FlaskForm, field: Field) -> None:
        try:
            check(field.data or "")
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    return validate


class RegisterForm(FlaskForm):
    email = EmailField("E-mail", validators=[InputRequired("Give an address."), fits(accounts.normal_email)])
    name = StringField("Name", validators=[InputRequired("Give a name."), fits(accounts.account_name)])
    password = PasswordField("Password", validators=[InputRequired("Give a password."), fits(accounts.check_password)])


class PasswordForm(FlaskForm):
    email = EmailField("E-mail")
    name = StringField("Name")
    password = PasswordField("Password", validators=[InputRequired("Give a password."), fits(accounts.check_password)])


@auth.route("/login", methods=["GET", "POST"])
@limiter.limit("10 per minute", methods=["POST"])
def login() -> Response | str | tuple[str, int]:
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("auth/login.html", form=form)
    try:
        user = accounts.log_in(form.email.data or "", form.password.data or "")
    except Refused as refusal:
        flash(str(refusal), "problem")
        return render_template("auth/login.html", form=form), 403
    enter(user)
    return redirect(own_page(request.args.get("next", "")))


@auth.route("/register", methods=["GET", "POST"])
@limiter.limit("5 per minute; 30 per day", methods=["POST"])
def register() -> Response | str | tuple[str, int]:
    """Anyone makes an account that practises, where the settings open this; elsewhere there is no such page."""
    if not current_app.config["OPEN_REGISTRATION"]:
        abort(404)
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            user = accounts.register(form.email.data or "", form.name.data or "", form.password.data or "")
        except Refused as refusal:
            form.email.errors = [str(refusal)]  # all else was looked at: the address is taken
        else:
            enter(user)
            return redirect(url_for("home.index"))
    shown = render_template("auth/register.html", form=form)
    return (shown, 422) if request.method == "POST" else shown


@auth.post("/logout")
def logout() -> Response:
    logout_user()
    session.clear()
    return redirect(url_for("auth.login"))


@auth.route("/link/<token>", methods=["GET", "POST"])
@limiter.limit("20 per minute")
def one_time_link(token: str) -> Response | str | tuple[str, int]:
    try:
        link = accounts.look_at_link(token)
    except Refused as refusal:
        return render_template("problem.html", title="This link can't be used", text=str(refusal)), 404
    form = PasswordForm()
    first = link.purpose is Purpose.FIRST_ADMINISTRATOR
    if form.validate_on_submit():
        try:
            user = accounts.use_link(token, form.password.data or "", form.email.data or "", form.name.data or "")
        except Refused as refusal:
            flash(str(refusal), "problem")
        else:
            enter(user)
            return redirect(url_for("home.index"))
    return render_template("auth/link.html", form=form, first=first)


def enter(user: User) -> None:
    """Logs in, with a session that holds nothing from before."""
    session.clear()
    login_user(Login(user))
    session.permanent = True


def own_page(address: str) -> str:
    """``address`` if it is a path of ours, otherwise the first page."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if plain and not parts.scheme and not parts.netloc else url_for("home.index")
