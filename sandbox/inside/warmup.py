"""What a package does only when it is first used, done once in the agent, so that no program has to do it again.

Packages import modules late, compile patterns and fill caches at first use. Each function here uses one package as
an app would, with objects of its own that are gone afterwards, and touches no file and no name that an app could see.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable


def use_flask() -> None:
    """One request to an app that renders a template, sets the session and answers JSON."""
    import flask

    importlib.import_module("encodings.idna")
    app = flask.Flask("warmup")
    app.secret_key = os.urandom(16)

    @app.route("/<int:number>", methods=["POST"])
    def show(number: int) -> flask.Response:
        flask.session["number"] = number
        return flask.jsonify(page=flask.render_template_string("{{ n }}", n=number), sent=flask.request.get_json())

    with app.test_client() as client:
        client.post("/1", json={})


def use_flask_sqlalchemy() -> None:
    """A table made, a row stored and read, in a database that is only in memory."""
    import flask
    import flask_sqlalchemy
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    importlib.import_module("flask_sqlalchemy.cli")

    class Base(DeclarativeBase):
        pass

    db = flask_sqlalchemy.SQLAlchemy(model_class=Base)
    columns = {"id": mapped_column(primary_key=True), "name": mapped_column()}
    kinds = {"__annotations__": {"id": Mapped[int], "name": Mapped[str]}}
    row = type("Row", (db.Model,), {"__module__": __name__, **kinds, **columns})
    app = flask.Flask("warmup")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(row(name="a"))
        db.session.commit()
        db.session.scalars(db.select(row)).all()
        db.session.remove()
        db.engine.dispose()


USES: dict[str, Callable[[], None]] = {"flask": use_flask, "flask_sqlalchemy": use_flask_sqlalchemy}


def warm_up(packages: Iterable[str]) -> list[str]:
    """Uses each of ``packages`` that is known here; gives what went wrong, which a program would then hear itself."""
    troubles = []
    for package in packages:
        try:
            USES.get(package, lambda: None)()
        except Exception as error:
            troubles.append(f"{package}: {error}")
    return troubles
