"""Ben's answer (or what it was made from) and the row afterwards: pairs (observed, claimed)."""

import tempfile
import threading

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def outcome():
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Page(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            text: Mapped[str]
            version: Mapped[int] = mapped_column()
            __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/pages.db"
        db.init_app(app)
        raised = []
        app.log_exception = lambda info: raised.append(info[0].__name__)

        def ada():
            assert app.test_client().post("/page", data={"text": "Ada's"}).status_code == 204

        def check_spelling(text):
            if text == "Ben's":  # Ben has read the page: now Ada's request reads it, and runs to its end
                other = threading.Thread(target=ada)
                other.start()
                other.join()
            return text

        @app.post("/page")
        def save():
            page = db.session.get(Page, 1)
            page.text = check_spelling(request.form["text"])
            db.session.commit()
            return "", 204

        with app.app_context():
            db.create_all()
            db.session.add(Page(id=1, text="old"))
            db.session.commit()
        status = app.test_client().post("/page", data={"text": "Ben's"}).status_code
        with app.app_context():
            page = db.session.get(Page, 1)
            row = page.text, page.version
            db.session.remove()
            db.engine.dispose()
        return status, raised, row


def overwritten():
    return outcome(), (204, [], ("Ben's", 3))


def same_version():
    return outcome(), (204, [], ("Ben's", 2))


def skipped():
    return outcome(), (204, [], ("Ada's", 2))


def waits():
    return outcome(), (500, ["OperationalError"], ("Ada's", 1))


def stale():
    return outcome(), (500, ["StaleDataError"], ("Ada's", 2))


def integrity():
    return outcome(), (500, ["IntegrityError"], ("Ada's", 2))
