"""(In memberships at once, rows stored, warnings) for each way to define users, or the name of an exception."""

import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import Mapped, configure_mappers, mapped_column, relationship

CLAIMED = (["guest"], [(1, 1, "guest")], 0)


def outcome(define):
    """``define(guest)`` makes what stands in place of the dots."""
    db = SQLAlchemy()

    def guest(user):
        return Membership(user=user, role="guest")

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        memberships: Mapped[list["Membership"]] = relationship(back_populates="project", cascade="all, delete-orphan")
        users = define(guest)

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Membership(db.Model):
        project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
        role: Mapped[str]
        project: Mapped[Project] = relationship(back_populates="memberships")
        user: Mapped["User"] = relationship()

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        configure_mappers()
    warned = sum(warning.category is SAWarning for warning in caught)
    with app.app_context():
        db.create_all()
        project, ada = Project(id=1), User(id=1)
        db.session.add_all([project, ada])
        db.session.commit()
        try:
            with db.session.no_autoflush:
                project.users.append(ada)
                at_once = [membership.role for membership in project.memberships]
            db.session.commit()
        except (SQLAlchemyError, TypeError) as error:
            return type(error).__name__
        columns = [Membership.project_id, Membership.user_id, Membership.role]
        return at_once, [tuple(row) for row in db.session.execute(select(*columns))], warned


def secondary():
    return outcome(lambda guest: relationship("User", secondary="membership")), CLAIMED


def view_only():
    return outcome(lambda guest: relationship("User", secondary="membership", viewonly=True)), CLAIMED


def overlaps():
    known = "memberships,project,user"
    return outcome(lambda guest: relationship("User", secondary="membership", overlaps=known)), CLAIMED


def no_creator():
    return outcome(lambda guest: association_proxy("memberships", "user")), CLAIMED


def swapped():
    return outcome(lambda guest: association_proxy("user", "memberships", creator=guest)), CLAIMED


def creator():
    return outcome(lambda guest: association_proxy("memberships", "user", creator=guest)), CLAIMED
