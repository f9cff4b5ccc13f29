"""(statuses, version) when both checks pass before either commit: pairs (observed, claimed)."""

import logging
import tempfile
import threading

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def observed():
    app, db = Flask(__name__), SQLAlchemy()
    app.logger.setLevel(logging.CRITICAL + 1)
    others, statuses = [], []  # what the other worker does between the check and the commit

    class Page(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]
        version: Mapped[int]

    @app.put("/pages/<int:number>")
    def save(number):
        page = db.get_or_404(Page, number)
        if str(page.version) not in request.if_match:
            abort(412)
        if others:
            thread = threading.Thread(target=others.pop())
            thread.start()
            thread.join()
        page.text = request.get_json()["text"]
        page.version += 1
        db.session.commit()
        return {"version": page.version}

    with tempfile.TemporaryDirectory() as folder:
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/pages.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Page(id=4, text="old", version=7))
            db.session.commit()

        def send(text):
            answer = app.test_client().put("/pages/4", json={"text": text}, headers={"If-Match": '"7"'})
            statuses.append(answer.status_code)

        others.append(lambda: send("Bob"))
        send("Ann")
        with app.app_context():
            version = db.session.get(Page, 4).version
            db.engine.dispose()
    return sorted(statuses), version


def second_refused():
    return observed(), ([200, 412], 8)


def counted_twice():
    return observed(), ([200, 200], 9)


def stale_data():
    return observed(), ([200, 500], 8)


def both_refused():
    return observed(), ([412, 412], 7)


def lost_update():
    return observed(), ([200, 200], 8)


def conflict():
    return observed(), ([200, 409], 8)
