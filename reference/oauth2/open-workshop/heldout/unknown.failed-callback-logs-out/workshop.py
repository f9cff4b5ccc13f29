"""The site of an open workshop, whose visitors log in with the account that they have with the town."""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import requests
from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

ABANDONED = timedelta(days=7)  # logins that nobody ended by then are forgotten
PROVIDER_TIMEOUT = 10  # seconds


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Account(db.Model):
    """Somebody who has logged in: ``sub`` says who, the rest is what the provider said at the last login."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sub: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    email_verified: Mapped[bool] = mapped_column(default=False)


class PendingLogin(db.Model):
    """A login under way. The row goes with the login that it leads to, so that a state is good only once."""

    state: Mapped[str] = mapped_column(primary_key=True)
    browser: Mapped[str]  # the secret in this login's cookie, which only the browser that began it has
    verifier: Mapped[str]
    redirect_uri: Mapped[str]
    next: Mapped[str]
    began: Mapped[datetime] = mapped_column(index=True)


class ProviderError(Exception):
    """The provider does not answer as it should."""


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Makes an app; ``config`` overrides the defaults. There is no default key: it has to be configured."""
    app = Flask(__name__)
    app.config.from_mapping(
        SQLALCHEMY_DATABASE_URI="sqlite:///workshop.db",
        PROVIDER_URL="https://id.town.example",
        CLIENT_ID="workshop",
        CLIENT_SECRET="",
        MEMBERS=[],
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_mapping(config or {})
    db.init_app(app)
    with app.app_context():
        create_tables()

    @app.get("/")
    def start_page() -> str:
        return "The open workshop: saws, lathes and a kiln."

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/login")
    def login() -> Response:
        pending = PendingLogin(
            state=secrets.token_urlsafe(32),
            browser=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            redirect_uri=url_for("callback", _external=True),
            next=safe_next(request.args.get("next", "")),
            began=now(),
        )
        query = {
            "response_type": "code",
            "client_id": app.config["CLIENT_ID"],
            "redirect_uri": pending.redirect_uri,
            "scope": "openid profile email",
            "state": pending.state,
            "code_challenge": challenge(pending.verifier),
            "code_challenge_method": "S256",
        }
        response = redirect(f"{app.config['PROVIDER_URL']}/authorize?{urlencode(query)}")
        # A cookie for each login, so that tabs never overwrite what another one has set.
        response.set_cookie(
            cookie_name(pending.state),
            pending.browser,
            path=url_for("callback"),
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        db.session.execute(delete(PendingLogin).where(PendingLogin.began < now() - ABANDONED))
        db.session.add(pending)
        db.session.commit()
        return response

    @app.get("/callback")
    def callback() -> Response:
        session.clear()  # whoever logs in anew is nobody until it has worked
        state = request.args.get("state", "")
        pending = db.session.get(PendingLogin, state)
        browser = request.cookies.get(cookie_name(state), "")
        if pending is None or not secrets.compare_digest(browser.encode(), pending.browser.encode()):
            abort(400, "this login was not begun here, or is over")
        if "error" in request.args:
            abort(403 if request.args["error"] == "access_denied" else 502)
        code, verifier, redirect_uri, target = (
            request.args.get("code", ""),
            pending.verifier,
            pending.redirect_uri,
            pending.next,
        )
        db.session.rollback()  # no transaction stays open while the provider is asked
        try:
            person = fetch_person(code, verifier, redirect_uri)
        except ProviderError as error:
            app.logger.warning("login failed: %s", error)
            abort(502)
        account_id = finish(state, person)
        if account_id is None:
            abort(400, "this login is over")
        session["account"] = account_id
        response = redirect(target or url_for("start_page"))
        response.delete_cookie(cookie_name(state), path=url_for("callback"))
        return response

    @app.get("/me")
    def me() -> dict[str, Any]:
        account = db.session.get(Account, session["account"]) if "account" in session else None
        if account is None:
            abort(401)
        return {
            "id": account.id,
            "name": account.name,
            "email": account.email,
            "member": account.email_verified and account.email in app.config["MEMBERS"],
        }

    @app.post("/logout")
    def logout() -> Response:
        session.clear()
        return redirect(url_for("start_page"))

    return app


def create_tables() -> None:
    """Makes the missing tables; another process may be doing just that."""
    try:
        db.create_all()
    except (IntegrityError, OperationalError, ProgrammingError):
        db.create_all()


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def challenge(verifier: str) -> str:
    """RFC 7636, section 4.2: S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def cookie_name(state: str) -> str:
    return f"login_{state[:12]}"


def safe_next(address: str) -> str:
    """``address`` if it is a path of this site, else nothing.

    Browsers take ``//`` and ``/\\`` for the beginning of another host, and leave out tabs and line breaks.
    """
    return address if re.fullmatch(r"/(?!/)[^\\\s\x00-\x1f\x7f]*", address) else ""


def fetch_person(code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
    """Exchanges the code for an access token and asks who it is for."""
    config = current_app.config
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
        "client_id": config["CLIENT_ID"],
        "client_secret": config["CLIENT_SECRET"],
    }
    issued = ask("POST", f"{config['PROVIDER_URL']}/token", data=form)
    token = issued.get("access_token")
    if not isinstance(token, str) or not token:
        raise ProviderError("no access token")
    person = ask("GET", f"{config['PROVIDER_URL']}/userinfo", headers={"Authorization": f"Bearer {token}"})
    if not isinstance(person.get("sub"), str) or not person["sub"]:
        raise ProviderError("no sub")
    return person


def ask(method: str, address: str, **kwargs: Any) -> dict[str, Any]:
    """The JSON object that the provider answers with."""
    try:
        response = requests.request(method, address, timeout=PROVIDER_TIMEOUT, allow_redirects=False, **kwargs)
        if response.status_code != 200:
            raise ProviderError(f"{address} answered {response.status_code}")
        content = response.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderError(f"{address}: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise ProviderError(f"{address} answered no JSON object")
    return content


def finish(state: str, person: dict[str, Any]) -> int | None:
    """Uses the state up and gives the person's account; None if the state has led to a login meanwhile."""
    try:
        return use_up(state, person)
    except IntegrityError:  # the account was made by another login at the same moment: now it is there
        db.session.rollback()
        return use_up(state, person)


def use_up(state: str, person: dict[str, Any]) -> int | None:
    if not db.session.execute(delete(PendingLogin).where(PendingLogin.state == state)).rowcount:
        db.session.rollback()
        return None
    account = db.session.scalar(select(Account).where(Account.sub == person["sub"]))
    if account is None:
        account = Account(sub=person["sub"])
        db.session.add(account)
    account.name = text_or_none(person.get("name"))
    account.email = text_or_none(person.get("email"))
    account.email_verified = person.get("email_verified") is True
    db.session.commit()
    return account.id


def text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
