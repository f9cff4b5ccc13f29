"""How many requests each app answers, in two orders: pairs (observed, claimed)."""

from flask import Flask, abort, current_app, g

RIGHT = [(1, 3), (1, 3)]


def answered(kind):
    """Answers of 200 by the small and the large app, for five requests to each, one app after the other or in turn."""

    def create_app(quota, limit):
        app = Flask("library")
        app.config["QUOTA"] = limit
        app.add_url_rule("/", view_func=lambda: "books", endpoint="books")
        quota.init_app(app)
        app.before_request(quota.check)
        return app

    found = []
    for order in ("ssssslllll", "lslslslsls"):
        quota = kind()
        apps = {"s": create_app(quota, 1), "l": create_app(quota, 3)}
        counts = {"s": 0, "l": 0}
        for letter in order:
            counts[letter] += apps[letter].test_client().get("/").status_code == 200
        found.append((counts["s"], counts["l"]))
    return found


def extensions_through_self():
    class Quota:
        def init_app(self, app):
            self.app = app
            app.extensions["quota"] = {"used": 0}

        def check(self):
            state = self.app.extensions["quota"]
            state["used"] += 1
            if state["used"] > self.app.config["QUOTA"]:
                abort(429)

    return answered(Quota), RIGHT


def limit_on_self():
    class Quota:
        def init_app(self, app):
            self.used = 0
            self.limit = app.config["QUOTA"]

        def check(self):
            self.used += 1
            if self.used > self.limit:
                abort(429)

    return answered(Quota), RIGHT


def shared_count():
    class Quota:
        def init_app(self, app):
            self.used = 0

        def check(self):
            self.used += 1
            if self.used > current_app.config["QUOTA"]:
                abort(429)

    return answered(Quota), RIGHT


def count_in_g():
    class Quota:
        def init_app(self, app):
            pass

        def check(self):
            g.used = g.get("used", 0) + 1
            if g.used > current_app.config["QUOTA"]:
                abort(429)

    return answered(Quota), RIGHT


def count_by_name():
    class Quota:
        used = {}

        def init_app(self, app):
            self.used[app.name] = 0

        def check(self):
            self.used[current_app.name] += 1
            if self.used[current_app.name] > current_app.config["QUOTA"]:
                abort(429)

    return answered(Quota), RIGHT


def extensions_through_current_app():
    class Quota:
        def init_app(self, app):
            app.extensions["quota"] = {"used": 0}

        def check(self):
            state = current_app.extensions["quota"]
            state["used"] += 1
            if state["used"] > current_app.config["QUOTA"]:
                abort(429)

    return answered(Quota), RIGHT
