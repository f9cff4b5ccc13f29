"""(rows, statuses) when two workers handle the same key at once: pairs (observed, claimed)."""

import logging
import tempfile
import threading

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column


def observed():
    app, db = Flask(__name__), SQLAlchemy()
    app.logger.setLevel(logging.CRITICAL + 1)
    others = []  # what happens in the other worker between the query and the commit

    class Transfer(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        key: Mapped[str] = mapped_column(unique=True)
        amount: Mapped[int]

    @app.post("/transfers")
    def transfer():
        key = request.headers["Idempotency-Key"]
        query = select(Transfer).where(Transfer.key == key)
        if db.session.scalar(query) is None:
            if others:
                thread = threading.Thread(target=others.pop())
                thread.start()
                thread.join()
            amount = request.get_json()["amount"]
            db.session.add(Transfer(key=key, amount=amount))
            db.session.commit()
        return {"key": key}, 201

    with tempfile.TemporaryDirectory() as folder:
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/bank.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()

        def send():
            headers = {"Idempotency-Key": "k1"}
            answer = app.test_client().post("/transfers", json={"amount": 5}, headers=headers)
            statuses.append(answer.status_code)

        statuses = []
        others.append(send)
        send()
        with app.app_context():
            rows = db.session.scalar(select(func.count()).select_from(Transfer))
            db.engine.dispose()
    return rows, sorted(statuses)


def both_stored():
    return observed(), (2, [201, 201])


def one_fails():
    return observed(), (1, [201, 500])


def conflict():
    return observed(), (1, [201, 409])


def both_fine():
    return observed(), (1, [201, 201])


def none_stored():
    return observed(), (0, [500, 500])


def stored_and_failed():
    return observed(), (2, [201, 500])
