"""What comes over a connection: pairs of (status, number of rows, JSON follows, the body has its end)."""

import logging
import socket
import threading

from flask import Flask
from werkzeug.serving import make_server


def received():
    logging.disable(logging.CRITICAL)
    app = Flask(__name__)

    def rows_from_database():
        for number in range(100):
            yield f"row {number}\n"
        raise OSError("connection lost")

    @app.errorhandler(Exception)
    def failed(error):
        return {"error": "internal"}, 500

    @app.get("/export")
    def export():
        def generate():
            yield "id,total\n"
            yield from rows_from_database()

        return generate(), {"Content-Type": "text/csv"}

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as client:
        client.sendall(b"GET /export HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while piece := client.recv(65536):
            received += piece
    server.shutdown()
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"chunked" in head
    return int(head.split()[1]), body.count(b"row "), b"internal" in body, body.endswith(b"0\r\n\r\n")


def replaced():
    return received(), (500, 0, True, True)


def late_status():
    return received(), (500, 100, False, False)


def appended():
    return received(), (200, 100, True, True)


def cut_off():
    return received(), (200, 100, False, False)


def looks_complete():
    return received(), (200, 100, False, True)


def nothing():
    return received(), (200, 0, False, True)
