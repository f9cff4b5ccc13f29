"""Input and output as pydantic models; one base per direction."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, EmailStr, Field, PlainSerializer
from pydantic.alias_generators import to_camel

Text = Annotated[str, Field(min_length=1)]
Price = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Shown = Annotated[Decimal, PlainSerializer(lambda amount: f"{amount:.2f}")]
Instant = Annotated[datetime, PlainSerializer(lambda moment: moment.astimezone(UTC).isoformat())]


class Incoming(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class Outgoing(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, from_attributes=True, serialize_by_alias=True
    )


class NewCustomer(Incoming):
    email: EmailStr
    display_name: Text
    password: Annotated[str, Field(min_length=8)]
    phone: str | None = None
    newsletter: bool = True


class CustomerChange(Incoming):
    # The defaults are never read: only the fields that were set are applied.
    email: EmailStr = ""
    display_name: Text = ""
    password: Annotated[str, Field(min_length=8)] = ""
    phone: str | None = None
    newsletter: bool = True


class CustomerView(Outgoing):
    id: int
    email: str
    display_name: str
    phone: str | None
    newsletter: bool
    role: str
    created_at: Instant


class Item(Incoming):
    sku: Text
    quantity: Annotated[int, Field(ge=1, le=1000)]
    unit_price: Price


class Address(Incoming):
    street: Text
    city: Text
    postal_code: Text


class NewOrder(Incoming):
    customer_id: int
    items: Annotated[list[Item], Field(min_length=1)]
    shipping_address: Address
    note: str | None = None
    priority: Annotated[int, Field(ge=0, le=9)] = 5
    deliver_from: AwareDatetime
    deliver_until: AwareDatetime


class OrderChange(Incoming):
    shipping_address: Address = None
    note: str | None = None
    priority: Annotated[int, Field(ge=0, le=9)] = 5
    deliver_from: AwareDatetime = None
    deliver_until: AwareDatetime = None


class CustomerName(Outgoing):
    id: int
    display_name: str


class ItemView(Outgoing):
    sku: str
    quantity: int
    unit_price: Shown


class AddressView(Outgoing):
    street: str
    city: str
    postal_code: str


class OrderView(Outgoing):
    id: int
    customer: CustomerName
    items: list[ItemView]
    shipping_address: AddressView
    note: str | None
    priority: int
    deliver_from: Instant
    deliver_until: Instant
    placed_at: Instant
    total: Shown
