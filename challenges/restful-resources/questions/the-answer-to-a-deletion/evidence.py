"""Status and body of the deletion, sent over a real connection: pairs (observed, claimed)."""

import http.client
import threading

from flask import Flask
from werkzeug.serving import make_server


def observed():
    app = Flask(__name__)
    books = {7: "Emma"}

    @app.delete("/books/<int:number>")
    def delete(number):
        books.pop(number, None)
        return {"deleted": number}, 204

    tested = app.test_client().delete("/books/7")
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("DELETE", "/books/7")
    answer = connection.getresponse()
    served = answer.status, answer.read()
    connection.close()
    thread.join()
    server.server_close()
    return served if served == (tested.status_code, tested.data) else (served, tested.data)


def kept():
    return observed(), (204, b'{"deleted":7}\n')


def becomes_200():
    return observed(), (200, b'{"deleted":7}\n')


def nothing():
    return observed(), (204, b"")


def json_null():
    return observed(), (204, b"null\n")


def json_object():
    return observed(), (204, b"{}\n")


def refused():
    status, body = observed()
    return (status, b"<html" in body), (500, True)
