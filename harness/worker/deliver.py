"""Sends what webhooks are to be told: signed, to addresses of the outside world alone, and never by a redirect.

The receiver checks ``Assay-Signature: t=SECONDS,v1=HEX``: the HMAC-SHA256, by its secret, of the seconds, a full stop,
and the body as it came; and takes no message that is older than five minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3

from harness.services import hooks

if TYPE_CHECKING:
    from harness.store.models import Delivery

TIMEOUT = urllib3.Timeout(connect=5, read=10)
log = logging.getLogger(__name__)


class NotAllowed(Exception):
    """An address that is not told anything."""


def signature(secret: str, body: str, moment: int) -> str:
    """The header's value for this body at this moment, in seconds since 1970."""
    made = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={moment},v1={made}"


def deliver_due(*, private: bool) -> int:
    """Sends every message that is due; gives their number. ``private``: also within one's own network."""
    sent = 0
    while (found := hooks.claim()) is not None:
        sent += 1
        try:
            status = send(found, private=private)
        except (NotAllowed, OSError, urllib3.exceptions.HTTPError) as error:
            hooks.settle(found.id, f"{type(error).__name__}: {error}", arrived=False)
        else:
            hooks.settle(found.id, f"answered {status}", arrived=200 <= status < 300)
    return sent


def send(found: Delivery, *, private: bool) -> int:
    """Sends one message and gives the status of the answer, whose body nobody reads. Raises NotAllowed and others."""
    hook = found.webhook
    parts = urlsplit(hook.url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = address_of(host, port, private=private)
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "User-Agent": "assay",
        "Assay-Event": found.event,
        "Assay-Delivery": found.ref,
        "Assay-Signature": signature(hook.secret, found.body, int(time.time())),
    }
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(place, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(place, port, timeout=TIMEOUT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with pool:
        reply = pool.urlopen(
            "POST", path, found.body.encode(), headers, retries=False, redirect=False, preload_content=False
        )
        reply.close()
    return reply.status


def address_of(host: str, port: int, *, private: bool) -> str:
    """The address to connect to: looked up once, so that what was looked at is what is connected to.

    Raises NotAllowed for one that is not of the outside world, unless that is allowed.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private and (inside := [one for one in found if not ipaddress.ip_address(one).is_global]):
        raise NotAllowed(f"{host} is {inside[0]}, an address within a network; ASSAY_PRIVATE_WEBHOOKS=yes allows that")
    return found[0]
