"""Per option: what the stem's loop raises, or whether its statements are as many for 50 lanes as for 5."""

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

CLAIMED = True  # every option claims: as many statements for 50 lanes and 400 cards as for 5 and 20

db = SQLAlchemy()


class Board(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    lanes: Mapped[list["Lane"]] = relationship()


class Lane(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    cards: Mapped[list["Card"]] = relationship()


class Card(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    lane_id: Mapped[int] = mapped_column(ForeignKey("lane.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assignee: Mapped["Person"] = relationship()


class Person(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def statements(query, lanes, cards):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        boards = [Board(name="board"), Board(name="board")]
        for n in range(lanes):
            held = [Card(title="card", assignee=Person(name="person")) for _ in range(cards // lanes)]
            boards[n % 2].lanes.append(Lane(name="lane", cards=held))
        db.session.add_all(boards)
        db.session.commit()
        db.session.remove()
        sent, shown = [], []
        event.listen(db.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        for board in db.session.scalars(query).unique():
            for lane in board.lanes:
                for card in lane.cards:
                    shown.append((board.name, lane.name, card.title, card.assignee.name))
        assert len(shown) == cards
        return len(sent)


def outcome(query):
    few, many = statements(query, lanes=5, cards=20), statements(query, lanes=50, cards=400)
    return few == many, CLAIMED


def first_step():
    return outcome(select(Board).options(selectinload(Board.lanes)).order_by(Board.name, Board.id))


def chained():
    return outcome(select(Board).options(selectinload(Board.lanes).selectinload(Lane.cards).joinedload(Card.assignee)))


def side_by_side():
    try:
        return outcome(
            select(Board).options(selectinload(Board.lanes), selectinload(Lane.cards), joinedload(Card.assignee))
        )
    except ArgumentError as error:
        return type(error).__name__, CLAIMED


def plain_joins():
    return outcome(
        select(Board).join(Board.lanes).join(Lane.cards).join(Card.assignee).order_by(Board.id, Lane.id, Card.id)
    )


def immediate_chain():
    return outcome(
        select(Board).options(immediateload(Board.lanes).immediateload(Lane.cards).immediateload(Card.assignee))
    )


def raise_on_rest():
    try:
        return outcome(
            select(Board).options(
                selectinload(Board.lanes).options(selectinload(Lane.cards).raiseload("*")), raiseload("*")
            )
        )
    except InvalidRequestError as error:
        return type(error).__name__, CLAIMED
