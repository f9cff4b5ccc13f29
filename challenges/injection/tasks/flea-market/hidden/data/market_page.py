"""What the hidden tests share: offers that are made up, and pages as a parser sees them."""

from bs4 import BeautifulSoup


def squeezed(value):
    return " ".join(value.split())


def add(client, seed, **fields):
    """Stores an offer and gives it with its id; what is not said is made up of plain words."""
    offer = {"title": seed.title(), "seller": seed.name(), "cents": seed.integer(100, 9000), **fields}
    response = client.post("/offers", json=offer)
    assert response.status_code == 201
    return {**offer, "id": response.json["id"]}


def row(offer):
    """An offer as a list shows it."""
    return {name: offer[name] for name in ("id", "title", "seller", "cents")}


def rows(*offers):
    return [row(offer) for offer in offers]


def listed(client, address, **arguments):
    """What a list answers; it has to answer 200."""
    response = client.get(address, query_string=arguments)
    assert response.status_code == 200
    return response.json


def ids(found):
    return [offer["id"] for offer in found]


class Page:
    """A page as a parser sees it: of an attribute that comes twice the first counts."""

    def __init__(self, response):
        assert response.status_code == 200
        assert response.mimetype == "text/html"
        self.soup = BeautifulSoup(response.text, "html.parser", on_duplicate_attribute="ignore")

    def one(self, selector):
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def text(self, selector):
        return squeezed(self.one(selector).get_text())

    def runs(self):
        """Whether there is a script, or an attribute that would run one."""
        handlers = [name for tag in self.soup.find_all(True) for name in tag.attrs if name.startswith("on")]
        return bool(handlers or self.soup.find_all("script"))

    def targets(self):
        """Where the elements of the page lead."""
        names = ("href", "src", "action", "formaction", "data")
        return [tag.attrs[name] for tag in self.soup.find_all(True) for name in names if name in tag.attrs]
