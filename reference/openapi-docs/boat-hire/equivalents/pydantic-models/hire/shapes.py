"""The shapes of bodies, queries and replies."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Seats = Annotated[int, Field(gt=0, lt=13)]
Note = Annotated[str, StringConstraints(max_length=200)] | None
KeyCode = Annotated[str, StringConstraints(pattern="^[0-9]{4}$")]


class Kind(StrEnum):
    KAYAK = "kayak"
    CANOE = "canoe"
    PEDALO = "pedalo"
    ROWING = "rowing"


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewBoat(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"code": "PED-1", "name": "Swan", "kind": "pedalo", "seats": 4, "key_code": "9000"},
                {"code": "C-20", "name": "Loon", "kind": "canoe", "seats": 3, "note": None, "key_code": "0001"},
            ]
        }
    )
    code: Annotated[str, StringConstraints(pattern="^[A-Z]{1,3}-[0-9]{1,3}$")]
    name: Name
    kind: Annotated[Kind, Field(strict=False)]
    seats: Seats
    note: Note = None
    key_code: KeyCode


class Changes(Body):
    """Nothing here has to be sent. None stands for "not sent", and only a note may be null."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Gull", "note": "leaks a little"}]})
    name: Name = ""
    seats: Seats = 0
    note: Note = None
    key_code: KeyCode = ""


class NewHire(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"guest": "Noor", "hours": 8}]})
    guest: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    hours: Annotated[int, Field(ge=1, le=8)]


class BoatQuery(BaseModel):
    """Strings become numbers here: a query string has nothing else."""

    model_config = ConfigDict(extra="forbid")
    kind: Kind | None = None
    min_seats: Seats | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 20
    offset: Annotated[int, Field(ge=0)] = 0


class Reply(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Health(Reply):
    status: str


class Boat(Reply):
    id: int
    code: str
    name: str
    kind: Kind
    seats: int
    note: str | None


class Boats(Reply):
    boats: list[Boat]
    total: int


class Hire(Reply):
    id: int
    boat_id: int
    guest: str
    hours: int
    price: str
    returned_on: date | None


class Problem(Reply):
    code: int
    status: str
    details: list[str]
