"""Which cards there are after the move, as (id, board, position), or the exception."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

CLAIMED = [(1, 2, 1), (2, 1, 1), (3, 2, 0)]  # card 1 has moved from board 1 to board 2


def remove_card(db, card):
    card.board.cards.remove(card)


def append_card(card, target):
    target.cards.append(card)


def after_the_move(take=remove_card, give=append_card, cascade="all, delete-orphan"):
    db = SQLAlchemy()

    class Board(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        cards: Mapped[list["Card"]] = relationship(back_populates="board", cascade=cascade)

    class Card(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        position: Mapped[int]
        board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
        board: Mapped["Board"] = relationship(back_populates="cards")

    app = Flask(__name__)
    app.testing = True
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)

    @app.post("/cards/<int:card_id>/move/<int:board_id>")
    def move(card_id, board_id):
        card = db.get_or_404(Card, card_id)
        target = db.get_or_404(Board, board_id)
        take(db, card)
        card.position = db.session.scalar(select(func.count(Card.id)).where(Card.board_id == target.id))
        give(card, target)
        db.session.commit()
        return "", 204

    with app.app_context():
        db.create_all()
        db.session.add(Board(id=1, cards=[Card(id=1, position=0), Card(id=2, position=1)]))
        db.session.add(Board(id=2, cards=[Card(id=3, position=0)]))
        db.session.commit()
    try:
        app.test_client().post("/cards/1/move/2")
    except SQLAlchemyError as error:
        return type(error).__name__
    with app.app_context():
        rows = db.session.execute(select(Card.id, Card.board_id, Card.position).order_by(Card.id))
        return [tuple(row) for row in rows]


def add_again():
    def take(db, card):
        remove_card(db, card)
        db.session.add(card)

    return after_the_move(take), CLAIMED


def refresh():
    def take(db, card):
        remove_card(db, card)
        db.session.refresh(card)

    return after_the_move(take), CLAIMED


def delete_cascade():
    return after_the_move(cascade="all, delete"), CLAIMED


def no_remove():
    return after_the_move(take=lambda db, card: None), CLAIMED


def assign_board():
    def give(card, target):
        card.board = target

    return after_the_move(give=give), CLAIMED


def assign_key():
    def give(card, target):
        card.board_id = target.id

    return after_the_move(give=give), CLAIMED
