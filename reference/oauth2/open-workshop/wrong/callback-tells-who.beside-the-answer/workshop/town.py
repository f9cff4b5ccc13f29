"""The town's provider: where a login begins, and who has come back from there."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, abort, current_app, redirect, request, session
from requests import RequestException
from werkzeug.wrappers import Response

TIMEOUT = 5  # seconds, for each answer of the provider


def init_app(app: Flask) -> None:
    url = app.config["PROVIDER_URL"]
    OAuth(app).register(
        "town",
        client_id=app.config["CLIENT_ID"],
        client_secret=app.config["CLIENT_SECRET"],
        authorize_url=f"{url}/authorize",
        access_token_url=f"{url}/token",
        userinfo_endpoint=f"{url}/userinfo",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )


def client() -> FlaskOAuth2App:
    """The client of the current app: each app that the factory makes has its own."""
    return current_app.extensions["authlib.integrations.flask_client"].town


def begin(callback: str, page: str) -> Response:
    """Sends the browser to the provider. What the callback will need is kept in the session, under its state."""
    login = client().create_authorization_url(callback)
    client().save_authorize_data(redirect_uri=callback, page=page, **login)
    return redirect(login["url"])


def page_of_login() -> str:
    """Where the login leads that the current callback belongs to. Authlib forgets it with the exchange."""
    login = client().framework.get_state_data(session, request.args.get("state"))
    if login is None:
        abort(400, "This login was not begun in this browser, or it is over")
    return login["page"]


def profile() -> dict[str, Any]:
    """What the provider says of the person whose code the current callback brings."""
    try:
        token = client().authorize_access_token()
        if not token.get("access_token"):
            abort(502, "The town has given no token")
        found = client().userinfo(token=token)
    except (AuthlibBaseError, RequestException, ValueError, TypeError):
        abort(502, "The town has not answered as it should")
    if not isinstance(found.get("sub"), str) or not found["sub"]:
        abort(502, "The town has not said who it is")
    return found
