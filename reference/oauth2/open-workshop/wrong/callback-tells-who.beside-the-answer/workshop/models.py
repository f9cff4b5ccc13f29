"""The accounts of the site."""

from typing import Any, Self

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Account(db.Model):
    """Somebody who has logged in. ``sub`` says who; everything else is what the town said at the last login."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sub: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    email_verified: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def of(cls, sub: str) -> Self:
        """The account of a person, which is made where there is none."""
        query = select(cls).where(cls.sub == sub)
        if (account := db.session.scalar(query)) is not None:
            return account
        try:
            with db.session.begin_nested():
                account = cls(sub=sub)
                db.session.add(account)
        except IntegrityError:  # the same person's other tab was quicker
            account = db.session.scalars(query).one()
        return account

    def update(self, profile: dict[str, Any]) -> None:
        self.name = profile.get("name")
        self.email = profile.get("email")
        self.email_verified = profile.get("email_verified") is True

    def to_dict(self) -> dict[str, object]:
        member = self.email_verified and self.email in current_app.config["MEMBERS"]
        return {"id": self.id, "name": self.name, "email": self.email, "member": member}
