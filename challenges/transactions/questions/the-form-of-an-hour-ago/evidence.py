"""The answers to Ada and Ben, and the text that is stored: pairs (observed, claimed)."""

import tempfile

from flask import Flask, abort, redirect, request, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

CLAIMED = (302, 409, "Ada's")


def outcome(lines):
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

        @app.get("/pages/<int:page_id>")
        def show(page_id):
            return {"version": db.get_or_404(Page, page_id).version}

        @app.post("/pages/<int:page_id>")
        def save(page_id):
            page = db.get_or_404(Page, page_id)
            lines(db, page)
            page.text = request.form["text"]
            try:
                db.session.commit()
            except StaleDataError:
                db.session.rollback()
                abort(409)
            return redirect(url_for("show", page_id=page_id))

        with app.app_context():
            db.create_all()
            page = Page(id=1, text="1")
            db.session.add(page)
            for text in ("2", "3", "4"):
                db.session.commit()
                page.text = text
            db.session.commit()
        client = app.test_client()
        shown = client.get("/pages/1").json["version"]
        assert shown == 4
        answers = [
            client.post("/pages/1", data={"text": text, "version": shown}).status_code for text in ("Ada's", "Ben's")
        ]
        with app.app_context():
            text = db.session.get(Page, 1).text
            db.session.remove()
            db.engine.dispose()
        return (*answers, text)


def compared():
    def lines(db, page):
        if page.version != int(request.form["version"]):
            abort(409)

    return outcome(lines), CLAIMED


def assigned():
    def lines(db, page):
        page.version = int(request.form["version"])
        db.session.flush()

    return outcome(lines), CLAIMED


def refreshed():
    def lines(db, page):
        assert db.session.get(type(page), page.id, populate_existing=True) is page
        db.session.flush()

    return outcome(lines), CLAIMED


def locked():
    def lines(db, page):
        db.session.refresh(page, with_for_update=True)
        db.session.flush()

    return outcome(lines), CLAIMED


def older():
    def lines(db, page):
        if page.version < int(request.form["version"]):
            abort(409)

    return outcome(lines), CLAIMED


def counted():
    def lines(db, page):
        page.version += 1
        db.session.flush()

    return outcome(lines), CLAIMED
