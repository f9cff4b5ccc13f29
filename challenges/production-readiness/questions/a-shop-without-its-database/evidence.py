"""What the orchestrator does in the outage: pairs (observed, claimed)."""

from flask import Flask


def outage(live, ready):
    """(restarts, a loaded container gets requests, a new one gets requests) while the database is down."""

    def answers(needs, catalogue):
        app = Flask(__name__)
        there = {"database": False, "catalogue": catalogue}

        @app.get("/check")
        def check():
            return "", 200 if all(there[need] for need in needs) else 503

        return app.test_client().get("/check").status_code == 200

    restarts = sum(not answers(live, catalogue) for catalogue in (True, True, True, False))
    return restarts, answers(ready, True), answers(ready, False)


CLAIMED = (0, True, False)
DATABASE, CATALOGUE, NOTHING = ["database"], ["catalogue"], []


def live_database():
    return outage(DATABASE, CATALOGUE), CLAIMED


def ready_database():
    return outage(NOTHING, DATABASE), CLAIMED


def ready_both():
    return outage(NOTHING, CATALOGUE + DATABASE), CLAIMED


def ready_catalogue():
    return outage(NOTHING, CATALOGUE), CLAIMED


def both_catalogue():
    return outage(CATALOGUE, CATALOGUE), CLAIMED


def ready_nothing():
    return outage(NOTHING, NOTHING), CLAIMED
