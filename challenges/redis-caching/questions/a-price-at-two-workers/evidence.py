"""How often the price is loaded and what is answered last: pairs of (loads, last answer). B is a process of its own."""

import os
import socket
import tempfile
from pathlib import Path

from flask import Flask, request
from flask_caching import Cache


def worker(database):
    app = Flask(__name__)
    loads = []
    cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})

    def load_price():
        loads.append(1)
        return int(database.read_text())

    def save_price(price):
        database.write_text(str(price))

    @app.get("/price")
    @cache.cached(timeout=600)
    def price():
        return str(load_price())

    @app.put("/price")
    def change_price():
        save_price(request.json["price"])
        cache.clear()
        return "", 204

    return app.test_client(), loads


def answered():
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "price")
        database.write_text("10")
        here, there = socket.socketpair()
        child = os.fork()
        if child == 0:
            try:
                client, loads = worker(database)
                while there.recv(1) == b"g":
                    there.sendall(f"{client.get('/price').text} {len(loads)}".encode())
            finally:
                os._exit(0)
        client, loads = worker(database)

        def by_a():
            return client.get("/price").text

        def by_b():
            here.sendall(b"g")
            return here.recv(50).decode().split()

        assert [by_a(), by_b()[0], by_a(), by_b()[0]] == ["10"] * 4
        assert client.put("/price", json={"price": 12}).status_code == 204
        by_a(), by_b(), by_a()
        last, at_b = by_b()
        here.sendall(b"q")
        os.waitpid(child, 0)
        return len(loads) + int(at_b), int(last)


def two_twelve():
    return answered(), (2, 12)


def four_twelve():
    return answered(), (4, 12)


def two_ten():
    return answered(), (2, 10)


def three_ten():
    return answered(), (3, 10)


def three_twelve():
    return answered(), (3, 12)


def eight_twelve():
    return answered(), (8, 12)
