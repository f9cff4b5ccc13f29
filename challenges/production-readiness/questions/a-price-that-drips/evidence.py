"""What a call does when the bytes drip, at a tenth of the pace and less: pairs (observed, claimed)."""

import socket
import threading
import time

import requests

LIMIT, PAUSE, BYTES = 0.4, 0.1, 8


def serve(server):
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {BYTES}\r\n\r\n".encode())
        for _ in range(BYTES):
            time.sleep(PAUSE)
            connection.sendall(b"9")


def call():
    """How the call ends, and whether it took longer than its limit."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        began = time.monotonic()
        try:
            end = len(requests.get(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=LIMIT).content)
        except requests.RequestException as error:
            end = type(error)
        took = time.monotonic() - began
    return end, took > 1.5 * LIMIT


def read_timeout():
    return call(), (requests.ReadTimeout, False)


def partial():
    return call(), (1, False)


def sum():  # noqa: A001
    return call(), (requests.ReadTimeout, True)


def connect_timeout():
    return call(), (requests.ConnectTimeout, False)


def headers_only():
    return call(), (0, False)


def whole():
    return call(), (BYTES, True)
