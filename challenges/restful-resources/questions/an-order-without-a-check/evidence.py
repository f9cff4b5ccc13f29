"""What the client gets: pairs (status, body or the argument that the message names)."""

from flask import Flask
from flask_restful import Api, Resource, reqparse


def observed():
    app = Flask(__name__)
    parser = reqparse.RequestParser()
    parser.add_argument("paid", type=bool, location="json")
    parser.add_argument("count", type=int, required=True, location="json")
    parser.add_argument("note", type=str, required=True, location="json")

    class Orders(Resource):
        def post(self):
            return dict(parser.parse_args()), 201

    Api(app).add_resource(Orders, "/orders")
    answer = app.test_client().post("/orders", json={"paid": "false", "count": 2.7, "note": None})
    return answer.status_code, answer.json if answer.status_code == 201 else list(answer.json["message"])


def converted():
    return observed(), (201, {"paid": True, "count": 2, "note": None})


def read_as_meant():
    return observed(), (201, {"paid": False, "count": 2, "note": None})


def count_refused():
    return observed(), (400, ["count"])


def note_refused():
    return observed(), (400, ["note"])


def paid_refused():
    return observed(), (400, ["paid"])


def made_to_fit():
    return observed(), (201, {"paid": False, "count": 3, "note": ""})
