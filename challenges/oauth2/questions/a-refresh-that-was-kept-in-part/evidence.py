"""The first refresh, counted from 1, that fails while the row is kept as in the stem; None if none of three does."""

import json
import time
from unittest import mock
from urllib.parse import parse_qsl

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import Response, Session


class Provider:
    """Refresh tokens that work once: each refresh gives the next, and one that comes again ends them all."""

    def __init__(self):
        self.number, self.ended = 0, False

    def send(self, session, request, **options):
        answer = Response()
        answer.request, answer.url = request, request.url
        answer.headers["Content-Type"] = "application/json"
        if not request.url.endswith("/token"):
            answer.status_code, answer._content = 200, b"{}"
            return answer
        form = dict(parse_qsl(request.body))
        if self.ended or form.get("refresh_token") != f"rt-{self.number}":
            self.ended = True
            answer.status_code, answer._content = 400, b'{"error": "invalid_grant"}'
            return answer
        self.number += 1
        token = {"access_token": f"at-{self.number}", "refresh_token": f"rt-{self.number}"}
        answer.status_code = 200
        answer._content = json.dumps({**token, "token_type": "Bearer", "expires_in": 60}).encode()
        return answer


def first_token():
    past = time.time() - 5
    return {"access_token": "at-0", "token_type": "Bearer", "expires_at": past, "refresh_token": "rt-0"}


def failing_refresh(keep_refresh_token=False):
    provider, row = Provider(), first_token()

    def save(token, refresh_token=None, access_token=None):
        assert refresh_token == row["refresh_token"]
        row["access_token"] = token["access_token"]
        if keep_refresh_token:
            row["refresh_token"] = token["refresh_token"]

    with mock.patch.object(Session, "send", lambda *args, **more: provider.send(*args, **more)):
        for number in (1, 2, 3):
            row["expires_at"] = time.time() - 5
            client = OAuth2Session(
                "shop", "s", token=dict(row), token_endpoint="https://idp.example/token", update_token=save
            )
            try:
                client.get("https://idp.example/api/events")
            except OAuthError:
                return number
    return None


def never():
    return failing_refresh(), None


def at_once():
    return failing_refresh(), 1


def second_refresh():
    return (failing_refresh(), failing_refresh(keep_refresh_token=True)), (2, None)


def each_hour():
    return failing_refresh(), 1


def with_the_secret():
    return failing_refresh(), None
