"""People who have logged in, and logins that are under way."""

from datetime import UTC, datetime

from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy

database = SQLAlchemy()


def now():
    return datetime.now(UTC)


class Person(UserMixin, database.Model):
    id = database.Column(database.Integer, primary_key=True)
    sub = database.Column(database.String, nullable=False, unique=True, index=True)
    claims = database.Column(database.JSON, nullable=False, default=dict)

    def view(self, members):
        email = self.claims.get("email")
        member = self.claims.get("email_verified") is True and email in members
        return {"id": self.id, "name": self.claims.get("name"), "email": email, "member": member}


class Attempt(database.Model):
    """A login that has begun. ``browser`` is a random number that only this browser has, in its cookie."""

    state = database.Column(database.String, primary_key=True)
    browser = database.Column(database.String, nullable=False)
    verifier = database.Column(database.String, nullable=False)
    came_from = database.Column(database.String, nullable=False)
    leads_to = database.Column(database.String, nullable=False)
    begun = database.Column(database.DateTime, default=now)
