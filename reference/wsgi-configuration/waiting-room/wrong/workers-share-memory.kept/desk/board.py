"""The board on the wall, which shows the numbers that are called."""

import queue
import threading

from flask import Flask

from desk.models import Announcement, db


class Board:
    """Takes numbers at once, and shows them in a thread of its own, one after the other."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.waiting: queue.SimpleQueue[int] = queue.SimpleQueue()

    def start(self) -> None:
        """Starts the thread."""
        threading.Thread(target=self._work, name="board", daemon=True).start()

    def announce(self, number: int) -> None:
        """Has ``number`` shown as soon as its turn comes."""
        self.waiting.put(number)

    def _work(self) -> None:
        while True:
            number = self.waiting.get()
            with self.app.app_context():
                db.session.add(Announcement(number=number))
                db.session.commit()
