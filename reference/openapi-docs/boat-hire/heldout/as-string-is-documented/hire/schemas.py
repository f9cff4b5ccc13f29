"""What may come in. The views check requests with these types, and the document has their JSON schemas."""

import re
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, with_config

# Look-arounds are wanted, and Python's own engine has them.
CONFIG = ConfigDict(extra="forbid", strict=True, regex_engine="python-re")


def whole(value: Any) -> Any:
    """In JSON Schema, 2.0 is an integer too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def digits(value: str) -> int:
    """An integer as it stands in a query string."""
    if not re.fullmatch(r"-?[0-9]{1,1000}", value):
        raise ValueError("not an integer")
    return int(value)


# In Python "$" also matches before a line feed at the end, so that is ruled out.
Code = Annotated[str, Field(pattern=r"^[A-Z]{1,3}-[0-9]{1,3}(?!\n)$")]
KeyCode = Annotated[str, Field(pattern=r"^[0-9]{4}(?!\n)$")]
Kind = Literal["kayak", "canoe", "pedalo", "rowing"]
Name = Annotated[str, Field(min_length=1, max_length=40)]
Seats = Annotated[int, Field(ge=1, le=12), BeforeValidator(whole)]
Note = Annotated[str, Field(max_length=200)] | None


@with_config(CONFIG)
class NewBoat(TypedDict):
    code: Code
    name: Name
    kind: Kind
    seats: Seats
    note: NotRequired[Note]
    key_code: KeyCode


@with_config(CONFIG)
class BoatChanges(TypedDict, total=False):
    name: Name
    seats: Seats
    note: Note
    key_code: KeyCode


@with_config(CONFIG)
class NewHire(TypedDict):
    guest: Annotated[str, Field(min_length=1, max_length=60)]
    hours: Annotated[int, Field(ge=1, le=8), BeforeValidator(whole)]


@with_config(CONFIG)
class BoatQuery(TypedDict, total=False):
    kind: Kind
    min_seats: Annotated[int, Field(ge=1, le=12), BeforeValidator(digits)]
    limit: Annotated[int, Field(ge=1, le=50, json_schema_extra={"default": 20}), BeforeValidator(digits)]
    offset: Annotated[int, Field(ge=0, json_schema_extra={"default": 0}), BeforeValidator(digits)]


new_boat = TypeAdapter(NewBoat)
boat_changes = TypeAdapter(BoatChanges)
new_hire = TypeAdapter(NewHire)
boat_query = TypeAdapter(BoatQuery)
