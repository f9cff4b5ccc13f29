"""Users, and the logins that their tokens belong to."""

from uuid import uuid4

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

ROLES = ("admin", "member")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="member")
    active: Mapped[bool] = mapped_column(default=True)

    def set_password(self, password: str) -> None:
        self.password_hash = generate_password_hash(password, current_app.config["PASSWORD_HASH_METHOD"])

    def has_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "email": self.email, "role": self.role, "active": self.active}


class Login(db.Model):
    """What one call of /login began. Of its refresh tokens only the newest is good; all others were used."""

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: uuid4().hex)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    newest_refresh: Mapped[str]

    def rotate(self, used: str, newest: str) -> bool:
        """Replaces the newest refresh token, in one statement: of two requests with one token, one loses."""
        result = db.session.execute(
            update(Login).where(Login.id == self.id, Login.newest_refresh == used).values(newest_refresh=newest)
        )
        return result.rowcount == 1
