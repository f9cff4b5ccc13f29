"""The copies of B after it is subscribed again: pairs of (dict, without the old price)."""

import subprocess
import tempfile
import time
from contextlib import contextmanager

import redis


@contextmanager
def redis_server(*settings):
    """Starts a Redis of its own on a unix socket and yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/redis.sock"
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", *settings]
        server = subprocess.Popen(["redis-server", *options], cwd=folder, stdout=subprocess.DEVNULL)
        try:
            probe = redis.Redis(unix_socket_path=path, retry=None)
            for _ in range(400):
                try:
                    probe.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.005)
            probe.close()
            yield f"unix://{path}"
        finally:
            server.kill()
            server.wait()


CHANNEL = "price-changed"


def subscribe(pubsub):
    pubsub.subscribe(CHANNEL)


def number_of(message):
    return int(message["data"])


def handle(prices, message, number=number_of):
    if message["type"] in ("message", "pmessage"):
        prices.pop(number(message), None)


def publish(r):
    r.publish(CHANNEL, 7)


def copies(settings=(), subscribe=subscribe, handle=handle, publish=publish):
    with redis_server(*settings) as url, redis.Redis.from_url(url) as r, redis.Redis.from_url(url) as client_b:
        prices = {7: "old"}

        def read(pubsub, prices, least=0):
            """Takes all messages that are there, at least so many, until an answer to a ping shows the end."""
            taken = 0
            pubsub.ping("end")
            until = time.monotonic() + 2
            while time.monotonic() < until:
                message = pubsub.get_message(timeout=0.5)
                if message is None:
                    continue
                if message["type"] == "pong":
                    return taken
                taken += 1
                handle(prices, message)
            raise TimeoutError

        third = r.pubsub()
        subscribe(third)
        others = {7: "old"}
        read(third, others)
        others[7] = "old"
        first = client_b.pubsub()
        subscribe(first)
        read(first, prices)
        prices[7] = "old"
        first.close()  # B's connection is broken
        publish(r)
        read(third, others)
        assert others == {}  # the third worker has heard of it
        again = client_b.pubsub()
        subscribe(again)
        read(again, prices)
        again.close()
        third.close()
        return prices


def publish_again():
    def publish(r):
        while r.publish(CHANNEL, 7) < 1:
            pass

    return copies(publish=publish), {}


def append_only():
    return copies(settings=("--appendonly", "yes")), {}


def pattern():
    return copies(subscribe=lambda pubsub: pubsub.psubscribe("price-*")), {}


def clear_on_subscribe():
    def clear_or_handle(prices, message):
        if message["type"] == "subscribe":
            prices.clear()
        handle(prices, message)

    return copies(handle=clear_or_handle), {}


def keyspace_events():
    def delete(r):
        r.set("price:7", "old")
        r.delete("price:7")

    def by_key(prices, message):
        handle(prices, message, number=lambda message: int(message["channel"].rpartition(b":")[2]))

    return copies(
        settings=("--notify-keyspace-events", "KA"),
        subscribe=lambda pubsub: pubsub.psubscribe("__keyspace@0__:price:*"),
        publish=delete,
        handle=by_key,
    ), {}


def twice_in_transaction():
    def publish(r):
        r.pipeline().publish(CHANNEL, 7).publish(CHANNEL, 7).execute()

    return copies(publish=publish), {}
