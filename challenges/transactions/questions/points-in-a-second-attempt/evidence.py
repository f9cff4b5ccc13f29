"""The points in the row when another worker commits right before the first commit: pairs (observed, claimed)."""

import sqlite3
import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

ALL_POINTS = 115


def outcome(add_points):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Player(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            points: Mapped[int]
            version: Mapped[int] = mapped_column()
            __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/players.db"
        db.init_app(app)
        with app.app_context():
            db.create_all()
            db.session.add(Player(id=1, points=100))
            db.session.commit()
        commits = []

        def commit():
            if not commits:
                other = sqlite3.connect(f"{folder}/players.db", timeout=0)
                other.execute("UPDATE player SET points = points + 5, version = version + 1")
                other.commit()
                other.close()
            commits.append(True)
            db.session.commit()

        with app.app_context():
            try:
                add_points(db.session, commit, Player, 1, 10)
            except PendingRollbackError as error:
                return type(error)
            finally:
                db.session.rollback()
                points = db.session.get(Player, 1).points
                db.session.remove()
                db.engine.dispose()
        return points


def commit_again():
    def add_points(session, commit, model, player_id, points):
        player = session.get(model, player_id)
        player.points += points
        for _ in range(3):
            try:
                return commit()
            except StaleDataError:
                session.rollback()
        return None

    return outcome(add_points), ALL_POINTS


def computed_before():
    def add_points(session, commit, model, player_id, points):
        total = session.get(model, player_id).points + points
        for _ in range(3):
            session.get(model, player_id).points = total
            try:
                return commit()
            except StaleDataError:
                session.rollback()
        return None

    return outcome(add_points), ALL_POINTS


def no_rollback():
    def add_points(session, commit, model, player_id, points):
        for _ in range(3):
            player = session.get(model, player_id)
            player.points += points
            try:
                return commit()
            except StaleDataError:
                continue
        return None

    return outcome(add_points), ALL_POINTS


def whole():
    def add_points(session, commit, model, player_id, points):
        for _ in range(3):
            player = session.get(model, player_id)
            player.points += points
            try:
                return commit()
            except StaleDataError:
                session.rollback()
        return None

    return outcome(add_points), ALL_POINTS


def refreshed():
    def add_points(session, commit, model, player_id, points):
        player = session.get(model, player_id)
        for _ in range(3):
            player.points += points
            try:
                return commit()
            except StaleDataError:
                session.refresh(player)
        return None

    return outcome(add_points), ALL_POINTS


def merged():
    def add_points(session, commit, model, player_id, points):
        player = session.get(model, player_id)
        player.points += points
        for _ in range(3):
            try:
                return commit()
            except StaleDataError:
                session.rollback()
                session.merge(player)
        return None

    return outcome(add_points), ALL_POINTS
