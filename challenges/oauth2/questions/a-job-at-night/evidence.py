"""Whether each way gets an access token from the provider."""

import base64
import json
from unittest import mock
from urllib.parse import parse_qsl

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import Response, Session


def provider(session, request, **options):
    """A token endpoint for a confidential client: it gives a token of its own to a client that proves itself."""
    answer = Response()
    answer.request, answer.url = request, request.url
    answer.headers["Content-Type"] = "application/json"
    form = dict(parse_qsl(request.body))
    proven = request.headers.get("Authorization") == "Basic " + base64.b64encode(b"nightly:s3cret").decode()
    if form.get("grant_type") == "client_credentials" and proven:
        answer.status_code, body = 200, {"access_token": "at-1", "token_type": "Bearer", "expires_in": 600}
    else:
        answer.status_code, body = 400, {"error": "invalid_grant" if proven else "invalid_client"}
    answer._content = json.dumps(body).encode()
    return answer


URL = "https://idp.example/token"


def gets_token(fetch):
    with mock.patch.object(Session, "send", provider):
        try:
            return fetch().get("access_token") == "at-1"
        except OAuthError:
            return False


def stored_refresh():
    stored = {"access_token": "at-0", "token_type": "Bearer", "refresh_token": "rt-0"}
    return gets_token(lambda: OAuth2Session("nightly", "s3cret", token=stored).refresh_token(URL)), True


def password():
    return gets_token(lambda: OAuth2Session("nightly", "s3cret").fetch_token(URL, username="robot", password="p")), True


def client_credentials():
    return gets_token(
        lambda: OAuth2Session("nightly", "s3cret").fetch_token(URL, grant_type="client_credentials")
    ), True


def code_by_robot():
    return gets_token(
        lambda: OAuth2Session("nightly", "s3cret").fetch_token(URL, code="c", redirect_uri="https://job.example")
    ), True


def without_secret():
    return gets_token(lambda: OAuth2Session("nightly").fetch_token(URL, grant_type="client_credentials")), True


def secret_as_token():
    return gets_token(lambda: OAuth2Session("nightly", token={"access_token": "s3cret"}).token), True
