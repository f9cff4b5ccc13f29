"""Which of four votes are accepted: (1, 1), (1, 2), (2, 1) and again (1, 1), as (member, poll)."""

import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [True, True, True, False]


def accepted(arguments=(), **column):
    warnings.simplefilter("ignore")
    db = SQLAlchemy()
    try:

        class Vote(db.Model):
            __table_args__ = arguments
            id: Mapped[int] = mapped_column(primary_key=True)
            member_id: Mapped[int] = mapped_column(**column)
            poll_id: Mapped[int] = mapped_column(**column)

    except Exception as error:
        return type(error)
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    votes = []
    with app.app_context():
        db.create_all()
        for number, (member, poll) in enumerate([(1, 1), (1, 2), (2, 1), (1, 1)], start=1):
            try:
                values = {"id": number, "member": member, "poll": poll}
                db.session.execute(
                    text("INSERT INTO vote (id, member_id, poll_id) VALUES (:id, :member, :poll)"), values
                )
                db.session.commit()
                votes.append(True)
            except IntegrityError:
                db.session.rollback()
                votes.append(False)
    return votes


def each_column():
    return accepted((UniqueConstraint("member_id"), UniqueConstraint("poll_id"))), CLAIMED


def no_comma():
    return accepted(UniqueConstraint("member_id", "poll_id")), CLAIMED


def plain_index():
    return accepted((Index("one_vote", "member_id", "poll_id"),)), CLAIMED


def primary_keys():
    return accepted(primary_key=True), CLAIMED


def pair():
    return accepted((UniqueConstraint("member_id", "poll_id"),)), CLAIMED


def unique_together():
    return accepted({"unique_together": ["member_id", "poll_id"]}), CLAIMED
