"""What Bob is told and whose text is stored: pairs (observed, claimed)."""

from flask import Flask, jsonify, request


def observed():
    app = Flask(__name__)
    pages = {4: {"text": "old"}}

    @app.route("/pages/<int:number>", methods=["GET", "PUT"])
    def page(number):
        if request.method == "PUT":
            pages[number] = request.get_json()
        response = jsonify(pages[number])
        response.add_etag()
        return response.make_conditional(request)

    client = app.test_client()
    tag = client.get("/pages/4").headers["ETag"]
    client.put("/pages/4", json={"text": "Ann"}, headers={"If-Match": tag})
    bob = client.put("/pages/4", json={"text": "Bob"}, headers={"If-Match": tag})
    return bob.status_code, pages[4]["text"]


def refused():
    return observed(), (412, "Ann")


def refused_too_late():
    return observed(), (412, "Bob")


def not_modified():
    return observed(), (304, "Ann")


def overwritten():
    return observed(), (200, "Bob")


def ignored_silently():
    return observed(), (200, "Ann")


def conflict():
    return observed(), (409, "Ann")
