"""Kinds of column that several models share."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Enum, String
from sqlalchemy.orm import mapped_column

REF_BYTES = 12
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def now() -> datetime:
    """The server's clock, the only one that counts."""
    return datetime.now(UTC)


def new_ref() -> str:
    """What a page's address calls a row: nobody can guess another's, or count them."""
    return secrets.token_urlsafe(REF_BYTES)


def new_alias() -> str:
    """Two groups of letters and digits that nobody mistakes for each other: too many for two people to share one."""
    drawn = "".join(secrets.choice(UNMISTAKABLE) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def choice(kind: type[StrEnum]) -> Enum:
    """A column that holds one of ``kind``'s values, as text, and refuses others."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        name=kind.__name__.lower(),
    )


Id = Annotated[int, mapped_column(primary_key=True)]
Ref = Annotated[str, mapped_column(String(32), unique=True, default=new_ref)]
Digest = Annotated[str, mapped_column(String(64))]  # SHA-256, in hexadecimal
Created = Annotated[datetime, mapped_column(default=now)]
