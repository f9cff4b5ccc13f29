"""Plays browsers, which keep cookies and go back and forth between the site and the provider."""

import base64
import binascii
import json
import re
import zlib
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

HOST = "localhost"
SITE = f"http://{HOST}"
WEB = ("http", "https", "ws", "wss", "ftp")  # schemes after which any slash begins a host


class Browser:
    """One browser with its own cookies. It reaches the site at ``site``, an address without a slash at the end."""

    def __init__(self, app, provider, site=SITE):
        self._client = app.test_client()
        self._provider = provider
        self._site = site
        self.answers = []  # all that the site has sent

    def get(self, path, query=None):
        response = self._client.get(path, base_url=f"{self._site}/", query_string=query or {})
        self.answers.append(response)
        return response

    def post(self, path):
        response = self._client.post(path, base_url=f"{self._site}/")
        self.answers.append(response)
        return response

    def begin(self, **query):
        """Begins a login; gives the address of the provider that the site sends the browser to."""
        response = self.get("/login", query)
        assert response.status_code == 302, f"/login was answered with {response.status_code}"
        return response.headers["Location"]

    def agree(self, address, person=None):
        """Agrees at the provider, as ``person``; gives the address of the site that it sends the browser to."""
        if person is not None:
            self._provider.set(user=person)
        response = self._provider.visit(address)
        assert response.status_code == 302, f"the provider refused {address}"
        return response.headers["Location"]

    def come_back(self, address):
        """Goes to the address of the site that the provider sends the browser to."""
        assert address.startswith(f"{self._site}/"), f"{address} is not at the site that this browser knows"
        path, _, query = address.removeprefix(self._site).partition("?")
        return self.get(path, parse_qsl(query, keep_blank_values=True))

    def answered(self, person=None, **query):
        """Begins a login and agrees; gives the address to come back to."""
        return self.agree(self.begin(**query), person)

    def login(self, person, **query):
        """Logs somebody in, which has to work; gives what the callback was answered with."""
        response = self.come_back(self.answered(person, **query))
        assert response.status_code == 302, f"a login was answered with {response.status_code}"
        assert self.name == person.get("name")
        return response

    @property
    def me(self):
        """What the site knows of who is logged in, or None."""
        response = self.get("/me")
        if response.status_code == 401:
            return None
        assert response.status_code == 200, f"/me was answered with {response.status_code}"
        assert set(response.json) == {"id", "name", "email", "member"}
        return response.json

    @property
    def name(self):
        """The name of who is logged in, or None."""
        me = self.me
        return me and me["name"]

    def move_to(self, app):
        """From now on another process answers; the cookies stay."""
        self._client.application = app.test_client().application

    def forget_strict_cookies(self):
        """Does without the cookies that no request from another site brings along."""
        for header in [line for answer in self.answers for line in answer.headers.getlist("Set-Cookie")]:
            pair, *rest = header.split(";")
            said = {key.strip().lower(): value.strip() for key, _, value in (part.partition("=") for part in rest)}
            if said.get("samesite", "").lower() == "strict":
                name = pair.partition("=")[0].strip()
                domain = said.get("domain", "").lstrip(".") or HOST
                self._client.delete_cookie(name, domain=domain, path=said.get("path") or "/")


def query_of(address):
    """The query of an address, as a dict."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def changed(address, **changes):
    """An address with other arguments in its query; None takes one out."""
    query = {key: value for key, value in (query_of(address) | changes).items() if value is not None}
    return urlsplit(address)._replace(query=urlencode(query)).geturl()


def asked_of(provider, path):
    """What the provider was asked at ``path``, in order."""
    return [seen for seen in provider.requests if seen["path"] == path]


def tokens_of(provider):
    """All access and refresh tokens that the provider has given."""
    answers = [json.loads(seen["answer"]) for seen in asked_of(provider, "/token") if seen["status"] == 200]
    return [answer[kind] for answer in answers for kind in ("access_token", "refresh_token") if kind in answer]


def decoded(text):
    """What base64 hides in ``text``, decompressed where that is possible; "" where it is no base64."""
    plain = text.strip('"=').translate(str.maketrans("+/", "-_"))
    try:
        data = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return ""
    try:
        data = zlib.decompress(data)
    except zlib.error:
        pass
    return data.decode("utf-8", "replace")


def readable(text):
    """All that somebody can read in ``text``: as it stands, without percent-encoding, and its parts out of base64."""
    plain = unquote(text)
    return "\n".join([text, plain, *(decoded(part) for part in re.split(r"[.\s;,:|]", plain) if part)])


def cookies_in(response):
    """The values of all cookies of a response, as somebody can read them."""
    values = [header.partition(";")[0].partition("=")[2] for header in response.headers.getlist("Set-Cookie")]
    return "\n".join(readable(value) for value in values)


def rest_of(response):
    """Body and headers of a response, cookies left out, as somebody can read them."""
    headers = [value for name, value in response.headers if name.lower() != "set-cookie"]
    return "\n".join(readable(text) for text in [response.text, *headers])


def host_of(location):
    """The host that a browser goes to from a page at http://localhost (URL Standard); "" for what is no web address."""
    text = location.strip("".join(map(chr, range(33))))  # control characters and the space
    text = text.translate({ord(character): None for character in "\t\r\n"}).replace("\\", "/")
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)", text)
    if scheme is not None:
        if scheme[0].lower() not in WEB:
            return ""
        text = text[scheme.end() + 1 :]
    slashes = len(text) - len(text.lstrip("/"))
    if slashes < 2 and (scheme is None or scheme[0].lower() == "http"):
        return HOST  # a path, also "http:path" on a page that is http itself
    host = re.split(r"[/?#]", text[slashes:], maxsplit=1)[0].rpartition("@")[2]
    return re.sub(r":\d*$", "", host).lower()


def stays_here(response):
    """Whether a redirect leads to an address of the site."""
    return response.status_code == 302 and host_of(response.headers["Location"]) == HOST


def leads_to(response, address):
    """Whether a response sends the browser to this address of the site, however the query is encoded."""
    found, meant = urlsplit(response.headers.get("Location", "")), urlsplit(address)
    there = (found.path, parse_qsl(found.query)) == (meant.path, parse_qsl(meant.query))
    return there and stays_here(response)
