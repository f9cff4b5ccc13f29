"""Which reasons for `init_app` are true: pairs (observed, claimed)."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column

ADDRESSES = ["sqlite:////tmp/first.db", "sqlite:////tmp/second.db"]


def models():
    """What `library/models.py` of the stem defines."""
    db = SQLAlchemy()

    class Book(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    return db, Book


def unbound(address="sqlite://"):
    app = Flask(__name__)
    app.config.from_mapping(SQLALCHEMY_DATABASE_URI=address)
    return app


def engines(db):
    """The engines that two apps get from one `db`."""
    found = []
    for address in ADDRESSES:
        app = unbound(address)
        db.init_app(app)
        with app.app_context():
            found.append(db.engine)
    return found


def inside_works_too():
    module = {}

    def create_app():
        app = unbound()
        module["db"] = db = SQLAlchemy(app)

        class Book(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)

        module["Book"] = Book
        with app.app_context():
            db.create_all()
        return app

    def books(app):
        with app.app_context():
            try:
                return module["db"].session.scalars(module["db"].select(module["Book"])).all()
            except RuntimeError as error:
                return type(error)

    first, second = create_app(), create_app()
    return [books(first), books(second)], [[], []]


def constructor_connects():
    connections = []
    event.listen(Engine, "connect", lambda *connected: connections.append(connected))
    db = SQLAlchemy(app := unbound())
    made = len(connections)
    with app.app_context():
        db.session.execute(db.text("SELECT 1"))
    return (made, len(connections)), (1, 1)


def one_model_many_engines():
    db, book = models()
    importable = book.__table__ in db.metadata.sorted_tables
    first, second = engines(db)
    return (importable, first is not second, [str(first.url), str(second.url)]), (True, True, ADDRESSES)


def shared_engine():
    first, second = engines(models()[0])
    return first is second, True


def second_object_raises():
    try:
        models(), models()
    except InvalidRequestError as error:
        return type(error), InvalidRequestError
    return None, InvalidRequestError


def model_per_app():
    db, _ = models()
    engines(db)
    return len(db.Model.registry.mappers), 2
