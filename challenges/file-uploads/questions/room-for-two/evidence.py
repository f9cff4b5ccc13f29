"""Two workers at once. Each stops after its check until the other has checked, too."""

import tempfile
import threading

from sqlalchemy import create_engine, text

QUOTA, SIZE = 100, 15


def accepted(worker):
    engine = create_engine(f"sqlite:///{tempfile.mkdtemp()}/app.db")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE user (id INTEGER PRIMARY KEY, used INTEGER)"))
        connection.execute(text("CREATE TABLE file (size INTEGER)"))
        connection.execute(text("INSERT INTO user VALUES (1, 80)"))
        connection.execute(text("INSERT INTO file VALUES (80)"))
    stored = [80]
    workers = [worker(engine, stored, threading.Lock()) for _ in range(2)]
    for step in workers:
        next(step, None)  # as far as the check
    for step in workers:
        next(step, None)  # the rest
    return sum(stored) <= QUOTA, len(stored)


def number(engine, statement):
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def run(engine, statement, **values):
    with engine.begin() as connection:
        return connection.execute(text(statement), values).rowcount


USED, SUM = "SELECT used FROM user WHERE id = 1", "SELECT SUM(size) FROM file"
CLAIMED = (True, 2)  # within the quota, and one of the two was accepted


def update_after_check():
    def worker(engine, stored, lock):
        used = number(engine, USED)
        yield
        if used + SIZE <= QUOTA:
            run(engine, "UPDATE user SET used = used + :size WHERE id = 1", size=SIZE)
            stored.append(SIZE)

    return accepted(worker), CLAIMED


def lock():
    def worker(engine, stored, lock):
        with lock:  # one in each process
            used = number(engine, USED)
            yield
            if used + SIZE <= QUOTA:
                run(engine, "UPDATE user SET used = :used WHERE id = 1", used=used + SIZE)
                stored.append(SIZE)

    return accepted(worker), CLAIMED


def conditional_update():
    def worker(engine, stored, lock):
        update = "UPDATE user SET used = used + :size WHERE id = 1 AND used + :size <= :quota"
        hit = run(engine, update, size=SIZE, quota=QUOTA)
        yield
        if hit:
            stored.append(SIZE)

    return accepted(worker), CLAIMED


def refresh():
    def worker(engine, stored, lock):
        used = number(engine, USED)
        used = number(engine, USED)
        yield
        if used + SIZE <= QUOTA:
            run(engine, "UPDATE user SET used = :used WHERE id = 1", used=used + SIZE)
            stored.append(SIZE)

    return accepted(worker), CLAIMED


def sum_of_sizes():
    def worker(engine, stored, lock):
        used = number(engine, SUM)
        yield
        if used + SIZE <= QUOTA:
            run(engine, "INSERT INTO file VALUES (:size)", size=SIZE)
            stored.append(SIZE)

    return accepted(worker), CLAIMED


def body_limit():
    def worker(engine, stored, lock):
        limit = QUOTA - number(engine, USED)
        yield
        if limit >= SIZE:
            run(engine, "UPDATE user SET used = used + :size WHERE id = 1", size=SIZE)
            stored.append(SIZE)

    return accepted(worker), CLAIMED
