"""What can happen to two opposite transfers on PostgreSQL: the set of outcomes over all orders of their statements.

Each version is run by SQLAlchemy, on SQLite, to learn which statements it sends; they are compiled for PostgreSQL to
see their locks. Then all orders of the statements of two transfers are gone through, with the rules of row-level locks:
FOR UPDATE and UPDATE conflict with all locks, FOR SHARE with all but its like, and all are held until the commit.
"""

import tempfile

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = {"right"}


def steps(lines, source_id, target_id):
    """The statements of one transfer: (kind of lock, account), with what it does when it meets a lock."""
    with tempfile.TemporaryDirectory() as folder:
        db = SQLAlchemy()

        class Account(db.Model):
            id: Mapped[int] = mapped_column(primary_key=True)
            balance: Mapped[int]

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/accounts.db"
        db.init_app(app)
        sent = []

        def record(connection, statement, many, parameters, options):
            text = str(statement.compile(dialect=postgresql.dialect()))
            if text.startswith("SELECT"):
                (account,) = (value for key, value in parameters.items() if key.startswith("pk"))
                tail = text.partition("FOR ")[2]
                kind = "share" if tail.startswith("SHARE") else "update" if tail else "read"
                sent.append((kind, account, tail.partition(" ")[2]))
            else:
                sent.extend(("write", row["account_id"], "") for row in (many or [parameters]))

        with app.app_context():
            db.create_all()
            db.session.add_all([Account(id=1, balance=100), Account(id=2, balance=100)])
            db.session.commit()
            event.listen(db.engine, "before_execute", record)
            source, target = lines(db.session, Account, source_id, target_id)
            source.balance -= 10
            target.balance += 10
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return sent


def outcomes(one, two):
    """All that can come of the two lists of steps, in whatever order they run."""
    results = set()

    def free(locks, kind, account, me):
        held = locks.get(account, {})
        return not any(
            other != me and not (kind == "share" and lock == "share") and kind != "read" for other, lock in held.items()
        )

    def go(position, locks, seen, stored):
        if position == (len(one), len(two)):
            results.add("right" if all(count == 2 for count in stored.values()) else "amount lost")
            return
        moved = False
        for me, script in enumerate((one, two)):
            at = position[me]
            if at == len(script):
                continue
            kind, account, manner = script[at]
            if not free(locks, kind, account, me):
                if manner:
                    results.add(f"fails: {manner}")
                    moved = True
                continue
            moved = True
            new_locks = {key: dict(value) for key, value in locks.items()}
            new_seen, new_stored = dict(seen), dict(stored)
            if kind == "write":  # the changes of the other one count, if they were seen when this one was computed
                new_stored[account] = seen[me, account] + 1
            elif (me, account) not in seen or kind == "read":
                new_seen[me, account] = stored[account]
            if kind != "read":
                held = new_locks.setdefault(account, {})
                held[me] = "update" if kind == "write" or held.get(me) == "update" else kind
            if at + 1 == len(script):
                for held in new_locks.values():
                    held.pop(me, None)
            go((at + 1, position[1]) if me == 0 else (position[0], at + 1), new_locks, new_seen, new_stored)
        if not moved:
            results.add("deadlock")

    go((0, 0), {}, {}, {1: 0, 2: 0})
    return results


def outcome(lines):
    return outcomes(steps(lines, 1, 2), steps(lines, 2, 1))


def with_lock(lock):
    def lines(session, account, source_id, target_id):
        source = session.get(account, source_id, with_for_update=lock)
        target = session.get(account, target_id, with_for_update=lock)
        return source, target

    return outcome(lines)


def shared():
    return with_lock({"read": True}), CLAIMED


def nowait():
    return with_lock({"nowait": True}), CLAIMED


def skip_locked():
    return with_lock({"skip_locked": True}), CLAIMED


def ordered():
    def lines(session, account, source_id, target_id):
        found = {}
        for key in sorted([source_id, target_id]):
            found[key] = session.get(account, key, with_for_update=True)
        return found[source_id], found[target_id]

    return outcome(lines), CLAIMED


def unlocked():
    def lines(session, account, source_id, target_id):
        source = session.get(account, source_id)
        target = session.get(account, target_id)
        session.refresh(source)
        session.refresh(target)
        return source, target

    return outcome(lines), CLAIMED


def target_first():
    def lines(session, account, source_id, target_id):
        target = session.get(account, target_id, with_for_update=True)
        source = session.get(account, source_id, with_for_update=True)
        return source, target

    return outcome(lines), CLAIMED
