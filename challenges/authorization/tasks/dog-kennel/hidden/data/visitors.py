"""People with browsers, as the tests of the kennel need them."""

from dataclasses import dataclass
from typing import Any

BREEDS = ("Beagle", "Whippet", "Collie", "Airedale", "Dachshund")
MONTH = "2027-03"


@dataclass
class Person:
    """Somebody with an account: ``web`` is their client, logged in."""

    app: Any
    seed: Any
    fields: dict[str, str]
    web: Any = None
    id: int = 0

    def register(self, **more: Any) -> Any:
        """Registers and logs in, each once; gives the answer to the registration."""
        response = self.app.test_client().post("/register", json=self.fields | more)
        assert response.status_code == 201
        self.id = response.json["id"]
        self.web = self.login()
        return response

    def login(self) -> Any:
        """One more client of this person."""
        client = self.app.test_client()
        credentials = {key: self.fields[key] for key in ("email", "password")}
        assert client.post("/login", json=credentials).status_code == 200
        return client

    def dog(self, **fields: Any) -> dict[str, Any]:
        """A new dog of this person."""
        sent = {"name": self.seed.word().title(), "breed": self.seed.choice(BREEDS), "notes": self.seed.word()}
        response = self.web.post("/dogs", json=sent | fields)
        assert response.status_code == 201
        return response.json

    def stay(self, dog: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """A new stay of a dog."""
        sent = {"arrives": day(self.seed), "nights": self.seed.integer(1, 9), "notes": self.seed.word()}
        response = self.web.post(f"/dogs/{dog['id']}/stays", json=sent | fields)
        assert response.status_code == 201
        return response.json

    def sees(self, address: str) -> Any:
        """The JSON at an address, which has to be there."""
        response = self.web.get(address)
        assert response.status_code == 200
        return response.json


def person(app: Any, seed: Any, **more: Any) -> Person:
    """Somebody new, registered and logged in."""
    fields = {"email": seed.email(), "name": seed.name(), "password": seed.token()}
    newcomer = Person(app, seed, fields)
    newcomer.register(**more)
    return newcomer


def day(seed: Any) -> str:
    """A day of one month."""
    return f"{MONTH}-{seed.integer(10, 28)}"


def ids(rows: list[dict[str, Any]]) -> list[int]:
    """The ids of some rows, in their order."""
    return [row["id"] for row in rows]
