"""What is wrong in the end, over all places where the view or the relay can be killed: sets of faults.

View and relay call their steps one by one; before each of them the process can be killed. Then the relay runs again.
"""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

NO_FAULT = set()


class Killed(BaseException):
    pass


def faults(view, relay=None):
    found, place = set(), 0
    while True:
        fault, killed = run(view, relay, place)
        found |= fault
        if not killed:
            return found
        place += 1


def run(view, relay, place):
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy(session_options={"expire_on_commit": False})

        class Order(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            number: Mapped[int]

        class Outbox(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            number: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/orders.db"
        db.init_app(app)
        queue, steps = [], []

        def step(call, *arguments):
            if len(steps) == place:
                raise Killed
            steps.append(call)
            return call(*arguments)

        def do_all(step):
            with app.app_context():
                order, note = Order(number=7), Outbox(number=7)
                view(step, db.session, queue.append, order, note)
            do_relay(step)

        def do_relay(step):
            with app.app_context():
                if relay:
                    for note in db.session.scalars(select(Outbox)).all():
                        relay(step, db.session, queue.append, note)

        with app.app_context():
            db.create_all()
        killed = False
        try:
            do_all(step)
        except Killed:
            killed = True
            do_relay(lambda call, *arguments: call(*arguments))
        with app.app_context():
            orders = set(db.session.scalars(select(Order.number)))
            db.session.remove()
            db.engine.dispose()
        found = set()
        if orders - set(queue):
            found.add("an order that is not in the queue")
        if set(queue) - orders:
            found.add("a number without an order")
        return found, killed


def send_first(step, session, put, note):
    step(put, note.number)
    step(session.delete, note)
    step(session.commit)


def delete_first(step, session, put, note):
    step(session.delete, note)
    step(session.commit)
    step(put, note.number)


def together(step, session, put, order, note):
    step(session.add_all, [order, note])
    step(session.commit)


def put_then_commit():
    def view(step, session, put, order, note):
        step(session.add, order)
        step(session.flush)
        step(put, order.number)
        step(session.commit)

    return faults(view), NO_FAULT


def commit_then_put():
    def view(step, session, put, order, note):
        step(session.add, order)
        step(session.commit)
        step(put, order.number)

    return faults(view), NO_FAULT


def order_then_note():
    def view(step, session, put, order, note):
        step(session.add, order)
        step(session.commit)
        step(session.add, note)
        step(session.commit)

    return faults(view, send_first), NO_FAULT


def together_send_first():
    return faults(together, send_first), NO_FAULT


def together_delete_first():
    return faults(together, delete_first), NO_FAULT


def note_then_order():
    def view(step, session, put, order, note):
        step(session.add, note)
        step(session.commit)
        step(session.add, order)
        step(session.commit)

    return faults(view, send_first), NO_FAULT
