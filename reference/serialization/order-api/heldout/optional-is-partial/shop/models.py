"""What the shop keeps, and the two column types that keep it without loss."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator
from werkzeug.security import check_password_hash, generate_password_hash


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)

HASHING = "scrypt:2048:8:1"  # lighter than Werkzeug's default: tests sign in often; not for production


class ExactDecimal(TypeDecorator[Decimal]):
    """A Decimal, kept digit by digit: SQLite has no decimal type of its own."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: comes back in UTC, with its offset. What is stored without an offset is taken for UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is None:
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


class Customer(db.Model):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    display_name: Mapped[str]
    password_hash: Mapped[str]
    phone: Mapped[str | None]
    newsletter: Mapped[bool] = mapped_column(default=True)
    role: Mapped[str] = mapped_column(default="customer")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    def set_password(self, password: str) -> None:
        self.password_hash = generate_password_hash(password, method=HASHING)

    def check_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)


class OrderItem(db.Model):
    __tablename__ = "order_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"))
    sku: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Decimal] = mapped_column(ExactDecimal)


class Order(db.Model):
    __tablename__ = "customer_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
    items: Mapped[list[OrderItem]] = relationship(order_by=OrderItem.id, cascade="all, delete-orphan")
    shipping_address: Mapped[dict[str, str]] = mapped_column(JSON)
    note: Mapped[str | None]
    priority: Mapped[int] = mapped_column(default=5)
    deliver_from: Mapped[datetime] = mapped_column(UtcDateTime)
    deliver_until: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
