"""How many letters are still waiting after the command."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Mapped, mapped_column


def waiting():
    db = SQLAlchemy()

    class Letter(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        sent: Mapped[bool]

    def deliver(letter):
        assert not letter.sent

    def send_all():
        offset = 0
        while True:
            query = select(Letter).where(Letter.sent.is_(False)).order_by(Letter.id)
            batch = db.session.scalars(query.limit(100).offset(offset)).all()
            if not batch:
                break
            for letter in batch:
                deliver(letter)
                letter.sent = True
            db.session.commit()
            offset += 100

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.execute(insert(Letter), [{"sent": False} for _ in range(1000)])
        db.session.commit()
        send_all()
        return db.session.scalar(select(func.count()).where(Letter.sent.is_(False)))


def half():
    return waiting(), 500


def none():
    return waiting(), 0


def one_batch():
    return waiting(), 100


def all_but_one_batch():
    return waiting(), 900


def four_hundred():
    return waiting(), 400


def two_thirds():
    return waiting(), 600
