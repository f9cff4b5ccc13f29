"""An OAuth 2.0 provider for tests: the authorization code flow with PKCE, one client, and a user who always consents.

It keeps what it was asked, and a test may tell it, on a port of its own that no submission reaches, who is at the
browser and how to misbehave. RFC 6749 (the flow), RFC 7636 (PKCE), RFC 9207 (the issuer in the answer).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

HOST = "127.0.0.1"
CLIENT_ID = "assay-client"
CLIENT_SECRET = "assay-client-secret"  # noqa: S105 - a made-up client of a made-up provider
USER = {"sub": "user-1", "name": "Ada Example", "email": "ada@example.com", "email_verified": True}


@dataclass
class Settings:
    """What a test may change. ``misbehave`` names one thing that goes wrong."""

    user: dict[str, Any] = field(default_factory=lambda: dict(USER))
    scopes: str = "openid profile email"
    lifetime: int = 3600  # of an access token, in seconds
    refresh: bool = True  # whether there are refresh tokens
    misbehave: str = ""  # deny, token-500, token-html, token-without-token, userinfo-401, userinfo-500, userinfo-html


class Provider:
    """The provider's state and its two WSGI apps: ``public`` and ``control``."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.settings = Settings()
        self.codes: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}  # what was asked for, and who agreed
        self.tokens: dict[str, tuple[float, dict[str, Any], str]] = {}  # expiry, user, scopes
        self.refresh_tokens: dict[str, dict[str, Any]] = {}
        self.log: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._public = Map(
            [
                Rule("/authorize", endpoint="authorize", methods=["GET"]),
                Rule("/token", endpoint="token", methods=["POST"]),
                Rule("/userinfo", endpoint="userinfo", methods=["GET"]),
                Rule("/.well-known/openid-configuration", endpoint="metadata", methods=["GET"]),
                Rule("/.well-known/oauth-authorization-server", endpoint="metadata", methods=["GET"]),
            ]
        )

    # --- what clients and browsers use

    def public(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        try:
            endpoint, _ = self._public.bind_to_environ(environ).match()
            with self._lock:
                answer = getattr(self, f"_{endpoint}")(request)
                self._note(request, answer)
        except HTTPException as error:
            answer = error.get_response(environ)
        return answer(environ, start_response)

    def _note(self, request: Request, answer: Response) -> None:
        seen = {"path": request.path, "status": answer.status_code, "query": request.args.to_dict()}
        seen |= {"form": request.form.to_dict(), "authorization": request.headers.get("Authorization", "")}
        seen["answer"] = answer.get_data(as_text=True)
        self.log.append(seen)

    def _metadata(self, request: Request) -> Response:
        return reply(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    def _authorize(self, request: Request) -> Response:
        """Consents at once, as the user of the settings, and sends the browser back."""
        asked = request.args.to_dict()
        if asked.get("client_id") != CLIENT_ID or not asked.get("redirect_uri"):
            return reply({"error": "invalid_client"}, 400)  # never redirect where nobody known asked for it
        back = {"iss": self.issuer} | {key: asked[key] for key in ("state",) if key in asked}
        if asked.get("response_type") != "code":
            return returned(asked, back | {"error": "unsupported_response_type"})
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return returned(asked, back | {"error": "invalid_request", "error_description": "PKCE with S256 is needed"})
        if self.settings.misbehave == "deny":
            return returned(asked, back | {"error": "access_denied"})
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked, dict(self.settings.user)
        return returned(asked, back | {"code": code})

    def _token(self, request: Request) -> Response:
        if not authenticated(request):
            return reply({"error": "invalid_client"}, 401)
        match self.settings.misbehave:
            case "token-500":
                return reply({"error": "server_error"}, 500)
            case "token-html":
                return Response("<h1>Maintenance</h1>", 200, content_type="text/html")
            case "token-without-token":
                return reply({"token_type": "Bearer"})
        form = request.form
        if form.get("grant_type") == "refresh_token":
            user = self.refresh_tokens.pop(form.get("refresh_token", ""), None)
            return reply({"error": "invalid_grant"}, 400) if user is None else self._issue(user)
        if form.get("grant_type") != "authorization_code":
            return reply({"error": "unsupported_grant_type"}, 400)
        asked, user = self.codes.pop(form.get("code", ""), ({}, {}))  # a code is good once
        if not asked or asked["redirect_uri"] != form.get("redirect_uri"):
            return reply({"error": "invalid_grant"}, 400)
        if not hmac.compare_digest(challenge(form.get("code_verifier", "")), asked["code_challenge"]):
            return reply({"error": "invalid_grant", "error_description": "the verifier does not fit"}, 400)
        return self._issue(user)

    def _issue(self, user: dict[str, Any]) -> Response:
        token = secrets.token_urlsafe(24)
        self.tokens[token] = (time.time() + self.settings.lifetime, user, self.settings.scopes)
        issued: dict[str, Any] = {"access_token": token, "token_type": "Bearer", "expires_in": self.settings.lifetime}
        issued["scope"] = self.settings.scopes
        if self.settings.refresh:
            issued["refresh_token"] = secrets.token_urlsafe(24)
            self.refresh_tokens[issued["refresh_token"]] = user
        return reply(issued)

    def _userinfo(self, request: Request) -> Response:
        if self.settings.misbehave == "userinfo-500":
            return reply({"error": "server_error"}, 500)
        if self.settings.misbehave == "userinfo-html":
            return Response("<h1>Maintenance</h1>", 200, content_type="text/html")
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        expiry, user, _ = self.tokens.get(token, (0.0, {}, ""))
        refused = self.settings.misbehave == "userinfo-401" or scheme.lower() != "bearer" or expiry <= time.time()
        return reply({"error": "invalid_token"}, 401) if refused else reply(user)

    # --- what tests use

    def control(self, environ: dict[str, Any], start_response: Any) -> Any:
        """``GET`` gives the log; ``POST`` changes settings."""
        request = Request(environ)
        with self._lock:
            if request.method == "POST":
                for name, value in (request.get_json() or {}).items():
                    setattr(self.settings, name, value)
                answer = reply({})
            else:
                answer = reply({"requests": self.log})
        return answer(environ, start_response)


def challenge(verifier: str) -> str:
    """RFC 7636, section 4.2: S256."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authenticated(request: Request) -> bool:
    """RFC 6749, section 2.3.1: HTTP Basic, or the two in the form."""
    given = request.authorization
    if given is not None and given.type == "basic":
        return (given.username, given.password) == (CLIENT_ID, CLIENT_SECRET)
    return (request.form.get("client_id"), request.form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)


def reply(content: dict[str, Any], status: int = 200) -> Response:
    import json

    return Response(json.dumps(content), status, {"Cache-Control": "no-store"}, content_type="application/json")


def returned(asked: dict[str, str], answer: dict[str, str]) -> Response:
    """Sends the browser back to the client."""
    address = asked["redirect_uri"]
    return Response("", 302, {"Location": f"{address}{'&' if '?' in address else '?'}{urlencode(answer)}"})


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing: what was asked is in the provider's log."""


def main() -> None:
    """Serves on the port that is the one argument, and what tests use on the next one."""
    port = int(sys.argv[1])
    provider = Provider(f"http://{HOST}:{port}")
    control = make_server(HOST, port + 1, provider.control, threaded=True, request_handler=Quiet)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    make_server(HOST, port, provider.public, threaded=True, request_handler=Quiet).serve_forever()


if __name__ == "__main__":
    main()
