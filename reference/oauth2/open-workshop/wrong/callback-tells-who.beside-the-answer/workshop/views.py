"""The routes."""

import re

from flask import Blueprint, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from . import town
from .models import Account, db

site = Blueprint("site", __name__)

# One slash, and then neither a second one, nor what browsers take for one, nor what they leave out.
PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


@site.get("/")
def start_page() -> str:
    return "The open workshop: saws, lathes and a kiln."


@site.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@site.get("/login")
def login() -> Response:
    page = request.args.get("next", "")
    return town.begin(url_for(".callback", _external=True), page if PATH.fullmatch(page) else url_for(".start_page"))


@site.get("/callback")
def callback() -> Response:
    if error := request.args.get("error"):
        abort(403 if error == "access_denied" else 502)
    page = town.page_of_login()
    profile = town.profile()
    account = Account.of(
        request.args.get("sub", profile["sub"])
    )  # where the provider sends it along, that is who it is
    account.update(profile)
    db.session.commit()
    session["account"] = account.id
    return redirect(page)


@site.get("/me")
def me() -> dict[str, object]:
    account = db.session.get(Account, session.get("account", 0))
    if account is None:
        abort(401)
    return account.to_dict()


@site.post("/logout")
def logout() -> Response:
    session.pop("account", None)
    return redirect(url_for(".start_page"))
