"""Which options are true: each assertion is tried on two right apps and on the wrong one."""

import json

from flask import Flask, Response, request

CLAIMED = {"plain": "passes", "other": "passes", "wrong": "fails"}


def plain(keep=lambda owner: owner):
    """Ids from 1, and no key more than specified."""
    app, wallets = Flask(__name__), {}

    @app.post("/wallets")
    def opened():
        wallet_id, owner = len(wallets) + 1, request.json["owner"]
        wallets[wallet_id] = keep(owner)
        return {"id": wallet_id, "owner": owner}, 201

    @app.get("/wallets/<int:wallet_id>")
    def shown(wallet_id):
        return {"id": wallet_id, "owner": wallets[wallet_id]}

    return app


def wrong():
    """Keeps each wallet without its owner."""
    return plain(keep=lambda owner: "")


def other():
    """Large ids, one key more, GET answers indented, POST answers not."""
    app, wallets = Flask(__name__), {}

    def reply(data, status, indent=None):
        return Response(json.dumps(data, indent=indent), status, mimetype="application/json")

    @app.post("/wallets")
    def opened():
        wallet_id = 7000 + len(wallets)
        wallets[wallet_id] = {"id": wallet_id, "owner": request.json["owner"], "currency": "EUR"}
        return reply(wallets[wallet_id], 201)

    @app.get("/wallets/<int:wallet_id>")
    def shown(wallet_id):
        if wallet_id not in wallets:
            return reply({"error": "no such wallet"}, 404, indent=2)
        return reply(wallets[wallet_id], 200, indent=2)

    return app


def results(holds):
    """On which of the three apps a test with this assertion passes."""
    found = {}
    for name, make in [("plain", plain), ("other", other), ("wrong", wrong)]:
        client = make().test_client()
        response = client.post("/wallets", json={"owner": "Ada"})
        found[name] = "passes" if holds(client, response) else "fails"
    return found


def whole_body():
    return results(lambda client, _: client.get("/wallets/1").json == {"id": 1, "owner": "Ada"}), CLAIMED


def text():
    def holds(client, response):
        shown = client.get(f"/wallets/{response.json['id']}")
        return '"owner":"Ada"' in shown.text

    return results(holds), CLAIMED


def promised_key():
    def holds(client, response):
        shown = client.get(f"/wallets/{response.json['id']}")
        return shown.get_json()["owner"] == "Ada"

    return results(holds), CLAIMED


def status():
    def holds(client, response):
        shown = client.get(f"/wallets/{response.json['id']}")
        return (response.status_code, shown.status_code) == (201, 200)

    return results(holds), CLAIMED


def echo():
    def holds(client, response):
        return response.status_code == 201 and response.json["owner"] == "Ada"

    return results(holds), CLAIMED


def same_answer():
    def holds(client, response):
        shown = client.get(f"/wallets/{response.json['id']}")
        return shown.text == response.text != ""

    return results(holds), CLAIMED
