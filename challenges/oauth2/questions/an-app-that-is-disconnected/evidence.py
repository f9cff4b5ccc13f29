"""Whether the refresh token out of the backup still gives access tokens after each code."""

import json
import time
from unittest import mock
from urllib.parse import parse_qsl

from authlib.integrations.requests_client import OAuth2Session
from requests import Response, Session


class Provider:
    """One grant with an access token of an hour and a refresh token; revoking the latter ends the grant."""

    def __init__(self):
        self.granted = True

    def send(self, session, request, **options):
        answer = Response()
        answer.request, answer.url, answer.status_code = request, request.url, 200
        answer.headers["Content-Type"] = "application/json"
        form = dict(parse_qsl(request.body or ""))
        body = {}
        if request.url.endswith("/revoke"):
            self.granted = self.granted and form["token"] != "rt-1"
        elif not self.granted:
            answer.status_code, body = 400, {"error": "invalid_grant"}
        elif request.url.endswith("/token"):
            body = {"access_token": "at-2", "token_type": "Bearer", "expires_in": 3600}
        answer._content = json.dumps(body).encode()
        return answer


def token():
    return {
        "access_token": "at-1",
        "refresh_token": "rt-1",
        "token_type": "Bearer",
        "expires_at": time.time() + 3600,
    }


def backup_works(disconnect):
    provider, row = Provider(), token()
    backup = dict(row)
    with mock.patch.object(Session, "send", lambda *args, **more: provider.send(*args, **more)):
        disconnect(OAuth2Session("shop", "s", token=dict(row)), row)
        thief = OAuth2Session("shop", "s", token=backup)
        answer = thief.post(
            "https://idp.example/token",
            data={"grant_type": "refresh_token", "refresh_token": backup["refresh_token"]},
            withhold_token=True,
        )
    return answer.status_code == 200


def delete():
    return backup_works(lambda client, row: row.clear()), False


def overwrite():
    def disconnect(client, row):
        row.update(access_token="x", refresh_token="y")
        row.clear()

    return backup_works(disconnect), False


def revoke_access():
    return backup_works(
        lambda client, row: client.revoke_token("https://idp.example/revoke", token=row["access_token"])
    ), False


def revoke_refresh():
    return backup_works(
        lambda client, row: client.revoke_token("https://idp.example/revoke", token=row["refresh_token"])
    ), False


def refresh_once():
    return backup_works(lambda client, row: client.refresh_token("https://idp.example/token")), False


def log_out():
    return backup_works(lambda client, row: row.clear()), False
