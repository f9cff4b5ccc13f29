"""Which mutants each pair of requests kills."""

from flask import Flask, request

VIEW = """
def shipping(total):
    cost = 0 if total >= 50 else 5
    if request.args.get("express") == "1":
        cost += 10
    return {"cost": cost}
"""
MUTATIONS = {
    1: ("total >= 50", "total > 50"),
    2: ("cost += 10", "cost = 10"),
    3: ('if request.args.get("express") == "1":', 'if "express" in request.args:'),
}


def client(source):
    app = Flask(__name__)
    names = {"request": request}
    exec(source, names)
    app.get("/shipping/<int:total>")(names["shipping"])
    return app.test_client()


def killed(*paths):
    right = client(VIEW)
    found = set()
    for number, (old, new) in MUTATIONS.items():
        assert old in VIEW
        mutant = client(VIEW.replace(old, new))
        if any(right.get(f"/shipping/{path}").json != mutant.get(f"/shipping/{path}").json for path in paths):
            found.add(number)
    return found


def no_zero():
    return killed("50", "49?express=1"), {1, 2, 3}


def beyond():
    return killed("51?express=0", "49?express=1"), {1, 2, 3}


def wrong_partner():
    return killed("49?express=0", "50?express=1"), {1, 2, 3}


def all_three():
    return killed("50?express=0", "49?express=1"), {1, 2, 3}


def both_express():
    return killed("50?express=1", "49?express=1"), {1, 2, 3}


def far_off():
    return killed("50?express=0", "51?express=1"), {1, 2, 3}
