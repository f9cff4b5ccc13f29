"""The app in two processes on one database, and requests that come in between another one's read and write."""

from concurrent.futures import ThreadPoolExecutor, wait

LONGEST = 4.0  # seconds for a request in between; one that waits for a lock is overtaken then


class Yard:
    """Two processes of the app. A request in the first stops before it writes, and others come in meanwhile."""

    def __init__(self, make_app, live, new_database, eventually):
        config = {"SQLALCHEMY_DATABASE_URI": new_database()}
        self._first = live(make_app(config))
        self._second = live(make_app(config, worker="second"))
        self._eventually = eventually
        self._control = self._first.client()
        self.client = self._second.client()

    def here(self, method, path, key=None, **fields):
        """A request to the first process, to be sent when it is called."""
        return self._request(self._first, method, path, key, fields)

    def there(self, method, path, key=None, **fields):
        """A request to the second process, to be sent when it is called."""
        return self._request(self._second, method, path, key, fields)

    @staticmethod
    def _request(server, method, path, key, fields):
        headers = {"Idempotency-Key": key} if key else {}
        return lambda: server.client().open(path, method=method, json=fields, headers=headers)

    def silo(self, name, capacity, level=0):
        """The id of a new silo that holds ``level`` tonnes."""
        added = self.client.post("/silos", json={"name": name, "capacity": capacity})
        assert added.status_code == 201
        if level:
            assert self.client.post(f"/silos/{added.json['id']}/intakes", json={"tonnes": level}).status_code == 201
        return added.json["id"]

    def look(self, silo):
        """The silo as it is now."""
        return self.client.get(f"/silos/{silo}").json

    def journal(self, silo):
        """The movements of the silo as they are listed now."""
        return self.client.get(f"/silos/{silo}/movements").json

    def meet(self, late, *others):
        """The answer of ``late``, which runs in the first process, and those of the others that came in between.

        Each time that ``late`` stops before it writes, the next of the others is sent, and ``late`` goes on when that
        is answered. An other that does not come through while ``late`` has stopped is let wait for it, and is the last.
        """
        answers = []
        self._pauses(1)
        with ThreadPoolExecutor(2) as threads:
            running = threads.submit(late)
            for number, other in enumerate(others, start=1):
                self._eventually(lambda: running.done() or self._control.get("/pauses").json["waiting"])
                if running.done():
                    break
                between = threads.submit(other)
                came_through = bool(wait([between], LONGEST).done)
                self._pauses(1 if came_through and number < len(others) else 0)
                answers.append(between.result())
                if not came_through:
                    break
            self._pauses(0)
            answer = running.result()
        assert answers, "the request ended and has not stopped before a statement that writes"
        return answer, answers

    def _pauses(self, left):
        assert self._control.put("/pauses", json={"left": left}).status_code == 200
