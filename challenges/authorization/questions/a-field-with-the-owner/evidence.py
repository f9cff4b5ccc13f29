"""Each condition in the view: (Ben deletes the note in some way, Ada's own form deletes it)."""

from flask import Flask, abort, redirect, request, url_for
from flask_login import FlaskLoginClient, LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = (False, True)


def outcome(condition):
    db = SQLAlchemy()

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Note(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int]

    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SQLALCHEMY_DATABASE_URI="sqlite://")
    app.test_client_class = FlaskLoginClient
    db.init_app(app)
    LoginManager(app).user_loader(lambda key: db.session.get(User, int(key)))

    @app.get("/notes/<int:note_id>")
    def show(note_id):
        return "note"

    @app.post("/notes/<int:note_id>/delete")
    @login_required
    def delete_note(note_id):
        note = db.get_or_404(Note, note_id)
        if condition(note, note_id):
            abort(403)
        db.session.delete(note)
        db.session.commit()
        return redirect("/notes")

    def deleted(user_id, form, page):
        with app.app_context():
            db.drop_all()
            db.create_all()
            db.session.add_all([User(id=1), User(id=2), Note(id=7, owner_id=1)])
            db.session.commit()
            client = app.test_client(user=db.session.get(User, user_id))
        client.post("/notes/7/delete", data=form, headers={"Referer": page} if page else {})
        with app.app_context():
            return db.session.get(Note, 7) is None

    page = "http://localhost/notes/7"
    forms = [{"owner_id": "1"}, {"owner_id": "2"}, {}]
    by_ben = [deleted(2, form, referrer) for form in forms for referrer in (page, None)]
    return any(by_ben), deleted(1, {"owner_id": "1"}, page)


def field_against_user():
    return outcome(lambda note, note_id: request.form.get("owner_id", type=int) != current_user.id), CLAIMED


def field_against_row():
    return outcome(lambda note, note_id: request.form.get("owner_id", type=int) != note.owner_id), CLAIMED


def row_against_user():
    return outcome(lambda note, note_id: note.owner_id != current_user.id), CLAIMED


def text_against_row():
    return outcome(lambda note, note_id: request.form["owner_id"] != note.owner_id), CLAIMED


def anonymous():
    return outcome(lambda note, note_id: current_user.is_anonymous), CLAIMED


def page_before():
    def condition(note, note_id):
        return request.referrer != url_for("show", note_id=note_id, _external=True)

    return outcome(condition), CLAIMED
