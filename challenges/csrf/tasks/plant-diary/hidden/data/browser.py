"""Plays a browser: it opens pages, submits their forms with all their fields, and obeys other sites too."""

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

SITE = "http://localhost"
EVIL = "https://prizes.example"
FROM_OWN_PAGE = {"Origin": SITE, "Referer": f"{SITE}/", "Sec-Fetch-Site": "same-origin"}
FROM_OTHER_SITE = {"Origin": EVIL, "Referer": f"{EVIL}/", "Sec-Fetch-Site": "cross-site"}
WITHOUT_REFERER = {"Origin": "null"}
WITHOUT_A_WORD = {}
NOT_SENT = ("submit", "button", "image", "reset", "file")


def controls(soup, form):
    """The controls of a form: those within it, and those that name it in their ``form`` attribute."""
    inside = [each for each in form.find_all(["input", "textarea", "select", "button"]) if not each.get("form")]
    return inside + (soup.select(f'[form="{form["id"]}"]') if form.get("id") else [])


def value_of(control):
    """What a control would send if it is left as it is, or None where it sends nothing."""
    kind = control.get("type", "").lower()
    if control.name == "textarea":
        return control.get_text()
    if control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        return chosen.get("value", chosen.get_text()) if chosen else None
    if control.name == "button" or kind in NOT_SENT:
        return None
    if kind in ("checkbox", "radio"):
        return control.get("value", "on") if control.has_attr("checked") else None
    return control.get("value", "")


def fields_of(soup, form):
    """What a form sends when its first button is clicked."""
    fields, clicked = {}, False
    for control in controls(soup, form):
        kind = control.get("type", "submit" if control.name == "button" else "text").lower()
        value = value_of(control)
        if kind == "submit" and not clicked:
            clicked, value = True, control.get("value", "")
        if control.get("name") and value is not None and not control.has_attr("disabled"):
            fields[control["name"]] = value
    return fields


class Page:
    """A page that was opened: its text, its forms, its links, and the token for its script."""

    def __init__(self, path, response):
        assert response.status_code == 200, f"{path} was answered with {response.status_code}"
        self._path = path
        self._soup = BeautifulSoup(response.text, "html.parser")
        self.text = self._soup.get_text()

    def _leads_to(self, address, path):
        return urlsplit(urljoin(SITE + self._path, address or self._path)).path == path

    def _form(self, path):
        for form in self._soup.find_all("form"):
            if form.get("method", "get").lower() == "post" and self._leads_to(form.get("action"), path):
                return form
        return None

    def fields(self, path):
        """The fields of the POST form that leads to ``path``, or None where there is no such form."""
        form = self._form(path)
        return None if form is None else fields_of(self._soup, form)

    def prints_a_token(self, path):
        """Whether the form that leads to ``path`` shows a token to its reader: a word that nobody would write."""
        return any(len(word) >= 20 for word in self._form(path).get_text(" ").split())

    def has_link(self, path):
        return any(self._leads_to(link["href"], path) for link in self._soup.find_all("a", href=True))

    @property
    def script_headers(self):
        """The header that the page's script adds."""
        meta = self._soup.find("meta", attrs={"name": "csrf-token"})
        return {"X-CSRFToken": meta.get("content", "")} if meta else {}


class Browser:
    """One person's browser, with its own cookies."""

    def __init__(self, app):
        self._client = app.test_client()
        self.cookies = []  # each Set-Cookie header that came

    def _noted(self, response):
        self.cookies += response.headers.getlist("Set-Cookie")
        return response

    def get(self, path):
        """Follows a link or types an address."""
        return self._noted(self._client.get(path))

    def open(self, path):
        return Page(path, self.get(path))

    def post(self, path, fields, headers=FROM_OWN_PAGE):
        """Submits fields as a form does; ``headers`` say from where."""
        return self._noted(self._client.post(path, data=fields, headers=headers))

    def submit(self, page, path, **values):
        """Opens ``page``, fills in its form that leads to ``path``, and sends it."""
        fields = self.open(page).fields(path)
        assert fields is not None, f"{page} has no form with method=post and the action {path}"
        return self.post(path, fields | values)

    def press(self, page, path):
        """Opens ``page`` and uses its button to ``path``, or where it has none, its link."""
        opened = self.open(page)
        if opened.fields(path) is None and opened.has_link(path):
            return self.get(path)
        return self.submit(page, path)

    def script(self, page, path, body):
        """Opens ``page`` and sends JSON as its script does."""
        return self.fetch(path, body, self.open(page).script_headers)

    def fetch(self, path, body, token, headers=FROM_OWN_PAGE):
        """Sends JSON; ``token`` holds the header with the token."""
        return self._noted(self._client.post(path, json=body, headers=headers | token))

    def raw(self, path, body, content_type, headers=FROM_OTHER_SITE):
        """Sends a body of text under any content type, or under none."""
        return self._noted(self._client.post(path, data=body, content_type=content_type, headers=headers))

    def log_in(self, name, password):
        response = self.submit("/login", "/login", name=name, password=password)
        assert leads_to(response, "/"), f"the login was answered with {response.status_code}"
        return self

    def diary(self):
        """The diary as ``/api/diary`` shows it, or None for somebody who is not logged in."""
        response = self.get("/api/diary")
        assert response.status_code in (200, 401)
        return response.json if response.status_code == 200 else None

    def add_plant(self, name):
        """Adds a plant by the form and gives its id."""
        response = self.submit("/", "/plants", name=name)
        assert leads_to(response, "/"), f"the form for a plant was answered with {response.status_code}"
        return self.diary()["plants"][-1]["id"]


def leads_to(response, path):
    """Whether a response sends the browser to ``path``."""
    return response.status_code in (302, 303) and urlsplit(urljoin(SITE, response.headers["Location"])).path == path
