"""What the development server does: pairs (observed, claimed), by requests to one that `app.run` started."""

import os
import socket
import threading
import time
from base64 import urlsafe_b64encode

from flask import Flask, session

TOGETHER = 48  # more than a pool of threads holds by default


class Server:
    """An app made by a factory and served by `app.run`, with a view for each claim."""

    def __init__(self, expected=1):
        self.factory_calls = 0
        self.barrier = threading.Barrier(expected)
        self.seen = []
        app = self.create_app()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        threading.Thread(target=app.run, kwargs={"port": self.port}, daemon=True).start()
        self.wait()

    def create_app(self):
        self.factory_calls += 1
        app = Flask(__name__)
        app.config.from_mapping(SECRET_KEY="s" * 32)

        @app.get("/")
        def index():
            session.setdefault("name", "Ada")
            return session["name"]

        @app.get("/meet")
        def meet():
            self.seen.append((threading.get_ident(), os.getpid()))
            try:
                self.barrier.wait(timeout=5)
            except threading.BrokenBarrierError:
                return "alone"
            return "together"

        @app.get("/broken")
        def broken():
            raise LookupError

        return app

    def wait(self):
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def send(self, path, cookie=""):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
        return connection

    @staticmethod
    def receive(connection):
        with connection, connection.makefile("rb") as stream:
            return stream.read().decode()

    def get(self, path, cookie=""):
        return self.receive(self.send(path, cookie))


def body(response):
    return response.partition("\r\n\r\n")[2]


def serial():
    server = Server(expected=2)
    connections = [server.send("/meet") for _ in range(2)]
    return [body(server.receive(connection)) for connection in connections], ["alone", "alone"]


def debugger():
    answer = Server().get("/broken")
    status = answer.split()[1]
    return (status, "werkzeug debugger" in answer.lower()), ("500", True)


def unbounded_threads():
    server = Server(expected=TOGETHER)
    connections = [server.send("/meet") for _ in range(TOGETHER)]
    together = {body(server.receive(connection)) for connection in connections}
    threads, processes = (len(set(column)) for column in zip(*server.seen, strict=True))
    return (together, threads, processes), ({"together"}, TOGETHER, 1)


def ends_on_error():
    server = Server()
    server.get("/broken")
    try:
        return body(server.get("/")), "no answer"
    except OSError:
        return "no answer", "no answer"


def factory_per_request():
    server = Server()
    for _ in range(3):
        server.get("/")
    return server.factory_calls, 4


def unsigned_sessions():
    server = Server()
    head = server.get("/").partition("\r\n\r\n")[0]
    cookie = next(line for line in head.splitlines() if line.startswith("Set-Cookie: session="))
    _, *signature = cookie.removeprefix("Set-Cookie: session=").partition(";")[0].split(".")
    changed = urlsafe_b64encode(b'{"name":"Bob"}').rstrip(b"=").decode()
    return body(server.get("/", "session=" + ".".join([changed, *signature]))), "Bob"
