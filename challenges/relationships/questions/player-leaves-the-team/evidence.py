"""What the commit sends: pairs of (kind of statement, parameters), or the name of an exception."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship


def sent():
    db = SQLAlchemy()

    class Team(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        players: Mapped[list["Player"]] = relationship(back_populates="team")

    class Player(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
        team: Mapped["Team | None"] = relationship(back_populates="players")

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        team = Team(id=1, players=[Player(id=1), Player(id=2), Player(id=3)])
        db.session.add(team)
        db.session.commit()
        kim = db.session.get(Player, 2)
        team.players.remove(kim)
        statements = []
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2:4]))
        try:
            db.session.commit()
        except IntegrityError as error:
            return type(error).__name__
        return [
            (text.split()[0], sorted(values, key=str)) for text, values in statements if not text.startswith("SELECT")
        ]


def nothing():
    return sent(), []


def delete_row():
    return sent(), [("DELETE", [2])]


def update_others():
    return [(kind, 2 in values) for kind, values in sent()], [("UPDATE", False), ("UPDATE", False)]


def rewrite_list():
    return [kind for kind, _ in sent()], ["DELETE"] * 3 + ["INSERT"] * 2


def refused():
    return sent(), "IntegrityError"


def update_row():
    return sent(), [("UPDATE", [2, None])]
