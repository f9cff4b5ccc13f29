import os
import queue
import threading

from desk.models import Announcement, db


class Board:
    """A thread per process, begun with the first number that the process announces."""

    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.process = None

    def announce(self, number):
        with self.lock:
            if self.process != os.getpid():
                self.process = os.getpid()
                self.waiting = queue.Queue()
                threading.Thread(target=self.work, daemon=True).start()
        self.waiting.put(number)

    def work(self):
        while True:
            number = self.waiting.get()
            with self.app.app_context():
                db.session.add(Announcement(number=number))
                db.session.commit()
