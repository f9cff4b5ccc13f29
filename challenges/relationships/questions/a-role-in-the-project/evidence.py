"""Which row each change stores, or which exception stops it."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

CLAIMED = [(1, 1, "lead")]


def stored(db, table, project_class, user_class, write):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        project, ada = project_class(id=1), user_class(id=1)
        db.session.add_all([project, ada])
        db.session.commit()
        try:
            write(project, ada)
            db.session.commit()
        except (IntegrityError, TypeError, AttributeError) as error:
            return type(error).__name__
        columns = [table.c.project_id, table.c.user_id, table.c.role]
        return [tuple(row) for row in db.session.execute(select(*columns))]


def with_the_table(write, collection=None):
    db = SQLAlchemy()
    membership = db.Table(
        "membership",
        db.Column("project_id", ForeignKey("project.id"), primary_key=True),
        db.Column("user_id", ForeignKey("user.id"), primary_key=True),
        db.Column("role", db.String, nullable=False),
    )

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        members = relationship("User", secondary=membership, collection_class=collection)
        roles = association_proxy("members", "role")

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    return stored(db, membership, Project, User, write)


def attribute_of_the_user():
    def write(project, ada):
        ada.role = "lead"
        project.members.append(ada)

    return with_the_table(write), CLAIMED


def keyword():
    return with_the_table(lambda project, ada: project.members.append(ada, role="lead")), CLAIMED


def pair():
    return with_the_table(lambda project, ada: project.members.append((ada, "lead"))), CLAIMED


def keyed_by_role():
    def write(project, ada):
        project.members["lead"] = ada

    return with_the_table(write, attribute_keyed_dict("role")), CLAIMED


def proxy():
    def write(project, ada):
        project.members.append(ada)
        project.roles[0] = "lead"

    return with_the_table(write), CLAIMED


def membership_class():
    db = SQLAlchemy()

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        memberships: Mapped[list["Membership"]] = relationship()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Membership(db.Model):
        project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
        role: Mapped[str]
        user: Mapped[User] = relationship()

    def write(project, ada):
        project.memberships.append(Membership(user=ada, role="lead"))

    return stored(db, Membership.__table__, Project, User, write)


def mapped_class():
    return membership_class(), CLAIMED
