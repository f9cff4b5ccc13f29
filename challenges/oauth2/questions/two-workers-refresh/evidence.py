"""Whether the grant lives after both workers, in every order of their steps."""

import itertools
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


class Row:
    def __init__(self):
        self.token = first_token()
        self.lock_owner = None


def refresh(provider, row, token):
    with mock.patch.object(Session, "send", lambda *args, **more: provider.send(*args, **more)):
        client = OAuth2Session("shop", "s", token=dict(token), token_endpoint="https://idp.example/token")
        try:
            row.token = dict(client.refresh_token())
        except OAuthError:
            return False
    return True


def survives(worker):
    """Runs two workers step by step in every order; ``worker`` is a generator that stops where the other may go on."""
    for order in itertools.product((0, 1), repeat=8):
        provider, row = Provider(), Row()
        running = [worker(provider, row, name) for name in ("a", "b")]
        for number in (*order, *(0, 1) * 8):
            next(running[number], None)
        if provider.ended:
            return False
    return True


def expired(token):
    return token.get("expires_at", 0) < time.time()


def wait_for(row, name):
    while row.lock_owner not in (None, name):
        yield
    row.lock_owner = name


def retry():
    def worker(provider, row, name):
        token = row.token
        yield
        if expired(token) and not refresh(provider, row, token):
            yield
            refresh(provider, row, row.token)

    return survives(worker), True


def check_first():
    def worker(provider, row, name):
        yield
        token = row.token
        if expired(token):
            yield
            refresh(provider, row, token)

    return survives(worker), True


def lock_and_refresh():
    def worker(provider, row, name):
        token = row.token
        yield from wait_for(row, name)
        yield
        if expired(token):
            refresh(provider, row, token)
        row.lock_owner = None

    return survives(worker), True


def lock_and_look():
    def worker(provider, row, name):
        yield from wait_for(row, name)
        token = row.token
        yield
        if expired(token):
            refresh(provider, row, token)
        row.lock_owner = None

    return survives(worker), True


def thread_lock():
    def worker(provider, row, name):
        yield  # a lock of its own process never makes it wait for the other
        token = row.token
        yield
        if expired(token):
            refresh(provider, row, token)

    return survives(worker), True


def early():
    def worker(provider, row, name):
        token = row.token
        yield
        refresh(provider, row, token)

    return survives(worker), True
