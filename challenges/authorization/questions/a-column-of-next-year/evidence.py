"""Now and next year: (name and email are saved, nothing else has changed), over several bodies."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = [(True, True), (True, True)]
BLOCKED = {"id", "is_admin"}


def year(change, with_credit):
    db = SQLAlchemy()

    class User(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        email: Mapped[str]
        admin: Mapped[bool] = mapped_column("is_admin", default=False)
        if with_credit:
            credit: Mapped[int] = mapped_column(default=0)

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.patch("/me")
    def edit_me():
        user = db.session.get(User, 1)
        data = request.get_json()
        change(db, User, user, data)
        db.session.commit()
        return "", 204

    def stored(body):
        with app.app_context():
            db.drop_all()
            db.create_all()
            db.session.add(User(id=1, name="old", email="old@mail.example"))
            db.session.commit()
        app.test_client().patch("/me", json=body)
        with app.app_context():
            row = db.session.execute(db.select(User.__table__)).mappings().one()
            return dict(row)

    before = stored({})
    wanted = {"name": "new", "email": "new@mail.example"}
    saved = stored(wanted) == before | wanted
    extras = [{"admin": True}, {"is_admin": True}, {"id": 5}, {"credit": 1000}]
    return saved, all(stored(extra) == before for extra in extras)


def both(change):
    return [year(change, False), year(change, True)]


def blocked():
    def change(db, model, user, data):
        for field in data.keys() - BLOCKED:
            setattr(user, field, data[field])

    return both(change), CLAIMED


def allowed():
    def change(db, model, user, data):
        for field in {"name", "email"} & data.keys():
            setattr(user, field, data[field])

    return both(change), CLAIMED


def columns():
    def change(db, model, user, data):
        for field in set(model.__table__.columns.keys()) & data.keys() - BLOCKED:
            setattr(user, field, data[field])

    return both(change), CLAIMED


def attributes():
    def change(db, model, user, data):
        for field in {f for f in data if hasattr(model, f)} - BLOCKED:
            setattr(user, field, data[field])

    return both(change), CLAIMED


def by_dict():
    def change(db, model, user, data):
        vars(user).update({f: data[f] for f in data.keys() - BLOCKED})
        db.session.add(user)

    return both(change), CLAIMED


def statement():
    def change(db, model, user, data):
        query = db.update(model).where(model.id == user.id)
        db.session.execute(query.values(data | {"admin": user.admin}))

    return both(change), CLAIMED
