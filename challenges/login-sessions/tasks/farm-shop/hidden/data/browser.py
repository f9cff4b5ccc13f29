"""Plays browsers: they keep cookies, are closed, take over cookies of others, and read a `Location` as browsers do."""

import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urljoin, urlsplit

HOST = "localhost"
SITE = f"http://{HOST}/"
WEB = ("http", "https", "ws", "wss", "ftp")


class SetCookie:
    """One `Set-Cookie` header."""

    def __init__(self, header):
        pair, *rest = header.split(";")
        attributes = (part.partition("=") for part in rest)
        self.attributes = {name.strip().lower(): value.strip() for name, _, value in attributes}
        self.name, _, value = pair.strip().partition("=")
        self.path = self.attributes.get("path") or "/"
        self.domain = self.attributes.get("domain", "").lstrip(".") or HOST
        self.seconds = self._seconds_left()
        self.deletes = not value.strip('"') or (self.seconds is not None and self.seconds <= 0)

    def _seconds_left(self):
        """How long a browser keeps it, or None where that is until it is closed."""
        if "max-age" in self.attributes:
            return int(self.attributes["max-age"])
        if "expires" in self.attributes:
            return parsedate_to_datetime(self.attributes["expires"]).timestamp() - time.time()
        return None


class Browser:
    """One browser with its own cookies."""

    def __init__(self, app):
        self._client = app.test_client()
        self._places = set()  # name, domain and path of all cookies that were ever here
        self.set_cookies = []  # what came with the last answer

    def _noted(self, response):
        self.set_cookies = [SetCookie(header) for header in response.headers.getlist("Set-Cookie")]
        self._places |= {(cookie.name, cookie.domain, cookie.path) for cookie in self.set_cookies}
        return response

    def get(self, path, **options):
        return self._noted(self._client.get(path, **options))

    def post(self, path, fields=None, **options):
        return self._noted(self._client.post(path, data=fields or {}, **options))

    def _cookies(self):
        found = (self._client.get_cookie(name, domain, path) for name, domain, path in self._places)
        return [cookie for cookie in found if cookie is not None]

    def close(self):
        """Ends the browser's session: what has no expiry date is thrown away."""
        for cookie in self._cookies():
            if cookie.expires is None and cookie.max_age is None:
                self._client.delete_cookie(cookie.decoded_key, domain=cookie.domain, path=cookie.path)

    def take_cookies(self, other):
        """Takes over all cookies that another browser has now."""
        for cookie in other._cookies():
            self._places.add((cookie.decoded_key, cookie.domain, cookie.path))
            self._client.set_cookie(
                cookie.decoded_key,
                cookie.decoded_value,
                domain=cookie.domain,
                origin_only=cookie.origin_only,
                path=cookie.path,
                expires=cookie.expires,
                max_age=cookie.max_age,
            )
        return self

    def login(self, person, **fields):
        """Logs somebody in, which has to work."""
        response = self.post("/login", {**person, **fields})
        assert response.status_code == 302, f"a login was answered with {response.status_code}"
        return response

    def home(self):
        response = self.get("/")
        assert response.status_code == 200
        assert set(response.json) == {"customer", "basket"}
        return response.json

    @property
    def customer(self):
        """The e-mail address of who is logged in, or None."""
        return self.home()["customer"]

    @property
    def basket(self):
        return self.home()["basket"]

    def put_into_basket(self, item):
        assert self.post("/basket", {"item": item}).status_code == 204
        assert item in self.basket


def host_of(location):
    """The host that a browser goes to from a page of the site, by the URL Standard; "" where that is no host."""
    text = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(0x21))))
    scheme, rest = "http", text
    if found := re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", text):
        scheme, rest = found[1].lower(), text[found.end() :]
        if scheme not in WEB:
            return ""
    rest = rest.replace("\\", "/")
    if not rest.startswith("//") and (found is None or scheme == "http"):
        return HOST
    authority = re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    return re.sub(r":\d*$", "", authority.rpartition("@")[2].lower())


def stays_here(location):
    return host_of(location) == HOST


def place(address):
    """Path and query of an address, without regard to how the query is encoded."""
    parts = urlsplit(urljoin(SITE, address))
    return parts.path or "/", parse_qsl(parts.query)


def leads_to(response, address):
    """Whether a response sends the browser to an address of the site."""
    location = response.headers.get("Location", "")
    return response.status_code == 302 and stays_here(location) and place(location) == place(address)


def sent_to_login(response):
    """Whether a response sends the browser to the login page, with whatever query."""
    location = response.headers.get("Location", "")
    return response.status_code == 302 and stays_here(location) and place(location)[0] == "/login"
