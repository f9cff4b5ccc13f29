"""Customers."""

import secrets
from typing import Self

from flask import current_app
from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


def hashed(password: str) -> str:
    return generate_password_hash(password, current_app.config["PASSWORD_HASH_METHOD"])


class Customer(UserMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    login_id: Mapped[str] = mapped_column(unique=True)

    def get_id(self) -> str:
        """What sessions and remember cookies hold. It changes with the password, so the old ones lead nowhere."""
        return self.login_id

    def set_password(self, password: str) -> None:
        self.password_hash = hashed(password)
        self.login_id = secrets.token_urlsafe()

    def has_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)

    @classmethod
    def by_credentials(cls, email: str, password: str) -> Self | None:
        """The customer with this address and password. An unknown address takes as long as a wrong password."""
        customer = db.session.scalar(select(cls).filter_by(email=email))
        if customer is None:
            hashed(password)
            return None
        return customer if customer.has_password(password) else None
