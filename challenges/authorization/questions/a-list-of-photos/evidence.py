"""The answers to six lists, with the photos that are left: 1 and 2 are one's own, 3 is another's, 9 is not there."""

from flask import Flask, abort, request
from flask_login import FlaskLoginClient, LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

ALL = [1, 2, 3]
CLAIMED = [(204, [3]), (404, ALL), (404, ALL), (404, ALL), (404, ALL), (204, [2, 3])]


def outcomes(only_own, condition):
    db = SQLAlchemy()

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Photo(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int]

    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SQLALCHEMY_DATABASE_URI="sqlite://")
    app.test_client_class = FlaskLoginClient
    db.init_app(app)
    LoginManager(app).user_loader(lambda key: db.session.get(User, int(key)))

    @app.post("/photos/delete")
    @login_required
    def delete_photos():
        ids = set(request.get_json()["ids"])
        every = db.select(Photo).where(Photo.id.in_(ids))
        own = every.where(Photo.owner_id == current_user.id)
        photos = db.session.scalars(own if only_own else every).all()
        if condition(photos, ids):
            abort(404)
        for photo in photos:
            db.session.delete(photo)
        db.session.commit()
        return "", 204

    seen = []
    for ids in ([1, 2], [1, 3], [3], [1, 9], [9], [1, 1]):
        with app.app_context():
            db.drop_all()
            db.create_all()
            owners = {1: 1, 2: 1, 3: 2}
            db.session.add_all([User(id=1), *(Photo(id=n, owner_id=owner) for n, owner in owners.items())])
            db.session.commit()
            client = app.test_client(user=db.session.get(User, 1))
        status = client.post("/photos/delete", json={"ids": ids}).status_code
        with app.app_context():
            seen.append((status, sorted(db.session.scalars(db.select(Photo.id)))))
    return seen


def foreign(photo):
    return photo.owner_id != current_user.id


def own_and_empty():
    return outcomes(True, lambda photos, ids: not photos), CLAIMED


def every_and_count():
    return outcomes(False, lambda photos, ids: len(photos) < len(ids)), CLAIMED


def every_and_any():
    return outcomes(False, lambda photos, ids: any(foreign(p) for p in photos)), CLAIMED


def every_and_all():
    return outcomes(False, lambda photos, ids: all(foreign(p) for p in photos)), CLAIMED


def own_and_any():
    return outcomes(True, lambda photos, ids: any(foreign(p) for p in photos)), CLAIMED


def own_and_count():
    return outcomes(True, lambda photos, ids: len(photos) < len(ids)), CLAIMED
