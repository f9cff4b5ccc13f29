"""Per option: what the stem's loop raises, or whether its statements grow with columns and with cards."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.orm import (
    Mapped,
    immediateload,
    joinedload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
)

db = SQLAlchemy()


class Board(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    columns: Mapped[list["Column"]] = relationship()


class Column(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    cards: Mapped[list["Card"]] = relationship()


class Card(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    column_id: Mapped[int] = mapped_column(ForeignKey("column.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assignee: Mapped["Person"] = relationship()


class Person(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def statements(query, columns, cards):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        for _ in range(2):
            board = Board(name="board")
            for _ in range(columns):
                held = [Card(title="card", assignee=Person(name="person")) for _ in range(cards)]
                board.columns.append(Column(name="column", cards=held))
            db.session.add(board)
        db.session.commit()
        db.session.remove()
        sent, shown = [], []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        for board in db.session.scalars(query).unique():
            for column in board.columns:
                for card in column.cards:
                    shown.append((board.name, column.name, card.title, card.assignee.name))
        assert len(shown) == 2 * columns * cards
        return len(sent)


def outcome(query):
    few = statements(query, columns=2, cards=2)
    grows_with = (statements(query, columns=12, cards=2) > few, statements(query, columns=2, cards=12) > few)
    return grows_with, (False, False)


def first_step():
    return outcome(select(Board).options(selectinload(Board.columns)).order_by(Board.name, Board.id))


def chained():
    return outcome(
        select(Board).options(
            selectinload(Board.columns).selectinload(Column.cards).joinedload(Card.assignee)
        )
    )


def side_by_side():
    try:
        return outcome(
            select(Board).options(
                selectinload(Board.columns), selectinload(Column.cards), joinedload(Card.assignee)
            )
        )
    except ArgumentError as error:
        return type(error).__name__, (False, False)


def plain_joins():
    return outcome(
        select(Board)
        .join(Board.columns)
        .join(Column.cards)
        .join(Card.assignee)
        .order_by(Board.id, Column.id, Card.id)
    )


def immediate_chain():
    return outcome(
        select(Board).options(
            immediateload(Board.columns).immediateload(Column.cards).immediateload(Card.assignee)
        )
    )


def raise_on_rest():
    try:
        return outcome(
            select(Board).options(
                selectinload(Board.columns).options(selectinload(Column.cards).raiseload("*")), raiseload("*")
            )
        )
    except InvalidRequestError as error:
        return type(error).__name__, (False, False)
