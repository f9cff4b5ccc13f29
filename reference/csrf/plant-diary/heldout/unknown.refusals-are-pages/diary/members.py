"""Logging in and out, and the profile."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.security import check_password_hash, generate_password_hash

from diary.models import Member, db

HASH_METHOD = "pbkdf2:sha256:1000"  # quick, for demonstration accounts: real ones keep the default
members = Blueprint("members", __name__)


def add_members(passwords: Mapping[str, str]) -> None:
    """Makes an account for each name that has none yet."""
    for name, password in passwords.items():
        if find_member(name) is None:
            db.session.add(Member(name=name, password_hash=generate_password_hash(password, HASH_METHOD)))
    db.session.commit()


def find_member(name: str) -> Member | None:
    """The member of that name, if there is one."""
    return db.session.scalar(select(Member).where(Member.name == name))


def current_member() -> Member:
    """Who is logged in. Anybody else is sent to the login page, or told so with 401 by the JSON routes."""
    member_id = session.get("member_id")
    member = db.session.get(Member, member_id) if member_id is not None else None
    if member is None:
        abort(401 if request.path.startswith("/api/") else redirect(url_for("members.login")))
    return member


@members.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The login page; a POST logs in."""
    if request.method == "GET":
        return render_template("login.html", failed=False)
    member = find_member(request.form["name"])
    if member is None or not check_password_hash(member.password_hash, request.form["password"]):
        return render_template("login.html", failed=True), 401
    session.clear()
    session["member_id"] = member.id
    return redirect(url_for("plants.show"))


@members.post("/logout")
def logout() -> ResponseReturnValue:
    """Logs out."""
    session.clear()
    return redirect(url_for("members.login"))


@members.get("/profile")
def profile() -> ResponseReturnValue:
    """The page with the member's e-mail address."""
    return render_template("profile.html", member=current_member())


@members.post("/profile")
def change_profile() -> ResponseReturnValue:
    """Changes the e-mail address."""
    member = current_member()
    member.email = request.form["email"]
    db.session.commit()
    return redirect(url_for("members.profile"))
